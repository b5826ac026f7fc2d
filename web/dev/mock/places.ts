import { readFileSync } from 'node:fs';
import { mulberry32 } from '@vungxanh/ml/numerics';
import type { Feature, FeatureCollection, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

export interface MockArea {
  areaId: string;
  parentId: string | null;
  level: 'district' | 'ward' | 'neighbourhood';
  name: string;
  population: number;
  ring: [number, number][];
}

const pack = new URL('../../../services/geography/district7/', import.meta.url);
const read = (name: string) => readFileSync(new URL(name, pack), 'utf8');
const packLayer = (name: 'waterways' | 'roads' | 'surroundings') =>
  JSON.parse(read(`${name}.geojson`)) as FeatureCollection;

/** Rows of the pack's small files, which quote nothing. */
function rows(name: string): Record<string, string>[] {
  const [head, ...lines] = read(name).trim().split('\n');
  const columns = head!.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((value, i) => [columns[i]!, value])));
}

const packPlaces = (): FeatureCollection => ({
  type: 'FeatureCollection',
  features: rows('places.csv').map((row) => ({
    type: 'Feature',
    properties: { id: row.place_id, name: row.name, kind: row.kind },
    geometry: { type: 'Point', coordinates: [Number(row.longitude), Number(row.latitude)] },
  })),
});

/** What the base map shows besides areas, named as the service names it: `class` for what the pack calls kind. */
export function baseFeatures(): FeatureCollection {
  const of = (kind: string, { features }: FeatureCollection) =>
    features.map((one) => ({
      ...one,
      properties: { ...one.properties, class: one.properties?.class ?? one.properties?.kind, kind },
    }));
  return {
    type: 'FeatureCollection',
    features: [
      ...of('waterway', packLayer('waterways')),
      ...of('surrounding', packLayer('surroundings')),
      ...of('road', packLayer('roads')),
      ...of('place', packPlaces()),
    ],
  };
}

/** The district, its wards, and a crude subdivision of each into tổ dân phố: enough to draw and to count. */
export function mockAreas(prefix: string): MockArea[] {
  const topology = JSON.parse(read('topology.json')) as Topology;
  const rename = (id: string) => id.replace(/^q7/, prefix);
  const ringsOf = (name: string) =>
    new Map(
      feature(topology, topology.objects[name] as GeometryCollection).features.map((f: Feature) => [
        String(f.id),
        (f.geometry as Polygon).coordinates[0] as [number, number][],
      ]),
    );
  const wards = ringsOf('wards');
  const wardRows = rows('wards.csv');
  const areas: MockArea[] = [
    {
      areaId: prefix,
      parentId: null,
      level: 'district',
      name: 'Quận 7',
      population: wardRows.reduce((sum, row) => sum + Number(row.population), 0),
      ring: ringsOf('district').get('q7')!,
    },
  ];
  for (const row of wardRows) {
    const ring = wards.get(row.area_id!)!;
    const areaId = rename(row.area_id!);
    const population = Number(row.population);
    areas.push({ areaId, parentId: prefix, level: 'ward', name: row.name!, population, ring });
    const cells = split(ring.slice(0, -1), Math.round(population / 1200), mulberry32(population));
    cells.forEach((cell, i) => {
      areas.push({
        areaId: `${areaId}-to-${String(i + 1).padStart(2, '0')}`,
        parentId: areaId,
        level: 'neighbourhood',
        name: `Tổ dân phố ${i + 1}`,
        population: Math.floor(population / cells.length) + (i === 0 ? population % cells.length : 0),
        ring: [...cell, cell[0]!],
      });
    });
  }
  return areas;
}

/** Cuts a ring in two across its longer side, again and again. */
function split(ring: [number, number][], count: number, random: () => number): [number, number][][] {
  if (count <= 1 || ring.length < 3) return [ring];
  const first = Math.floor(count / 2);
  const box = bounds(ring);
  const axis = box.east - box.west > box.north - box.south ? 0 : 1;
  const values = ring.map((point) => point[axis]);
  const low = Math.min(...values);
  const at = low + (Math.max(...values) - low) * (first / count + (random() - 0.5) * 0.08);
  return [
    ...split(halfPlane(ring, axis, at, 1), first, random),
    ...split(halfPlane(ring, axis, at, -1), count - first, random),
  ];
}

/** Part of a ring on one side of an axis line (Sutherland–Hodgman). */
function halfPlane(ring: [number, number][], axis: 0 | 1, at: number, side: 1 | -1): [number, number][] {
  const inside = (point: [number, number]) => (at - point[axis]) * side >= 0;
  return ring.flatMap((point, i) => {
    const next = ring[(i + 1) % ring.length]!;
    if (inside(point) === inside(next)) return inside(point) ? [point] : [];
    const share = (at - point[axis]) / (next[axis] - point[axis]);
    const crossing: [number, number] = [
      point[0] + share * (next[0] - point[0]),
      point[1] + share * (next[1] - point[1]),
    ];
    return inside(point) ? [point, crossing] : [crossing];
  });
}

export function bounds(ring: [number, number][]) {
  const lon = ring.map((point) => point[0]);
  const lat = ring.map((point) => point[1]);
  return { west: Math.min(...lon), east: Math.max(...lon), south: Math.min(...lat), north: Math.max(...lat) };
}

/** A place within the ring, by trial. */
export function pointInside(ring: [number, number][], random: () => number): [number, number] {
  const box = bounds(ring);
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const point: [number, number] = [
      box.west + random() * (box.east - box.west),
      box.south + random() * (box.north - box.south),
    ];
    if (contains(ring, point)) return point;
  }
  return ring[0]!;
}

function contains(ring: [number, number][], [x, y]: [number, number]): boolean {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
    const [xi, yi] = ring[i]!;
    const [xj, yj] = ring[j]!;
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}
