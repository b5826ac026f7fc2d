import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureCollection } from 'geojson';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import { draft } from '#contracts/import-kind.ts';
import { importEvent, type OutgoingEvent } from '../import-event.ts';
import { readRows } from './read-rows.ts';

export const nycDistrict = {
  districtId: 'nyc',
  name: 'New York City',
  timeZone: 'America/New_York',
  clock: 'recorded' as const,
  exercise: false,
  centre: { lon: -73.95, lat: 40.72 },
  zoom: 10,
  source: 'NYC DOHMH, nychealth/coronavirus-data',
};

/** First day of everything: before the first publication. */
export const nycBegins = '2020-01-01';
export const nycPlacement = {
  district: nycDistrict.districtId,
  clock: nycDistrict.clock,
  source: 'replay/nychealth',
  recordedTime: `${nycBegins}T05:00:00.000Z`,
};

/** The city's own short names of its boroughs, which the weekly rates use. */
export const boroughs: Record<string, string> = {
  Bronx: 'BX',
  Brooklyn: 'BK',
  Manhattan: 'MN',
  Queens: 'QN',
  'Staten Island': 'SI',
};

export interface NycArea {
  areaId: string;
  name: string;
  borough: string | undefined;
}

/** areas.csv: 178 ids, of which one (11096) has neither name nor borough. */
export async function nycAreas(folder: string): Promise<NycArea[]> {
  const areas: NycArea[] = [];
  for await (const row of readRows<'area_id' | 'name' | 'borough'>(join(folder, 'areas.csv')))
    areas.push({ areaId: row.area_id, name: row.name || row.area_id, borough: boroughs[row.borough] });
  return areas;
}

/**
 * The 178 polygons with the names and boroughs of areas.csv, as the area import takes them. 99999 (parks and airports, no name) is among
 * them and hangs on the city itself.
 */
export async function nycLayer(folder: string): Promise<FeatureCollection> {
  const collection = JSON.parse(await readFile(join(folder, 'modzcta.geojson'), 'utf8')) as FeatureCollection;
  const known = new Map((await nycAreas(folder)).map((area) => [area.areaId, area]));
  const nameOf = new Map(Object.entries(boroughs).map(([name, id]) => [id, name]));
  return {
    type: 'FeatureCollection',
    features: collection.features.map((feature) => {
      const areaId = String(feature.properties!.MODZCTA);
      const { name, borough } = known.get(areaId) ?? {
        name: areaId === '99999' ? 'Parks and airports' : areaId,
        borough: undefined,
      };
      return {
        ...feature,
        properties: {
          area_id: areaId,
          name,
          borough_id: borough ?? null,
          borough: borough ? nameOf.get(borough) : null,
        },
      };
    }),
  };
}

/** Areas that the counts name and no polygon draws (11096). */
export async function undrawnAreas(folder: string): Promise<OutgoingEvent[]> {
  const drawn = new Set((await nycLayer(folder)).features.map(({ properties }) => properties!.area_id as string));
  return (await nycAreas(folder))
    .filter(({ areaId }) => !drawn.has(areaId))
    .map(({ areaId, name }) =>
      importEvent(
        draft(areaRevised, nycPlacement.recordedTime, {
          areaId,
          parentId: 'CITY',
          level: 'ward',
          name,
          validFrom: nycBegins,
          geometry: null,
          source: 'in the counts of July to October 2020, without polygon, name and population',
        }),
        nycPlacement,
      ),
    );
}
