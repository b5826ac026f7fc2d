import { messageId } from '#contracts/new-event.ts';
import { readEvent } from '#contracts/read-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { CommitListener, Entry, Projection } from '#platform/projection.ts';
import { insertRows } from '#platform/rows.ts';
import type { ViolationEvent } from './events.ts';
import { type Folded, fold } from './fold.ts';
import { type ReadRow, readColumns, type Version, versionColumns, versionRow, violationOf } from './row.ts';

/** Violations, their history and their heads. Touches the areas whose figures may have changed. */
export function violationProjection(committed?: CommitListener): Projection<ViolationEvent> {
  return {
    name: 'urban-order',
    schema: 'urban_order',
    filter: (district) => `vx.${district}.urban-order.violation.>`,
    read: readEvent,
    apply: async (transaction, district, entries) => {
      const current = await readCurrent(transaction, district, entries);
      const seen = await readSeen(transaction, district, entries);
      return write(transaction, district, fold(entries, current, seen));
    },
    forget: async (transaction, district) => {
      for (const table of ['violation_versions', 'violation_events', 'violation_heads'])
        await transaction.query(`DELETE FROM urban_order.${table} WHERE district = $1`, [district]);
    },
    committed,
  };
}

/** Violations that merges of a batch lead to, through any number of others. */
async function mergeTargets(transaction: Transaction, district: string, intoIds: string[]): Promise<string[]> {
  if (intoIds.length === 0) return [];
  const { rows } = await transaction.query<{ violation_id: string }>(
    `WITH RECURSIVE wanted AS (
       SELECT unnest($2::text[]) AS violation_id
       UNION
       SELECT v.merged_into FROM wanted JOIN urban_order.violation_versions v
         ON v.district = $1 AND v.violation_id = wanted.violation_id AND v.known_until = 'infinity' WHERE v.merged_into IS NOT NULL
     ) SELECT violation_id FROM wanted`,
    [district, intoIds],
  );
  return rows.map((row) => row.violation_id);
}

/**
 * Current versions of the violations of a batch, and of those that merges lead to. Planned anew each time and joined to the wanted ids: a plan
 * that was made when the table was empty reads all of it, and `= ANY` compares every row with every id.
 */
async function readCurrent(transaction: Transaction, district: string, entries: Entry<ViolationEvent>[]) {
  const intoIds = entries.flatMap(({ event }) =>
    event.type === 'violation-merged' ? [event.data.intoViolationId] : [],
  );
  const targets = await mergeTargets(transaction, district, intoIds);
  const wanted = new Set([...entries.map(({ event }) => event.data.violationId), ...targets]);
  const { rows } = await transaction.query<ReadRow>(
    `SELECT ${readColumns} FROM urban_order.violation_versions v JOIN unnest($2::text[]) AS wanted(violation_id) USING (violation_id)
     WHERE v.district = $1 AND v.known_until = 'infinity'`,
    [district, [...wanted]],
  );
  return new Map<string, Version>(
    rows.map((row) => [
      row.violation_id,
      {
        violation: violationOf(row),
        knownAt: row.known_at,
        knownUntil: 'infinity',
        firstSequence: row.first_sequence,
        sequence: row.sequence,
        eventKey: row.event_key,
      },
    ]),
  );
}

async function readSeen(transaction: Transaction, district: string, entries: Entry<ViolationEvent>[]) {
  const { rows } = await transaction.query<{ event_key: string }>(
    'SELECT event_key FROM urban_order.violation_events JOIN unnest($2::text[]) AS wanted(event_key) USING (event_key) WHERE district = $1',
    [district, entries.map(({ event }) => messageId(event))],
  );
  return new Set(rows.map((row) => row.event_key));
}

/** Writes a folded batch; returns the areas of every row that ended or began. */
async function write(transaction: Transaction, district: string, folded: Folded): Promise<string[]> {
  const heads = [...folded.heads].map(([violation_id, sequence]) => ({ district, violation_id, sequence }));
  await insertRows(
    transaction,
    'urban_order.violation_heads',
    { district: 'text', violation_id: 'text', sequence: 'bigint' },
    heads,
    {
      onConflict: `ON CONFLICT (district, violation_id) DO UPDATE SET sequence = GREATEST(violation_heads.sequence, excluded.sequence)`,
    },
  );
  if (folded.versions.length === 0) return [];
  const ended = await transaction.query<{ area_id: string | null }>(
    `UPDATE urban_order.violation_versions v SET known_until = e.known_until
     FROM unnest($2::text[], $3::timestamptz[]) AS e(violation_id, known_until)
     WHERE v.district = $1 AND v.violation_id = e.violation_id AND v.known_until = 'infinity' RETURNING v.area_id`,
    [district, [...folded.ended.keys()], [...folded.ended.values()]],
  );
  await insertRows(
    transaction,
    'urban_order.violation_versions',
    versionColumns,
    folded.versions.map((version) => versionRow(district, version)),
    { omit: ['lon', 'lat'], expressions: { at: pointSql, area_id: areaSql, irregular: 'new.irregular::jsonb' } },
  );
  await insertRows(
    transaction,
    'urban_order.violation_events',
    {
      district: 'text',
      event_key: 'text',
      violation_id: 'text',
      sequence: 'bigint',
      type: 'text',
      occurred_at: 'timestamptz',
      known_at: 'timestamptz',
      irregular: 'text',
      data: 'text',
    },
    folded.events.map((event) => ({
      district,
      event_key: event.eventKey,
      violation_id: event.violationId,
      sequence: event.sequence,
      type: event.type,
      occurred_at: event.occurredAt,
      known_at: event.knownAt,
      irregular: event.irregular,
      data: event.data,
    })),
    { expressions: { data: 'new.data::jsonb' } },
  );
  const begun = await transaction.query<{ area_id: string }>(
    `SELECT DISTINCT area_id FROM urban_order.violation_versions JOIN unnest($2::text[]) AS wanted(violation_id) USING (violation_id)
     WHERE district = $1 AND known_until = 'infinity' AND area_id IS NOT NULL`,
    [district, [...new Set(folded.versions.map(({ violation }) => violation.violationId))]],
  );
  return [...ended.rows, ...begun.rows].flatMap((row) => row.area_id ?? []);
}

const pointSql = `CASE WHEN new.lon IS NOT NULL THEN ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326) END`;
/** The stated area, else the smallest area that holds the point on the local day of the breach. */
const areaSql = `COALESCE(new.stated_area_id, CASE WHEN new.lon IS NOT NULL THEN
  (SELECT area_id FROM geography.area_at_point(new.district, ST_SetSRID(ST_MakePoint(new.lon, new.lat), 4326),
    (new.occurred_at AT TIME ZONE COALESCE((SELECT time_zone FROM geography.published_districts d WHERE d.district = new.district), 'UTC'))::date)) END)`;
