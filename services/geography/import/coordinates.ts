import proj4 from 'proj4';
import { Problem } from '#platform/problem.ts';
import type { RawCollection } from './read-features.ts';

type Position = [number, number];

export interface CoordinateSystem {
  /** "EPSG:4326", "EPSG:32648" … */
  system: string;
  /** How it was told, in words. */
  how: string;
  toWgs84: (position: Position) => Position;
}

/**
 * Which coordinates a file has: degrees, UTM or Web Mercator, as told by the caller, by the obsolete `crs` member, or by their size.
 * What cannot be degrees is not taken for degrees, whatever the file says. `near` (the district's centre) chooses the UTM zone.
 *
 * @throws Problem 422 when no system that we know fits
 */
export function recogniseCoordinates(
  collection: RawCollection,
  told: string | undefined,
  near: { lon: number; lat: number } | undefined,
): CoordinateSystem {
  const { sample, most } = extent(collection);
  // A single feature off the Earth does not make metres of the others: it is refused by itself.
  const fitsDegrees = most((first, second) => first <= 180 && second <= 90);
  const named = told ?? collection.declaredSystem ?? undefined;
  const code = named === undefined ? undefined : epsgOf(named);
  const from = told ? 'as told' : 'by the crs member';
  if (code !== undefined && code !== 4326) {
    // Figures this small are degrees, and the crs member is left over from the layer they were made from.
    if (!told && fitsDegrees) return degrees(`crs member says EPSG:${code}, the figures are degrees`);
    return projected(code, from);
  }
  if (fitsDegrees) return degrees(code === 4326 ? from : 'by their size');
  if (most((first, second) => second <= 180 && first <= 90))
    return { system: 'EPSG:4326', how: 'latitude and longitude were swapped', toWgs84: ([lat, lon]) => [lon, lat] };
  const contradiction = code === 4326 ? 'the crs member says degrees, the figures are metres; ' : '';
  const candidates = metricCandidates(near).map((epsg) => ({
    epsg,
    away: distanceTo(near, projected(epsg, '').toWgs84(sample)),
  }));
  const best = candidates.sort((a, b) => a.away - b.away)[0];
  if (!best || best.away > 3)
    throw new Problem(422, 'The coordinates are in no system that we know', {
      errors: [{ field: 'crs', value: sample.join(', '), reason: `${contradiction}tell it, such as EPSG:32648` }],
    });
  return projected(best.epsg, `${contradiction}by their size${near ? ' and the centre of the district' : ''}`);
}

const degrees = (how: string): CoordinateSystem => ({ system: 'EPSG:4326', how, toWgs84: (position) => position });

function projected(epsg: number, how: string): CoordinateSystem {
  const converter = proj4(definition(epsg), 'WGS84');
  return {
    system: `EPSG:${epsg}`,
    how,
    toWgs84: (position) => {
      const [lon, lat] = converter.forward(position) as Position;
      // 8 decimals are a millimetre; the rest is noise of the projection.
      return [Math.round(lon * 1e8) / 1e8, Math.round(lat * 1e8) / 1e8];
    },
  };
}

function definition(epsg: number): string {
  const zone = epsg % 100;
  if (epsg === 3857) return 'EPSG:3857';
  if (epsg > 32600 && epsg <= 32660) return `+proj=utm +zone=${zone} +datum=WGS84 +units=m +no_defs`;
  if (epsg > 32700 && epsg <= 32760) return `+proj=utm +zone=${zone} +south +datum=WGS84 +units=m +no_defs`;
  // VN-2000 / UTM zone 48N and 49N; shift to WGS84 by decision 05/2007/QĐ-BTNMT.
  if (epsg === 3405 || epsg === 3406)
    return `+proj=utm +zone=${epsg - 3357} +ellps=WGS84 +towgs84=-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278 +units=m +no_defs`;
  throw new Problem(422, 'The coordinate system is not known here', {
    errors: [
      { field: 'crs', value: `EPSG:${epsg}`, reason: 'one of 4326, 3857, 32601 to 32660, 32701 to 32760, 3405, 3406' },
    ],
  });
}

/** Number of "EPSG:32648", "urn:ogc:def:crs:EPSG::32648", "urn:ogc:def:crs:OGC:1.3:CRS84". */
function epsgOf(name: string): number | undefined {
  if (/CRS84|WGS\s?84$/i.test(name)) return 4326;
  const digits = /(\d{4,5})\D*$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function metricCandidates(near: { lon: number; lat: number } | undefined): number[] {
  // Without a centre: the zone of southern Vietnam, where this system was born.
  const { lon, lat } = near ?? { lon: 106.7, lat: 10.7 };
  return [(lat >= 0 ? 32600 : 32700) + Math.floor((lon + 180) / 6) + 1, 3857];
}

function distanceTo(near: { lon: number; lat: number } | undefined, [lon, lat]: Position): number {
  return Math.hypot(lon - (near?.lon ?? 106.7), lat - (near?.lat ?? 10.7));
}

/** The position farthest from zero, and whether most of the drawn features keep within bounds: each is asked by the largest size of its two figures. */
function extent(collection: RawCollection) {
  let sample: Position = [0, 0];
  const largest: Position[] = [];
  for (const feature of collection.features) {
    const of: Position = [-1, -1];
    const visit = (value: unknown): void => {
      if (!Array.isArray(value)) return;
      const [first, second] = value as unknown[];
      if (typeof first === 'number' && typeof second === 'number') {
        if (Math.abs(first) > Math.abs(sample[0])) sample = [first, second];
        of[0] = Math.max(of[0], Math.abs(first));
        of[1] = Math.max(of[1], Math.abs(second));
        return;
      }
      for (const item of value) visit(item);
    };
    visit(feature.geometry?.coordinates);
    if (of[0] >= 0) largest.push(of);
  }
  const most = (within: (first: number, second: number) => boolean) =>
    largest.filter(([first, second]) => within(first, second)).length * 2 > largest.length || largest.length === 0;
  return { sample, most };
}
