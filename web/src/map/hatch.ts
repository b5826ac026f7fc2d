import type { MultiPolygon, Polygon, Position } from 'geojson';

export type HatchLine = [from: [number, number], to: [number, number]];

/**
 * Diagonal lines over an area: one of which nothing is said must not look like one that is well. Each line is cut where it leaves the area, holes too.
 *
 * @param stepDegrees distance between two lines, measured along the longitude
 * @returns lines of two points, degrees
 */
export function hatchLines({ type, coordinates }: Polygon | MultiPolygon, stepDegrees: number): HatchLine[] {
  const rings = (type === 'Polygon' ? [coordinates] : coordinates).flat();
  // A line is where lon + lat is a multiple of the step; along it the longitude grows.
  const sum = ([lon, lat]: Position) => lon! + lat!;
  const crossings = new Map<number, number[]>();
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i += 1) {
      const [from, to] = [ring[i]!, ring[i + 1]!];
      const [low, high] = sum(from) < sum(to) ? [from, to] : [to, from];
      for (let line = Math.ceil(sum(low) / stepDegrees); line * stepDegrees < sum(high); line += 1) {
        const share = (line * stepDegrees - sum(low)) / (sum(high) - sum(low));
        const at = low[0]! + share * (high[0]! - low[0]!);
        crossings.set(line, [...(crossings.get(line) ?? []), at]);
      }
    }
  return [...crossings].flatMap(([line, found]) => {
    const lons = found.toSorted((a, b) => a - b);
    const pieces: HatchLine[] = [];
    for (let i = 0; i + 1 < lons.length; i += 2) {
      const at = (lon: number): [number, number] => [lon, line * stepDegrees - lon];
      pieces.push([at(lons[i]!), at(lons[i + 1]!)]);
    }
    return pieces;
  });
}
