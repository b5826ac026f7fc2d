import { openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';

/** What a service under test needs of geography: its tables, as geography itself makes them. */
export const geographySchema = {
  schema: 'geography',
  migrations: new URL('../../geography/migrations/', import.meta.url),
};

export interface TestDistrict {
  /** its name; left out: one that nobody else has. A service that acts in this district alone has to know it before its journal is there */
  district?: string;
  clock?: 'live' | 'recorded';
  wards?: number;
  peopleOfWard?: number;
  /** an area that nobody has counted */
  unpopulated?: string;
  /** false: its persons are real, as far as the policy of small cells goes */
  exercise?: boolean;
}

/**
 * District D with wards W0, W1 … side by side, a hundredth of a degree wide from (106.70, 10.70) eastwards; two neighbourhoods each (W0a, W0b), of 40 and
 * 60 per cent of its people.
 */
export async function openTestDistrict(
  service: ServiceUnderTest,
  {
    district = temporaryDistrict(),
    clock = 'recorded',
    wards = 4,
    peopleOfWard = 1000,
    unpopulated,
    exercise = true,
  }: TestDistrict = {},
): Promise<string> {
  const { database, broker } = service.parts;
  await database.query(
    `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
     VALUES ($1, 'Quận thử', 'Asia/Ho_Chi_Minh', $2, $4, ST_SetSRID(ST_MakePoint($3, 10.705), 4326), '2000-01-01Z', 1)`,
    [district, clock, 106.7 + wards / 200, exercise],
  );
  const areas: [id: string, parent: string | null, level: string, west: number, east: number, people: number][] = [
    ['D', null, 'district', 106.7, 106.7 + wards / 100, wards * peopleOfWard],
  ];
  for (let ward = 0; ward < wards; ward++) {
    const west = 106.7 + ward / 100;
    areas.push([`W${ward}`, 'D', 'ward', west, west + 0.01, peopleOfWard]);
    areas.push([`W${ward}a`, `W${ward}`, 'neighbourhood', west, west + 0.005, 0.4 * peopleOfWard]);
    areas.push([`W${ward}b`, `W${ward}`, 'neighbourhood', west + 0.005, west + 0.01, 0.6 * peopleOfWard]);
  }
  for (const [index, [id, parent, level, west, east, people]] of areas.entries()) {
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, $2, $3, $4, $2, lower($2), '2000-01-01', '2000-01-01Z', ST_Multi(ST_MakeEnvelope($5, 10.7, $6, 10.71, 4326)), true, $2, $7)`,
      [district, id, parent, level, west, east, index + 1],
    );
    if (id === unpopulated) continue;
    await database.query(
      `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
       VALUES ($1, $2, 'all', $3, '2000-01-01', '2000-01-01Z', true, $2, $4)`,
      [district, id, people, index + 1],
    );
  }
  await openDistrictStream(broker, district, { clock, exercise, timeZone: 'Asia/Ho_Chi_Minh' });
  return district;
}
