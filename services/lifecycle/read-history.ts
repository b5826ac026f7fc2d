import sql, { raw } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { knownSince } from '../district/known.ts';
import type { Moment } from '../district/moment.ts';
import type { EntityTables, Placed } from './tables.ts';

/** An event of an entity as it came. A table's own columns of events (`eventColumns`) are beside it. */
export interface HistoryRow {
  id: string;
  type: string;
  known_at: Date;
  sequence: number;
  /** Of the event's envelope: a feed, a file (`import/…`), the exercise (`drill/…`), or the service itself, where people typed it in. */
  source: string;
  data: Record<string, unknown>;
}

/** Events of entities as known at the moment, in journal order. */
export async function readHistory<Row extends HistoryRow, View>(
  database: Database,
  {
    events,
    key,
    eventColumns,
  }: Pick<EntityTables<Placed>, 'events' | 'key'> & {
    eventColumns: readonly { name: string }[];
  },
  moment: Moment,
  ids: readonly string[],
  view: (row: Row) => View,
): Promise<View[]> {
  const columns = [
    `${key} AS id`,
    'type',
    'known_at',
    'sequence',
    "split_part(event_key, ' ', 1) AS source",
    'data',
    ...eventColumns.map(({ name }) => name),
  ];
  const { rows } = await database.query<Row>(
    sql`SELECT ${raw(columns.join(', '))} FROM ${raw(events)} e
     WHERE e.district = ${moment.district} AND ${raw(key)} = ANY(${ids}::text[]) AND ${knownSince('e', moment)} ORDER BY sequence`,
  );
  return rows.map(view);
}
