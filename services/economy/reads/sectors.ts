import sql from 'sql-template-tag';
import type { SectorsAnswer } from '#contracts/http/economy.ts';
import type { Database } from '#platform/database.ts';
import { listAddress } from '../../district/list-address.ts';
import type { Moment } from '../../district/moment.ts';
import { businessesOf } from './filters.ts';

/** Businesses of each sector with their status on the day, the largest sector first; each of them is the total of its list. */
export async function sectorsOn(
  database: Database,
  moment: Moment,
  { on, areaId }: { on: string; areaId?: string | undefined },
): Promise<SectorsAnswer['sectors']> {
  const { from, where } = businessesOf({ district: moment.district, on, areaId }, moment);
  const { rows } = await database.query<Omit<SectorsAnswer['sectors'][number], 'list'>>(
    sql`SELECT v.sector, count(*)::int AS total, count(*) FILTER (WHERE s.status = 'open')::int AS open,
        count(*) FILTER (WHERE s.status = 'restricted')::int AS restricted, count(*) FILTER (WHERE s.status = 'suspended')::int AS suspended,
        count(*) FILTER (WHERE s.status = 'closed')::int AS closed
      FROM ${from} WHERE ${where} GROUP BY v.sector ORDER BY total DESC, v.sector`,
  );
  return rows.map((row) => ({
    ...row,
    list:
      row.sector === null ? null : listAddress('/api/economy/businesses', moment, { areaId, on, sector: row.sector }),
  }));
}
