/** The part of a GeoJSON FeatureCollection of (multi)polygons that adjacency needs. */
export interface AreaShapes {
  features: {
    properties: Record<string, unknown>;
    geometry: { type: string; coordinates: number[][][] | number[][][][] };
  }[];
}

/**
 * Neighbours: areas that share at least one vertex. Exact for coverages without gaps, where borders were drawn once.
 * @returns for each area index, the sorted indices of its neighbours; an island gets none.
 */
export function neighboursByVertex(shapes: AreaShapes, key: string, indexOf: Map<string, number>): Int32Array[] {
  const areasAt = new Map<string, Set<number>>();
  for (const feature of shapes.features) {
    const area = indexOf.get(String(feature.properties[key]));
    if (area === undefined) continue;
    const { type, coordinates } = feature.geometry;
    const polygons = (type === 'MultiPolygon' ? coordinates : [coordinates]) as number[][][][];
    for (const [longitude, latitude] of polygons.flat(2)) {
      const vertex = `${longitude},${latitude}`;
      const seen = areasAt.get(vertex);
      if (seen) seen.add(area);
      else areasAt.set(vertex, new Set([area]));
    }
  }
  const near = Array.from({ length: indexOf.size }, () => new Set<number>());
  for (const areas of areasAt.values()) {
    if (areas.size < 2) continue;
    for (const a of areas) for (const b of areas) if (a !== b) near[a]!.add(b);
  }
  return near.map((set) => Int32Array.from([...set].sort((a, b) => a - b)));
}
