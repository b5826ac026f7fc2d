import { mulberry32 } from '@vungxanh/ml/numerics';
import type { Database } from '#platform/database.ts';

/** How big a district of a bench is. Neighbourhoods are tổ dân phố. */
export interface CitySize {
  wards: number;
  neighbourhoods: number;
}
/** Ho Chi Minh City in 2021 (domain of the centre: 24,330 tổ dân phố, counted by the Ministry of Health on 2021-09-21). */
export const wholeCity: CitySize = { wards: 312, neighbourhoods: 24_330 };

/** A district as big as that with its people, straight into geography's tables: areas are `C`, `W0`…, `N0`…. */
export async function insertCity(
  database: Database,
  district: string,
  { wards, neighbourhoods }: CitySize,
): Promise<void> {
  await database.query(
    `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
     VALUES ($1, 'TP', 'Asia/Ho_Chi_Minh', 'live', false, ST_SetSRID(ST_MakePoint(106.7, 10.8), 4326), '2021-01-01Z', 1)`,
    [district],
  );
  await database.query(
    `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, estimated, event_id, sequence)
     SELECT $1, id, parent, level, id, lower(id), '2000-01-01', '2021-01-01Z', true, id, row_number() OVER () FROM (
       SELECT 'C' AS id, NULL AS parent, 'district' AS level
       UNION ALL SELECT 'W' || w, 'C', 'ward' FROM generate_series(0, $2::int - 1) AS w
       UNION ALL SELECT 'N' || n, 'W' || (n % $2::int), 'neighbourhood' FROM generate_series(0, $3::int - 1) AS n) AS areas`,
    [district, wards, neighbourhoods],
  );
  await database.query(
    `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
     SELECT $1, area_id, 'all', CASE level WHEN 'neighbourhood' THEN 370 WHEN 'ward' THEN 29000 ELSE 9000000 END, '2000-01-01', '2021-01-01Z', true, area_id, sequence
     FROM geography.area_versions WHERE district = $1`,
    [district],
  );
}

/** Where so many cases live: more in some neighbourhoods than in others, the same each time. */
export function homesOfCases({ neighbourhoods }: CitySize, cases: number): string[] {
  const random = mulberry32(7);
  return Array.from({ length: cases }, () => `N${Math.floor(random() ** 2 * neighbourhoods)}`);
}

/** Milliseconds of each of so many rounds, one after another. */
export async function timed(work: () => Promise<unknown>, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

/** The time that so large a share of the rounds did not take longer than, milliseconds, to a tenth. */
export const quantile = (times: number[], share: number): number =>
  Number(times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1));
