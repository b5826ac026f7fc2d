// The map of a whole city for who may see no rows of persons. Run by `npm run bench -- city-map`.

import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import { migrate, openDatabase } from '#platform/database.ts';
import { homesOfCases, insertCity, quantile, timed, wholeCity } from '../../district/testing/city.ts';
import { momentOf } from '../moment.ts';
import { tellableFigures } from '../released/read-figures.ts';
import { readTable } from '../released/read-week.ts';

const district = 'city';
const cases = 200_000;
const rounds = 20;
const aimMs = 200;
const now = new Date('2021-09-02T05:00:00Z');

/** p95 of the figures of every ward, told from released tables; `table`: of a table that is made anew, which happens once a week. Reference: the exact figures' statement is in neither. */
export async function benchCityMap(databaseUrl: string) {
  for (const schema of ['geography', 'epidemic'])
    await migrate(databaseUrl, schema, new URL(`../../${schema}/migrations/`, import.meta.url));
  const database = openDatabase(databaseUrl, { statementTimeoutMs: 0 });
  try {
    await insertCity(database, district, wholeCity);
    const areas = homesOfCases(wholeCity, cases);
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
    const told = await timed(tell, rounds);
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
        aim: `<= ${aimMs} ms p95 for ${wholeCity.wards} wards beside ${wholeCity.neighbourhoods} neighbourhoods and ${cases} cases`,
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
