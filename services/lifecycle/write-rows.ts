import type { Transaction } from '#platform/database.ts';
import { type Columns, insertRows } from '#platform/rows.ts';
import type { Change, Folded, Recorded, Version } from './fold.ts';
import { type Column, type EntityTables, type Placed, placeExpressions, type SqlType } from './tables.ts';

/**
 * Writes a folded batch in a handful of statements, whatever its size. Returns the areas of every row that ended or began: their figures may have
 * changed.
 */
export async function writeFolded<State extends Placed, Event extends Recorded & { data: object }>(
  transaction: Transaction,
  tables: EntityTables<State, Event>,
  district: string,
  { changes, ended, heads, revised = [], repeats = [] }: Folded<State, Event>,
): Promise<string[]> {
  const { versions, key } = tables;
  await writeHeads(transaction, tables, district, heads);
  await writeEvents(transaction, tables, district, [...changes, ...repeats]);
  if (changes.length === 0) return [];
  const endedRows = await transaction.query<{ area_id: string | null }>(
    `UPDATE ${versions} v SET known_until = e.known_until FROM unnest($2::text[], $3::timestamptz[]) AS e(id, known_until)
     WHERE v.district = $1 AND v.${key} = e.id AND v.known_until = 'infinity' RETURNING v.area_id`,
    [district, [...ended.keys()], [...ended.values()]],
  );
  await insertRows(
    transaction,
    versions,
    versionColumns(tables),
    [...changes, ...revised].map(({ id, after }) => versionRow(tables, district, id, after)),
    { omit: ['lon', 'lat'], expressions: { ...placeExpressions(tables), ...asJson(tables.columns) } },
  );
  const begun = await transaction.query<{ area_id: string }>(
    `SELECT DISTINCT area_id FROM ${versions} JOIN unnest($2::text[]) AS wanted(${key}) USING (${key})
     WHERE district = $1 AND known_until = 'infinity' AND area_id IS NOT NULL`,
    [district, [...new Set([...changes, ...revised].map(({ id }) => id))]],
  );
  return [...endedRows.rows, ...begun.rows].flatMap((row) => row.area_id ?? []);
}

/** Every event as it came, those too that say what is known. */
async function writeEvents<State extends Placed, Event extends Recorded & { data: object }>(
  transaction: Transaction,
  tables: EntityTables<State, Event>,
  district: string,
  changes: readonly Change<State, Event>[],
): Promise<void> {
  const { events, key } = tables;
  await insertRows(
    transaction,
    events,
    {
      district: 'text',
      event_key: 'text',
      [key]: 'text',
      sequence: 'bigint',
      type: 'text',
      known_at: 'timestamptz',
      stated_order: 'text',
      ...typesOf(tables.eventColumns),
      data: 'text',
    },
    changes.map((change) => eventRow(tables, district, change)),
    { expressions: { data: 'new.data::jsonb' } },
  );
}

/** Every event moves the head of its subject, a fact that was sent again too: a command expects the last message, not the last version. */
async function writeHeads(
  transaction: Transaction,
  { heads: table, key }: Pick<EntityTables<Placed>, 'heads' | 'key'>,
  district: string,
  heads: ReadonlyMap<string, number>,
): Promise<void> {
  await insertRows(
    transaction,
    table,
    { district: 'text', [key]: 'text', sequence: 'bigint' },
    [...heads].map(([id, sequence]) => ({ district, [key]: id, sequence })),
    {
      onConflict: `ON CONFLICT (district, ${key}) DO UPDATE SET sequence = GREATEST(${table.split('.').at(-1)}.sequence, excluded.sequence)`,
    },
  );
}

/** Deletes what the tables hold of a district. */
export async function forgetRows(transaction: Transaction, tables: readonly string[], district: string): Promise<void> {
  for (const table of tables) await transaction.query(`DELETE FROM ${table} WHERE district = $1`, [district]);
}

/** Deletes what the tables hold of entities, and returns their subjects (platform/projection.ts: forgetSubject). */
export async function forgetEntities(
  transaction: Transaction,
  { versions, events, heads, key }: Pick<EntityTables<Placed>, 'versions' | 'events' | 'heads' | 'key'>,
  district: string,
  subject: string,
  ids: readonly string[],
  further: readonly string[] = [],
): Promise<string[]> {
  for (const table of [versions, events, heads, ...further])
    await transaction.query(`DELETE FROM ${table} WHERE district = $1 AND ${key} = ANY($2::text[])`, [district, ids]);
  const before = subject.slice(0, subject.lastIndexOf('.') + 1);
  return ids.map((id) => before + id);
}

/** Columns of a version as it is inserted; lon and lat become `at` and the area. */
const versionColumns = <State extends Placed, Event extends Recorded>({
  key,
  columns,
}: EntityTables<State, Event>): Columns => ({
  district: 'text',
  [key]: 'text',
  known_at: 'timestamptz',
  known_until: 'timestamptz',
  ...typesOf(columns),
  stated_area_id: 'text',
  lon: 'float8',
  lat: 'float8',
  first_sequence: 'bigint',
  sequence: 'bigint',
  event_key: 'text',
});

type Value = string | number | boolean | null;

function versionRow<State extends Placed, Event extends Recorded>(
  { key, columns }: EntityTables<State, Event>,
  district: string,
  id: string,
  { state, ...version }: Version<State>,
): Record<string, Value> {
  const row: Record<string, Value> = {
    district,
    [key]: id,
    known_at: version.knownAt,
    known_until: version.knownUntil,
    stated_area_id: state.statedAreaId,
    lon: state.location?.lon ?? null,
    lat: state.location?.lat ?? null,
    first_sequence: version.firstSequence,
    sequence: version.sequence,
    event_key: version.eventKey,
  };
  const held = state as State & Record<string, unknown>;
  for (const { name, type, path } of columns) {
    const [field, part] = path;
    const value = part === undefined ? held[field] : (held[field] as Record<string, unknown> | null)?.[part];
    row[name] = type === 'jsonb' ? JSON.stringify(value) : ((value ?? null) as Value);
  }
  return row;
}

function eventRow<State extends Placed, Event extends Recorded & { data: object }>(
  { key, eventColumns, orderOf }: EntityTables<State, Event>,
  district: string,
  change: Change<State, Event>,
): Record<string, Value> {
  const { id, event, after } = change;
  const row: Record<string, Value> = {
    district,
    event_key: after.eventKey,
    [key]: id,
    sequence: after.sequence,
    type: event.type,
    known_at: after.knownAt,
    stated_order: orderOf({ event, sequence: after.sequence }),
    data: JSON.stringify(event.data),
  };
  for (const { name, of } of eventColumns) row[name] = of(change);
  return row;
}

/** Arrays of JSON travel as text. */
const typesOf = (columns: readonly { name: string; type: SqlType }[]): Columns =>
  Object.fromEntries(columns.map(({ name, type }) => [name, type === 'jsonb' ? 'text' : type]));
const asJson = (columns: readonly Column[]): Record<string, string> =>
  Object.fromEntries(columns.filter(({ type }) => type === 'jsonb').map(({ name }) => [name, `new.${name}::jsonb`]));
