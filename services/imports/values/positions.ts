import type { Position } from '#contracts/primitives.ts';
import { parseNumber } from './numbers.ts';
import type { Reproject } from './projection.ts';
import { ValueError } from './value-error.ts';

const number = String.raw`[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const latitudeFirst = new RegExp(String.raw`^\(?\s*(${number})\s*[,;]\s*(${number})\s*\)?$`, 'i');
const longitudeFirst = new RegExp(
  String.raw`^(?:\[\s*(${number})\s*,\s*(${number})\s*\]|POINT\s*\(\s*(${number})\s+(${number})\s*\))$`,
  'i',
);

/** A position written in one cell: "(lat, lon)" or "lat, lon" as portals print it, "[lon, lat]" as GeoJSON, "POINT (lon lat)". */
export function parsePair(text: string): [lon: number, lat: number] {
  const byLongitude = longitudeFirst.exec(text.trim());
  if (byLongitude) return [Number(byLongitude[1] ?? byLongitude[3]), Number(byLongitude[2] ?? byLongitude[4])];
  const byLatitude = latitudeFirst.exec(text.trim());
  if (byLatitude) return [Number(byLatitude[2]), Number(byLatitude[1])];
  throw new ValueError('not a position: "(lat, lon)", "[lon, lat]" or "POINT (lon lat)"');
}

/** Two cells, in degrees or in the metres of a projected system. */
export const parseTwo = (x: string, y: string, reproject?: Reproject): [lon: number, lat: number] => {
  const point: [number, number] = [parseNumber(x), parseNumber(y)];
  return reproject ? reproject(point) : point;
};

/** Beyond this a point is not of the district: a swap, a sign, or the null island. */
const reachKm = 300;

/** @throws ValueError when the point is not on Earth, or far from `near` (the district), saying so when the two numbers look exchanged */
export function checkedPosition([lon, lat]: [number, number], near?: Position): Position {
  const swapped = Math.abs(lon) <= 90 && Math.abs(lat) <= 180;
  if (Math.abs(lat) > 90 || Math.abs(lon) > 180 || Number.isNaN(lon + lat)) {
    if (swapped && (!near || kilometres(near, { lon: lat, lat: lon }) <= reachKm))
      throw new ValueError('latitude and longitude look exchanged');
    throw new ValueError('not on Earth: longitude -180 to 180, latitude -90 to 90');
  }
  const position = { lon: round(lon), lat: round(lat) };
  if (!near) return position;
  const distance = kilometres(near, position);
  if (distance <= reachKm) return position;
  if (swapped && kilometres(near, { lon: lat, lat: lon }) <= reachKm)
    throw new ValueError('latitude and longitude look exchanged');
  throw new ValueError(`${Math.round(distance).toLocaleString('en')} km from the district; at most ${reachKm}`);
}

/** Seven decimals are a centimetre. */
const round = (degrees: number) => Math.round(degrees * 1e7) / 1e7;

/** Great-circle distance (haversine, mean radius 6371 km). */
function kilometres(a: Position, b: Position): number {
  const radians = Math.PI / 180;
  const half = (angle: number) => Math.sin((angle * radians) / 2) ** 2;
  const chord = half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon);
  return 2 * 6371 * Math.asin(Math.sqrt(Math.min(1, chord)));
}
