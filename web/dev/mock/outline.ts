import type { MultiLineString, MultiPolygon, Polygon, Position } from 'geojson';

/** About 0.1 m: corners that two areas share were written with the same digits, give or take the last. */
const digits = 6;
const key = (point: Position) => `${point[0]!.toFixed(digits)} ${point[1]!.toFixed(digits)}`;

/** A corner this near to an edge lies on it, degrees: about a metre. */
const onEdge = 1e-5;

/**
 * The outer border of areas that lie beside each other: every edge, cut at the corners of others that lie on it, that belongs to one of them alone.
 * Longitude and latitude in degrees, as given.
 */
export function outlineOf(areas: (Polygon | MultiPolygon)[]): MultiLineString {
  const rings = areas.flatMap((area) => (area.type === 'Polygon' ? [area.coordinates] : area.coordinates).flat());
  const corners = [...new Map(rings.flat().map((corner) => [key(corner), corner])).values()];
  const edges = new Map<string, [Position, Position] | null>();
  for (const ring of rings)
    for (let i = 0; i + 1 < ring.length; i += 1)
      for (const [start, end] of pieces(ring[i]!, ring[i + 1]!, corners)) {
        const [a, b] = [key(start), key(end)];
        if (a === b) continue;
        const edge = a < b ? `${a} ${b}` : `${b} ${a}`;
        edges.set(edge, edges.has(edge) ? null : [start, end]);
      }
  return {
    type: 'MultiLineString',
    coordinates: joined([...edges.values()].filter((edge) => edge !== null)),
  };
}

/** An edge in pieces from corner to corner. */
function pieces(start: Position, end: Position, corners: Position[]): [Position, Position][] {
  const [x0, y0, dx, dy] = [start[0]!, start[1]!, end[0]! - start[0]!, end[1]! - start[1]!];
  const length = Math.hypot(dx, dy);
  if (length === 0) return [];
  const [west, east] = [Math.min(x0, end[0]!) - onEdge, Math.max(x0, end[0]!) + onEdge];
  const [south, north] = [Math.min(y0, end[1]!) - onEdge, Math.max(y0, end[1]!) + onEdge];
  const between: { along: number; corner: Position }[] = [];
  for (const corner of corners) {
    const [x, y] = [corner[0]!, corner[1]!];
    if (x < west || x > east || y < south || y > north) continue;
    const along = ((x - x0) * dx + (y - y0) * dy) / length;
    const aside = Math.abs((x - x0) * dy - (y - y0) * dx) / length;
    if (aside <= onEdge && along > onEdge && along < length - onEdge) between.push({ along, corner });
  }
  const stops = [start, ...between.toSorted((a, b) => a.along - b.along).map(({ corner }) => corner), end];
  return stops.slice(1).map((stop, i) => [stops[i]!, stop]);
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
