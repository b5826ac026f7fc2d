// The map of a whole city for who may see no rows of persons. Run by `npm run bench -- city-map`.

import { mulberry32 } from '@vungxanh/ml/numerics';
import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import { migrate, openDatabase } from '#platform/database.ts';
import { momentOf } from '../moment.ts';
import { tellableFigures } from '../released/read-figures.ts';
import { readTable } from '../released/read-week.ts';

const district = 'city';
/** Ho Chi Minh City in 2021: 312 wards, 24,330 neighbourhoods (tổ dân phố). */
const wards = 312;
const neighbourhoods = 24_330;
const cases = 200_000;
const rounds = 20;
const aimMs = 200;
const now = new Date('2021-09-02T05:00:00Z');

const quantile = (times: number[], share: number) =>
  Number(times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(1));

async function timed(work: () => Promise<unknown>, most = rounds): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < most; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

/** p95 of the figures of every ward, told from released tables; `table`: of a table that is made anew, which happens once a week. Reference: the exact figures' statement is in neither. */
export async function benchCityMap(databaseUrl: string) {
  for (const schema of ['geography', 'epidemic'])
    await migrate(databaseUrl, schema, new URL(`../../${schema}/migrations/`, import.meta.url));
  const database = openDatabase(databaseUrl, { statementTimeoutMs: 0 });
  try {
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
    const random = mulberry32(7);
    const areas = Array.from({ length: cases }, () => `N${Math.floor(random() ** 2 * neighbourhoods)}`);
    await database.query(
      `INSERT INTO epidemic.case_versions (district, case_id, known_at, area_id, event_date, confirmed_date, exposure, status, status_since, first_sequence, sequence, event_id)
       SELECT $1, 'c' || i, '2021-07-05Z'::timestamptz + i * interval '25 seconds', area, ('2021-07-05'::date + (i * 25 / 86400)::int), ('2021-07-05'::date + (i * 25 / 86400)::int),
         'community', 'active', '2021-07-05Z', i, i, 'c' || i FROM unnest($2::text[]) WITH ORDINALITY AS rows(area, i)`,
      [district, areas],
    );
    await database.query('ANALYZE');
    const moment = await momentOf(database, district, undefined, now);
    const week = (from: string, to: string, releasedAt: string) => ({ from, to, releasedAt });
    const weeks = [
      week('2021-08-23', '2021-08-29', '2021-09-01T17:00:00Z'),
      week('2021-08-16', '2021-08-22', '2021-08-25T17:00:00Z'),
    ];
    const table = await timed(() => readTable({ database }, moment, weeks[0]!, smallCellPolicy), 5);
    const released = await Promise.all(weeks.map((one) => readTable({ database }, moment, one, smallCellPolicy)));
    const read = tellableFigures();
    const tell = () => read(database, moment, { level: 'ward' }, { exact: new Set(), released });
    const [firstMs] = await timed(tell, 1);
    const told = await timed(tell);
    const hidden = [...released[0]!.told.values()].filter((count) => count === null).length;
    const value = quantile(told, 0.95);
    return {
      bench: 'city-map',
      value,
      unit: 'ms',
      reference: {},
      ratio: Number((value / aimMs).toFixed(2)),
      ok: value <= aimMs,
      details: {
        aim: `<= ${aimMs} ms p95 for ${wards} wards beside ${neighbourhoods} neighbourhoods and ${cases} cases`,
        firstToldMs: Number(firstMs!.toFixed(1)),
        toldP50Ms: quantile(told, 0.5),
        tableMadeP50Ms: quantile(table, 0.5),
        tableMadeP95Ms: quantile(table, 0.95),
        areasHidden: hidden,
        areas: released[0]!.told.size,
      },
    };
  } finally {
    await database.end();
  }
}
