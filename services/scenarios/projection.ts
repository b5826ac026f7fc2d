import type { EventData } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { messageId } from '#contracts/new-event.ts';
import type { Transaction } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { arrayLiteral, insertRows } from '#platform/rows.ts';

type EventOf<Type extends 'scenario-requested' | ScenarioEnd> = CloudEvent<EventData<Type>> & { type: Type };
export type ScenarioEnd = 'scenario-completed' | 'scenario-cancelled' | 'scenario-failed';
export type ScenarioEvent =
  | EventOf<'scenario-requested'>
  | EventOf<'scenario-completed'>
  | EventOf<'scenario-cancelled'>
  | EventOf<'scenario-failed'>;

const isRequest = (entry: Entry<ScenarioEvent>): entry is Entry<EventOf<'scenario-requested'>> =>
  entry.event.type === 'scenario-requested';
type EndEvent = Exclude<ScenarioEvent, EventOf<'scenario-requested'>>;
const isEnd = (entry: Entry<ScenarioEvent>): entry is Entry<EndEvent> =>
  /^scenario-(completed|cancelled|failed)$/.test(entry.event.type);
const knownAt = (event: ScenarioEvent) => new Date(event.recordedtime).toISOString();

/** Requests become rows, ends complete them; of two ends the journal's first stands. */
export async function applyScenarios(
  transaction: Transaction,
  district: string,
  entries: Entry<ScenarioEvent>[],
): Promise<void> {
  await insertRows(
    transaction,
    'ml.scenario_runs',
    {
      district: 'text',
      run_id: 'text',
      kind: 'text',
      status: 'text',
      input_hash: 'text',
      data_hash: 'text',
      code_version: 'text',
      names: 'jsonb',
      request: 'jsonb',
      clock_time: 'timestamptz',
      requested_at: 'timestamptz',
      requested_sequence: 'bigint',
      requested_event_id: 'text',
    },
    entries.filter(isRequest).map(({ sequence, event }) => ({
      district,
      run_id: event.data.runId,
      kind: event.data.kind,
      status: 'requested',
      input_hash: event.data.inputHash,
      data_hash: event.data.dataHash,
      code_version: event.data.codeVersion,
      names: JSON.stringify(event.data.names),
      request: JSON.stringify(event.data.request),
      clock_time: event.data.clockTime,
      requested_at: knownAt(event),
      requested_sequence: sequence,
      requested_event_id: messageId(event),
    })),
    {
      expressions: { names: 'ARRAY(SELECT jsonb_array_elements_text(new.names))' },
      onConflict: 'ON CONFLICT DO NOTHING',
    },
  );
  const ends = new Map<string, Entry<EndEvent>>();
  for (const entry of entries.filter(isEnd))
    if (!ends.has(entry.event.data.runId)) ends.set(entry.event.data.runId, entry);
  if (ends.size === 0) return;
  const rows = [...ends.values()].map(({ sequence, event }) => {
    const completed = event.type === 'scenario-completed' ? event.data : undefined;
    const failed = event.type === 'scenario-failed' ? event.data : undefined;
    return {
      run_id: event.data.runId,
      status: event.type.slice('scenario-'.length),
      input_hash: completed?.inputHash ?? null,
      data_hash: completed?.dataHash ?? null,
      seconds: completed?.seconds ?? null,
      result: completed ? JSON.stringify(completed.comparison ?? completed.plan) : null,
      failure: failed ? JSON.stringify({ reason: failed.reason, detail: failed.detail, note: failed.note }) : null,
      ended_at: knownAt(event),
      ended_sequence: sequence,
      ended_event_id: messageId(event),
    };
  });
  const columns = {
    run_id: 'text',
    status: 'text',
    input_hash: 'text',
    data_hash: 'text',
    seconds: 'float8',
    result: 'jsonb',
    failure: 'jsonb',
    ended_at: 'timestamptz',
    ended_sequence: 'bigint',
    ended_event_id: 'text',
  };
  const names = Object.keys(columns) as (keyof typeof columns)[];
  await transaction.query(
    `UPDATE ml.scenario_runs AS run SET status = ended.status, input_hash = coalesce(ended.input_hash, run.input_hash),
       data_hash = coalesce(ended.data_hash, run.data_hash), seconds = ended.seconds, result = ended.result, failure = ended.failure,
       ended_at = ended.ended_at, ended_sequence = ended.ended_sequence, ended_event_id = ended.ended_event_id
     FROM unnest(${names.map((name, i) => `$${i + 2}::${columns[name]}[]`).join(', ')}) AS ended(${names.join(', ')})
     WHERE run.district = $1 AND run.run_id = ended.run_id AND run.status = 'requested'`,
    [district, ...names.map((name) => arrayLiteral(rows.map((row) => row[name])))],
  );
}

export const forgetScenarios = (transaction: Transaction, district: string) =>
  transaction.query('DELETE FROM ml.scenario_runs WHERE district = $1', [district]);
