import type { Database, Reads, Transaction } from '#platform/database.ts';
import { insertRows } from '#platform/rows.ts';
import type { Due, DueRow } from './due.ts';

/** Where an owner keeps its due times, and the last message of each entity. A migration of the owner makes the table (README). */
export interface DueTable {
  /** `schema.due_times`. */
  table: string;
  /** The table of heads, such as `hotline.call_heads`, or a question in brackets, and its column that names the entity. */
  heads: string;
  key: string;
}

/**
 * Replaces the due times of entities: to be called in the transaction that changes them, so that a state and what follows from it are one.
 *
 * @param duesOf by entity; one without any has no due time any more
 */
export async function writeDueTimes(
  transaction: Transaction,
  { table }: Pick<DueTable, 'table'>,
  district: string,
  duesOf: ReadonlyMap<string, readonly Due[]>,
): Promise<void> {
  if (duesOf.size === 0) return;
  await forgetDueTimes(transaction, { table }, district, [...duesOf.keys()]);
  await insertRows(
    transaction,
    table,
    {
      district: 'text',
      entity_id: 'text',
      rule: 'text',
      sequence: 'bigint',
      due_at: 'timestamptz',
      type: 'text',
      data: 'text',
    },
    [...duesOf].flatMap(([entityId, dues]) =>
      dues.map(({ rule, sequence, dueAt, type, data }) => ({
        ...{ district, entity_id: entityId, rule, sequence, due_at: dueAt, type },
        data: JSON.stringify(data),
      })),
    ),
    { expressions: { data: 'new.data::jsonb' } },
  );
}

/** Takes the due times of entities away, or of the whole district. */
export async function forgetDueTimes(
  transaction: Transaction,
  { table }: Pick<DueTable, 'table'>,
  district: string,
  ids?: readonly string[],
): Promise<void> {
  const ofIds = ids ? ' AND entity_id = ANY($2::text[])' : '';
  await transaction.query(`DELETE FROM ${table} WHERE district = $1${ofIds}`, ids ? [district, ids] : [district]);
}

/** Due times that are not after an instant, in the order in which they are said. */
export async function readDue(
  database: Database,
  { table, heads, key }: DueTable,
  district: string,
  clockMs: number,
  limit: number,
): Promise<DueRow[]> {
  const { rows } = await database.query<DueRow & { dueAt: Date }>(
    `SELECT d.entity_id AS "entityId", d.rule, d.sequence, d.due_at AS "dueAt", d.type, d.data, COALESCE(h.sequence, 0) AS "headSequence"
     FROM ${table} d LEFT JOIN ${heads} h ON h.district = d.district AND h.${key} = d.entity_id
     WHERE d.district = $1 AND d.due_at <= $2::timestamptz
     ORDER BY d.due_at, d.entity_id, d.rule, d.sequence LIMIT $3`,
    [district, new Date(clockMs).toISOString(), limit],
  );
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }));
}

/** The first due time after an instant, milliseconds. */
export async function nextDueMs(
  database: Database,
  { table }: Pick<DueTable, 'table'>,
  district: string,
  clockMs: number,
): Promise<number | undefined> {
  const { rows } = await database.query<{ next: Date | null }>(
    `SELECT min(due_at) AS next FROM ${table} WHERE district = $1 AND due_at > $2::timestamptz`,
    [district, new Date(clockMs).toISOString()],
  );
  return rows[0]?.next?.getTime();
}

/** What is planned for an entity, in its order: what is shown is what will be said. */
export async function plannedFor(
  database: Reads,
  { table }: Pick<DueTable, 'table'>,
  district: string,
  entityId: string,
): Promise<Due[]> {
  const { rows } = await database.query<Due & { dueAt: Date }>(
    `SELECT rule, sequence, due_at AS "dueAt", type, data FROM ${table} WHERE district = $1 AND entity_id = $2 ORDER BY due_at, rule, sequence`,
    [district, entityId],
  );
  return rows.map((row) => ({ ...row, dueAt: row.dueAt.toISOString() }));
}
