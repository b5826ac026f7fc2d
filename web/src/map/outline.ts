import type { MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

/** About 0.1 m: corners that two areas share were written with the same digits, give or take the last. */
const digits = 6;
const key = (point: Position) => `${point[0]!.toFixed(digits)} ${point[1]!.toFixed(digits)}`;

/**
 * The outer border of areas that lie beside each other: every edge that belongs to one of them alone. Where neighbours have different corners on
 * their common border it stays drawn. Longitude and latitude in degrees, as given.
 */
export function outlineOf(areas: (Polygon | MultiPolygon)[]): MultiLineString {
  const edges = new Map<string, [Position, Position] | null>();
  for (const area of areas)
    for (const polygon of area.type === 'Polygon' ? [area.coordinates] : area.coordinates)
      for (const ring of polygon)
        for (let i = 0; i + 1 < ring.length; i += 1) {
          const [a, b] = [key(ring[i]!), key(ring[i + 1]!)];
          if (a === b) continue;
          const edge = a < b ? `${a} ${b}` : `${b} ${a}`;
          edges.set(edge, edges.has(edge) ? null : [ring[i]!, ring[i + 1]!]);
        }
  return {
    type: 'MultiLineString',
    coordinates: joined([...edges.values()].filter((edge) => edge !== null)),
  };
}

/** Edges put end to end, so that a border is few long lines. */
function joined(edges: [Position, Position][]): Position[][] {
  const from = new Map<string, [Position, Position][]>();
  const add = (point: Position, edge: [Position, Position]) => {
    const at = key(point);
    const known = from.get(at);
    if (known) known.push(edge);
    else from.set(at, [edge]);
  };
  for (const edge of edges) for (const end of edge) add(end, edge);
  const used = new Set<[Position, Position]>();
  const lines: Position[][] = [];
  for (const edge of edges) {
    if (used.has(edge)) continue;
    used.add(edge);
    const line = [edge[0], edge[1]];
    for (;;) {
      const end = line.at(-1)!;
      const next = from.get(key(end))!.find((candidate) => !used.has(candidate));
      if (!next) break;
      used.add(next);
      line.push(key(next[0]) === key(end) ? next[1] : next[0]);
    }
    lines.push(line);
  }
  return lines;
}
