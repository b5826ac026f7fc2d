import { pointCategories, pointRecordSql, pointStatuses, swapPoints } from '#contracts/points.ts';
import type { Database } from '#platform/database.ts';
import { Parameters } from '../../district/conditions.ts';
import type { Moment } from '../../district/moment.ts';
import { filterSql, type ViolationFilter } from './filters.ts';

/** Index of a text in a list that is part of the format. */
const indexSql = (column: string, list: readonly string[]) =>
  `array_position(ARRAY[${list.map((item) => `'${item}'`).join(',')}], ${column}) - 1`;

/** The located ones of a filter, 16 bytes each, and how many have no position and so are in the list only. */
export async function violationPoints(
  database: Database,
  moment: Moment,
  filter: ViolationFilter,
): Promise<{ bytes: Buffer; withoutPlace: number }> {
  const parameters = new Parameters();
  const record = pointRecordSql(
    'v.at',
    'v.first_sequence',
    `(v.occurred_at AT TIME ZONE ${parameters.add(moment.timeZone)})::date`,
    indexSql('v.kind', pointCategories.violations),
    indexSql('v.status', pointStatuses.violations),
  );
  const where = filterSql(filter, moment, parameters);
  const { rows } = await database.query<{ records: Buffer | null; without_place: number }>(
    `SELECT string_agg(CASE WHEN v.at IS NOT NULL THEN ${record} END, ''::bytea ORDER BY v.first_sequence) AS records,
       count(*) FILTER (WHERE v.at IS NULL) AS without_place
     FROM urban_order.violation_versions v WHERE ${where}`,
    parameters.values,
  );
  return { bytes: swapPoints(rows[0]!.records ?? Buffer.alloc(0)), withoutPlace: rows[0]!.without_place };
}
