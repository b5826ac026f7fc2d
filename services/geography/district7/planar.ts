/**
 * Small plane geometry on rings of [longitude, latitude] in degrees. A ring here is open: its first vertex is not
 * repeated at the end. Areas are in square degrees, scaled by nothing: ratios of areas inside one district are what
 * callers need, and those do not depend on the latitude.
 */
export type Vertex = readonly [longitude: number, latitude: number];
export type Ring = readonly Vertex[];

/** Area of a ring in square degrees, positive when it runs counter-clockwise. Relative to its first vertex, for precision. */
export function signedArea(ring: Ring): number {
  const origin = ring[0]!;
  let twice = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[i + 1]!;
    twice += (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
  }
  return twice / 2;
}

/** Centre of mass of a ring. The ring must have an area. */
export function centroid(ring: Ring): Vertex {
  const origin = ring[0]!;
  let twice = 0;
  let x = 0;
  let y = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const ax = ring[i]![0] - origin[0];
    const ay = ring[i]![1] - origin[1];
    const bx = ring[i + 1]![0] - origin[0];
    const by = ring[i + 1]![1] - origin[1];
    const cross = ax * by - bx * ay;
    twice += cross;
    x += (ax + bx) * cross;
    y += (ay + by) * cross;
  }
  return [origin[0] + x / (3 * twice), origin[1] + y / (3 * twice)];
}

/** Whether a point lies inside a ring (even-odd rule; a point on the edge may go either way). */
export function contains(ring: Ring, point: Vertex): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i]!;
    const b = ring[j]!;
    if (a[1] > point[1] === b[1] > point[1]) continue;
    if (point[0] < ((b[0] - a[0]) * (point[1] - a[1])) / (b[1] - a[1]) + a[0]) inside = !inside;
  }
  return inside;
}

/** Length of a ring's outline in degrees. */
export function perimeter(ring: Ring): number {
  let length = 0;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    length += Math.hypot(ring[i]![0] - ring[j]![0], ring[i]![1] - ring[j]![1]);
  }
  return length;
}

/** 1 for a circle, near 0 for a sliver: 4π · area / perimeter². */
export function compactness(ring: Ring): number {
  const outline = perimeter(ring);
  return (4 * Math.PI * Math.abs(signedArea(ring))) / (outline * outline);
}

/** A point sure to lie inside: the centroid when it does, else the middle of the widest span of a level line. */
export function labelPoint(ring: Ring): Vertex {
  const centre = centroid(ring);
  if (contains(ring, centre)) return centre;
  const latitudes = [...new Set(ring.map((vertex) => vertex[1]))].sort((a, b) => a - b);
  let best: Vertex = centre;
  let widest = 0;
  for (let k = 0; k + 1 < latitudes.length; k++) {
    const level = (latitudes[k]! + latitudes[k + 1]!) / 2;
    const crossings: number[] = [];
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i]!;
      const b = ring[j]!;
      if (a[1] > level !== b[1] > level) crossings.push(a[0] + ((level - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
    }
    crossings.sort((a, b) => a - b);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const width = crossings[i + 1]! - crossings[i]!;
      if (width > widest) {
        widest = width;
        best = [crossings[i]! + width / 2, level];
      }
    }
  }
  return best;
}
