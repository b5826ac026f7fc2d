import { join } from 'node:path';
import { areaRevised } from '#contracts/events/geography/area-revised.ts';
import { draft } from '#contracts/import-kind.ts';
import { importEvent, type OutgoingEvent } from '../import-event.ts';
import type { Told } from '../mapping.ts';

/** A recorded set of a city that goes in by the import, row by row. */
export interface CitySet {
  district: {
    districtId: string;
    name: string;
    timeZone: string;
    clock: 'recorded';
    exercise: boolean;
    centre: { lon: number; lat: number };
    zoom: number;
    source: string;
  };
  /** Name of a kind of file. */
  kind: string;
  file: string;
  told: Told;
  /** Column of the file that names the area, when there is one: what our own areas are compared with. */
  labelColumn?: string;
  /** Layer of areas in the shared data: file, property of id and name, and the area above them. */
  layer?: { file: string; id: string; name: string; root: string };
  /** Areas without outline, named by their numbers. */
  undrawn?: { root: string; name: string; ids: string[] };
}

const chicago = {
  districtId: 'chicago',
  name: 'Chicago',
  timeZone: 'America/Chicago',
  clock: 'recorded' as const,
  exercise: false,
  centre: { lon: -87.68, lat: 41.84 },
  zoom: 10,
  source: 'City of Chicago',
};
const communityAreas = {
  file: join('chicago-community-areas', 'community_areas.geojson'),
  id: 'area_id',
  name: 'name',
  root: 'chicago',
};

export const citySets: Record<string, CitySet> = {
  'chicago-complaints': {
    district: chicago,
    kind: 'violations',
    file: join('chicago-complaints', 'complaints.csv.gz'),
    // The label of the file is left out, so that the point decides, and the two can be compared.
    told: { map: { areaId: '' } },
    labelColumn: 'community_area',
    layer: communityAreas,
  },
  'chicago-business': {
    district: chicago,
    kind: 'businesses',
    file: join('chicago-business', 'licences.csv.gz'),
    // Its wards are another division than the community areas.
    told: { map: { areaId: '' } },
    layer: communityAreas,
  },
  'boston-violations': {
    district: {
      districtId: 'boston',
      name: 'Boston',
      timeZone: 'America/New_York',
      clock: 'recorded',
      exercise: false,
      centre: { lon: -71.07, lat: 42.32 },
      zoom: 11,
      source: 'Boston Inspectional Services',
    },
    kind: 'violations',
    file: join('boston-building-violations', 'violations.csv.gz'),
    told: { map: { areaId: 'ward' } },
    labelColumn: 'ward',
    undrawn: { root: 'boston', name: 'Boston', ids: Array.from({ length: 22 }, (_, index) => String(index + 1)) },
  },
};

export const cityBegins = '1990-01-01';

/** Areas known by name only. */
export function undrawnEvents({ district, undrawn }: CitySet): OutgoingEvent[] {
  if (!undrawn) return [];
  const { root, name, ids } = undrawn;
  const recordedTime = `${cityBegins}T00:00:00.000Z`;
  const placement = { district: district.districtId, clock: district.clock, source: 'replay/areas', recordedTime };
  const area = (areaId: string, parentId: string | null, level: 'district' | 'ward', areaName: string) =>
    importEvent(
      draft(areaRevised, recordedTime, {
        areaId,
        parentId,
        level,
        name: areaName,
        validFrom: cityBegins,
        geometry: null,
        source: 'ward numbers of the file; no outline at hand',
      }),
      placement,
    );
  return [area(root, null, 'district', name), ...ids.map((id) => area(id, root, 'ward', `Ward ${id}`))];
}
