import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { FeatureCollection, Geometry, Polygon } from 'geojson';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { AgeGroup, District, Place, PlanningZone, Road, Surrounding, Waterway } from './pack-types.ts';

/** One line of wards.csv. */
export type WardRow = {
  id: string;
  gsoCode: string;
  name: string;
  nameAscii: string;
  population: number;
  households: number;
  estimated: boolean;
  method: string;
};

/** A pack folder's files as they are written, before the hierarchy is built. */
export type PackFiles = {
  district: District;
  districtOutline: Polygon;
  wardOutlines: Map<string, Polygon>;
  wards: WardRow[];
  ageGroups: AgeGroup[];
  waterways: Waterway[];
  surroundings: Surrounding[];
  roads: Road[];
  places: Place[];
  planningZones: PlanningZone[];
};

/** @throws Error naming file, line, column and value when a number or a flag is none; or the file that is missing */
export function readPackFiles(folder: string): PackFiles {
  const outlines = readTopology(folder);
  return {
    district: readJson<District>(folder, 'district.json'),
    ...outlines,
    wards: readRows(folder, 'wards.csv', (row) => ({
      id: row.text('area_id'),
      gsoCode: row.text('gso_code'),
      name: row.text('name'),
      nameAscii: row.text('name_ascii'),
      population: row.number('population'),
      households: row.number('households'),
      estimated: row.flag('estimated'),
      method: row.text('method'),
    })),
    ageGroups: readRows(folder, 'age-groups.csv', (row) => ({
      ageFrom: row.number('age_from'),
      ageTo: row.optionalNumber('age_to'),
      share: row.number('share'),
      estimated: row.flag('estimated'),
      source: row.text('source'),
    })),
    places: readRows(folder, 'places.csv', (row) => ({
      id: row.text('place_id'),
      kind: row.text('kind') as Place['kind'],
      name: row.text('name'),
      nameAscii: row.text('name_ascii'),
      longitude: row.number('longitude'),
      latitude: row.number('latitude'),
      beds: row.number('beds'),
      bedsEstimated: row.flag('beds_estimated'),
      verified: row.flag('verified'),
      source: row.text('source'),
    })),
    waterways: readFeatures<Waterway['geometry'], Omit<Waterway, 'id' | 'geometry'>>(folder, 'waterways.geojson'),
    // A pack may have none.
    surroundings: existsSync(join(folder, 'surroundings.geojson'))
      ? readFeatures<Surrounding['geometry'], Omit<Surrounding, 'id' | 'geometry'>>(folder, 'surroundings.geojson')
      : [],
    roads: readFeatures<Road['geometry'], Omit<Road, 'id' | 'geometry'>>(folder, 'roads.geojson'),
    planningZones: readFeatures<PlanningZone['geometry'], Omit<PlanningZone, 'id' | 'geometry'>>(
      folder,
      'planning-zones.geojson',
    ),
  };
}

function readTopology(folder: string): Pick<PackFiles, 'districtOutline' | 'wardOutlines'> {
  type Objects = { district: GeometryCollection; wards: GeometryCollection };
  const topology = readJson<Topology<Objects>>(folder, 'topology.json');
  const polygons = (object: GeometryCollection) =>
    feature(topology, object).features.map((item): [string, Polygon] => {
      if (item.geometry.type !== 'Polygon' || item.geometry.coordinates.length !== 1) {
        throw new Error(`topology.json: ${item.id} is a ${item.geometry.type}, must be a Polygon of one ring`);
      }
      return [String(item.id), item.geometry];
    });
  const [outline] = polygons(topology.objects.district);
  if (!outline) throw new Error('topology.json: objects.district is empty, must hold the outline');
  return { districtOutline: outline[1], wardOutlines: new Map(polygons(topology.objects.wards)) };
}

function readJson<T>(folder: string, file: string): T {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as T;
}

/** Flatten features to { id, geometry, ...properties }. */
const readFeatures = <Shape extends Geometry, Properties>(folder: string, file: string) =>
  readJson<FeatureCollection<Shape, Properties>>(folder, file).features.map(({ id, properties, geometry }) => ({
    ...properties,
    id: String(id),
    geometry,
  }));

type Row = {
  text(column: string): string;
  number(column: string): number;
  optionalNumber(column: string): number | null;
  flag(column: string): boolean;
};

function readRows<T>(folder: string, file: string, build: (row: Row) => T): T[] {
  const records: Record<string, string>[] = parse(readFileSync(join(folder, file)), { columns: true, bom: true });
  return records.map((record, index) => {
    const wrong = (column: string, bound: string) =>
      new Error(`${file} line ${index + 2}, ${column}: "${record[column]}" must be ${bound}`);
    const row: Row = {
      text(column) {
        const value = record[column]?.normalize('NFC').trim();
        if (!value) throw wrong(column, 'filled in');
        return value;
      },
      number(column) {
        const value = Number(row.text(column));
        if (!Number.isFinite(value) || value < 0) throw wrong(column, 'a number >= 0');
        return value;
      },
      optionalNumber: (column) => (record[column]?.trim() ? row.number(column) : null),
      flag(column) {
        const value = row.text(column);
        if (value !== 'true' && value !== 'false') throw wrong(column, 'true or false');
        return value === 'true';
      },
    };
    return build(row);
  });
}
