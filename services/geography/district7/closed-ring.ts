import type { Position } from 'geojson';
import type { Ring, Vertex } from './planar.ts';

/** A GeoJSON ring (first position repeated at the end) as an open ring of vertices. */
export function openRing(positions: readonly Position[]): Ring {
  return positions.slice(0, -1).map((position): Vertex => [position[0]!, position[1]!]);
}

/** An open ring as GeoJSON writes it, with the first position repeated at the end. */
export function closeRing(ring: Ring): Position[] {
  return [...ring, ring[0]!].map(([longitude, latitude]) => [longitude, latitude]);
}
