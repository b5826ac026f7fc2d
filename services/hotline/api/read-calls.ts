import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database } from '#platform/database.ts';
import { within } from '../../district/conditions.ts';
import { known } from '../../district/known.ts';
import type { Moment } from '../../district/moment.ts';
import { type HistoryRow, readHistory } from '../../lifecycle/read-history.ts';
import { readPage } from '../../lifecycle/read-page.ts';
import { readColumns, stateOf, type VersionRow } from '../../lifecycle/read-rows.ts';
import { isOpenIncident } from '../calls/evolve.ts';
import { callTables } from '../calls/tables.ts';
import type { CallFilter, CallView } from './shapes.ts';

const utc = (instant: string) => new Date(instant).toISOString();
const maybe = (instant: string | null) => instant && utc(instant);

export function viewOf(row: VersionRow): CallView {
  const { reported: _r, statedAreaId: _s, location: _l, chain, ...call } = stateOf(callTables, row);
  return {
    ...call,
    // What is reported has them.
    direction: call.direction!,
    carrier: call.carrier!,
    channel: call.channel!,
    chainRule: call.chainRule!,
    statusSince: utc(call.statusSince),
    occurredAt: utc(call.occurredAt),
    alertedAt: maybe(call.alertedAt),
    takenUpAt: maybe(call.takenUpAt),
    attempts: call.attempts.map((one) => ({ ...one, onCall: one.onCall ?? null })),
    toRing: chain
      .slice(call.attempts.length)
      .map(({ role, targetId, name, ringSeconds }) => ({ role, targetId, name, ringSeconds })),
    open: isOpenIncident(call),
    knownAt: utc(row.known_at),
    areaId: row.area_id,
    firstSequence: row.first_sequence,
    version: row.sequence,
  };
}

/** SQL: as `isOpenIncident`. */
const isOpen: Sql = sql`(v.status = 'unanswered' OR (v.alerted_at IS NOT NULL AND v.taken_up_at IS NULL))`;

/** Who is called every day is a patient at home: how many there are, and when, is for those who may see who they are. */
const mayBeTold = (seesPatients: boolean): Sql[] => (seesPatients ? [] : [sql`v.direction <> 'daily'`]);

/** A page of calls, newest first, with the total of the filter. */
export function listCalls(
  database: Database,
  moment: Moment,
  { limit, cursor, ...filter }: CallFilter,
  seesPatients: boolean,
) {
  const day = sql`(v.occurred_at AT TIME ZONE ${moment.timeZone})::date`;
  const { status, direction, open, from, to, areaId } = filter;
  const conditions = [
    sql`v.district = ${moment.district}`,
    known('v', moment),
    sql`v.reported`,
    ...mayBeTold(seesPatients),
    ...(status ? [sql`v.status = ANY(${status}::text[])`] : []),
    ...(direction ? [sql`v.direction = ${direction}`] : []),
    ...(open === undefined ? [] : [open ? isOpen : sql`NOT ${isOpen}`]),
    ...(from ? [sql`${day} >= ${from}::date`] : []),
    ...(to ? [sql`${day} <= ${to}::date`] : []),
    ...(areaId ? [within('v', areaId, moment)] : []),
  ];
  return readPage(
    database,
    { from: sql`hotline.call_versions v`, where: join(conditions, ' AND ') },
    { limit, cursor },
    {
      columns: raw(readColumns(callTables)),
      order: [
        { name: 'v.occurred_at', type: 'timestamptz' },
        { name: 'v.first_sequence', type: 'bigint' },
      ],
      view: viewOf,
    },
  );
}

/** A call as known at the moment; undefined: it was not. */
export async function findCall(
  database: Database,
  moment: Moment,
  callId: string,
  seesPatients = true,
): Promise<CallView | undefined> {
  const { rows } = await database.query<VersionRow>(
    sql`SELECT ${raw(readColumns(callTables))} FROM hotline.call_versions v
     WHERE v.district = ${moment.district} AND v.call_id = ${callId} AND ${known('v', moment)} AND v.reported
     AND ${join([sql`true`, ...mayBeTold(seesPatients)], ' AND ')}`,
  );
  return rows[0] && viewOf(rows[0]);
}

/** The ledger of a call, in journal order. */
export const ledgerOf = (database: Database, moment: Moment, callId: string) =>
  readHistory(
    database,
    callTables,
    moment,
    [callId],
    ({
      id: _id,
      known_at,
      occurred_at,
      said_by,
      ...entry
    }: HistoryRow & { occurred_at: Date; irregular: string | null; said_by: string | null }) => ({
      ...entry,
      knownAt: known_at.toISOString(),
      occurredAt: occurred_at.toISOString(),
      saidBy: said_by,
    }),
  );
