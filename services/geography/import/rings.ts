type Position = [number, number];
export type Polygons = Position[][][];

/** The outline of a feature as rings that are closed and have a corner, or the reason why it is none. */
export type RingCheck = { polygons: Polygons; repairs: string[] } | { reason: string };

/** Reads a Polygon or MultiPolygon ring by ring. Heights are left out; rings are closed; points said twice are said once. */
export function checkRings(
  geometry: { type?: unknown; coordinates?: unknown } | null,
  toWgs84: (position: Position) => Position,
): RingCheck {
  if (geometry === null) return { reason: 'has no geometry' };
  const { type, coordinates } = geometry;
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return { reason: `geometry is ${JSON.stringify(type)}, must be Polygon or MultiPolygon` };
  const parts = type === 'Polygon' ? [coordinates] : coordinates;
  if (!Array.isArray(parts)) return { reason: 'coordinates must be arrays of rings' };
  const repairs: string[] = [];
  const polygons: Polygons = [];
  for (const [p, part] of parts.entries()) {
    if (!Array.isArray(part) || !part.length) return { reason: `polygon ${p + 1} has no ring` };
    const rings: Position[][] = [];
    for (const [r, raw] of part.entries()) {
      const where = `polygon ${p + 1}, ring ${r + 1}`;
      if (!Array.isArray(raw)) return { reason: `${where} is no array of positions` };
      const ring: Position[] = [];
      let repeated = 0;
      for (const [i, item] of raw.entries()) {
        const position = positionOf(item);
        if (!position) return { reason: `${where}, position ${i + 1}: ${JSON.stringify(item)} is no pair of numbers` };
        const at = toWgs84(position);
        if (!(Math.abs(at[0]) <= 180 && Math.abs(at[1]) <= 90))
          return { reason: `${where}, position ${i + 1}: ${JSON.stringify(item)} is not on Earth` };
        const before = ring.at(-1);
        if (before && before[0] === at[0] && before[1] === at[1]) repeated++;
        else ring.push(at);
      }
      if (repeated) repairs.push(`${where}: ${repeated} repeated positions left out`);
      const first = ring[0];
      const last = ring.at(-1);
      if (first && last && ring.length > 2 && (first[0] !== last[0] || first[1] !== last[1])) {
        ring.push([...first]);
        repairs.push(`${where}: closed`);
      }
      if (ring.length >= 4) rings.push(ring);
      else if (r === 0 && parts.length === 1)
        return { reason: `${where} has ${ring.length} positions, must have 4 or more` };
      else repairs.push(`${where}: left out, it has only ${ring.length} positions`);
    }
    if (rings.length) polygons.push(rings);
  }
  return polygons.length ? { polygons, repairs } : { reason: 'no ring has 4 or more positions' };
}

function positionOf(item: unknown): Position | undefined {
  if (!Array.isArray(item)) return undefined;
  const [x, y] = item as unknown[];
  return typeof x === 'number' && typeof y === 'number' && Number.isFinite(x) && Number.isFinite(y)
    ? [x, y]
    : undefined;
}
