import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { Randomness } from './random.ts';

/** What the simulation needs of a district pack: a part of the pack's own shape, so a pack fits as it is. */
export interface ExercisePlace {
  district: {
    id: string;
    name: { vi: string; en: string };
    timeZone: string;
    centre: [longitude: number, latitude: number];
    facts: { key: string; value: number; unit: string; asOf: string | null; source: string }[];
  };
  areas: PlaceArea[];
  ageGroups: { ageFrom: number; ageTo: number | null; share: number }[];
  waterways: { geometry: { type: 'LineString' | 'Polygon'; coordinates: Position[] | Position[][] } }[];
  places: {
    id: string;
    kind: 'ward-health-station' | 'hospital';
    name: string;
    longitude: number;
    latitude: number;
    beds: number;
  }[];
}

export interface PlaceArea {
  id: string;
  level: 'district' | 'ward' | 'neighbourhood';
  parentId: string | null;
  gsoCode: string | null;
  name: string;
  nameAscii: string;
  geometry: MultiPolygon;
  labelPoint: [longitude: number, latitude: number];
  population: number;
  estimated: boolean;
  source: string;
}

export interface Point {
  lon: number;
  lat: number;
}

export const metresPerDegree = 111_320;

/** Six decimals are 0.1 m. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** A point some metres away. */
export function moved({ lon, lat }: Point, eastMetres: number, northMetres: number): Point {
  const metresPerLongitude = metresPerDegree * Math.cos((lat * Math.PI) / 180);
  return { lon: rounded(lon + eastMetres / metresPerLongitude), lat: rounded(lat + northMetres / metresPerDegree) };
}

/** Even-odd rule over all rings of all parts. */
export function holds(geometry: MultiPolygon | Polygon, { lon, lat }: Point): boolean {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let inside = false;
  for (const rings of parts)
    for (const ring of rings)
      for (let index = 0, before = ring.length - 1; index < ring.length; before = index++) {
        const [x1, y1] = ring[index]! as [number, number];
        const [x2, y2] = ring[before]! as [number, number];
        if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
      }
  return inside;
}

/** A point in an area, even over its surface; its label point when the area is too thin to hit. */
export function pointIn(area: PlaceArea, random: Randomness): Point {
  const corners = area.geometry.coordinates.flat(2);
  const longitudes = corners.map(([lon]) => lon!);
  const latitudes = corners.map(([, lat]) => lat!);
  const [west, east] = [Math.min(...longitudes), Math.max(...longitudes)];
  const [south, north] = [Math.min(...latitudes), Math.max(...latitudes)];
  for (let attempt = 0; attempt < 60; attempt++) {
    const point = {
      lon: rounded(west + random.next() * (east - west)),
      lat: rounded(south + random.next() * (north - south)),
    };
    if (holds(area.geometry, point)) return point;
  }
  return { lon: rounded(area.labelPoint[0]), lat: rounded(area.labelPoint[1]) };
}

/** Kilometres between two points, flat: right within a district. */
export function kilometresBetween(a: readonly [number, number], b: readonly [number, number]): number {
  const east = (a[0] - b[0]) * Math.cos((a[1] * Math.PI) / 180);
  return (Math.hypot(east, a[1] - b[1]) * metresPerDegree) / 1000;
}
