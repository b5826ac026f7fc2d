import { z } from '@hono/zod-openapi';
import type { AnyEvent } from '#contracts/catalogue.ts';
import { defineEvent } from '#contracts/define-event.ts';
import { newEventOf } from '#contracts/new-event.ts';
import { identifier, instant } from '#contracts/primitives.ts';
import type { Message } from '#platform/append.ts';
import { type Broker, openBroker } from '#platform/broker.ts';
import type { Database } from '#platform/database.ts';
import type { Projection } from '#platform/projection.ts';
import { insertRows } from '#platform/rows.ts';
import type { Due } from '../due.ts';
import type { DueOwner } from '../follow-due.ts';
import type { DueDeclaration } from '../with-due-times.ts';

/** An errand as tests know it: begun, reminded of so many times every so many seconds, or ended. */
export interface Errand {
  begunAt: string;
  everySeconds: number;
  times: number;
  reminded: number;
  ended: boolean;
}

const event = (type: string, schema: z.ZodObject) =>
  defineEvent<Record<string, unknown>>({
    type,
    service: 'errands',
    noun: 'errand',
    dataClass: 'public',
    action: 'errand.tell',
    schema: schema.extend({ errandId: identifier, occurredAt: instant }),
    key: (data) => String(data.errandId),
    publishedBy: ['errands'],
    consumedBy: ['errands'],
    words: { vi: 'Việc vặt', en: 'Errand' },
  });
export const errandEvents = {
  begun: event('errand-begun', z.object({ everySeconds: z.number(), times: z.number() })),
  reminded: event('errand-reminded', z.object({})),
  ended: event('errand-ended', z.object({})),
} satisfies Record<string, AnyEvent>;

/** A message of an errand, as its owner would put it into the journal. */
export const errandMessage = (
  district: string,
  kind: keyof typeof errandEvents,
  data: { errandId: string; occurredAt: string } & Record<string, unknown>,
): Message =>
  newEventOf(errandEvents[kind], {
    district,
    source: 'test',
    id: `${data.errandId}-${kind}`,
    time: data.occurredAt,
    recordedTime: data.occurredAt,
    data,
  }).message;

/** Tables of errands, and geography's view of districts without any. */
export async function makeErrandTables(database: Database): Promise<void> {
  await database.query(`CREATE SCHEMA errands; CREATE SCHEMA geography;
    CREATE TABLE geography.published_districts (district text, time_zone text);
    CREATE TABLE errands.errands (district text, errand_id text, state jsonb, PRIMARY KEY (district, errand_id));
    CREATE TABLE errands.errand_heads (district text, errand_id text, sequence bigint, PRIMARY KEY (district, errand_id));
    CREATE TABLE errands.due_times (district text NOT NULL, entity_id text NOT NULL, rule text NOT NULL, sequence bigint NOT NULL, due_at timestamptz NOT NULL,
      type text NOT NULL, data jsonb NOT NULL, PRIMARY KEY (district, entity_id, rule, sequence));
    CREATE INDEX due_times_in_order ON errands.due_times (district, due_at);
    CREATE TABLE errands.positions (projection text, stream text, district text, stream_created text, disposable boolean,
      sequence bigint, stored_at text, updated_at timestamptz, PRIMARY KEY (projection, stream))`);
}

interface Told {
  type: string;
  data: { errandId: string; occurredAt: string; everySeconds: number; times: number };
}

const evolve = (errand: Errand | undefined, { type, data }: Told): Errand | undefined => {
  if (type === 'errand-begun')
    return { begunAt: data.occurredAt, everySeconds: data.everySeconds, times: data.times, reminded: 0, ended: false };
  if (!errand) return undefined;
  return type === 'errand-reminded' ? { ...errand, reminded: errand.reminded + 1 } : { ...errand, ended: true };
};

/** What is due of an errand: the next reminder. */
export const duesOfErrand = ({ begunAt, everySeconds, times, reminded, ended }: Errand, errandId: string): Due[] =>
  ended || reminded >= times
    ? []
    : [
        {
          rule: 'reminded',
          sequence: reminded + 1,
          dueAt: new Date(Date.parse(begunAt) + (reminded + 1) * everySeconds * 1000).toISOString(),
          type: 'errand-reminded',
          data: { errandId },
        },
      ];

/** Rows of errands. */
export const errandProjection: Projection<Told> = {
  name: 'errands',
  schema: 'errands',
  filter: (district) => `vx.${district}.errands.errand.>`,
  apply: async (transaction, district, entries) => {
    const { rows } = await transaction.query<{ errand_id: string; state: Errand }>(
      'SELECT errand_id, state FROM errands.errands WHERE district = $1 AND errand_id = ANY($2)',
      [district, entries.map(({ event: { data } }) => data.errandId)],
    );
    const states = new Map(rows.map((row) => [row.errand_id, row.state]));
    const heads = new Map<string, number>();
    for (const { event: told, sequence } of entries) {
      const after = evolve(states.get(told.data.errandId), told);
      if (after) states.set(told.data.errandId, after);
      heads.set(told.data.errandId, sequence);
    }
    await insertRows(
      transaction,
      'errands.errands',
      { district: 'text', errand_id: 'text', state: 'text' },
      [...states].map(([errand_id, state]) => ({ district, errand_id, state: JSON.stringify(state) })),
      {
        expressions: { state: 'new.state::jsonb' },
        onConflict: 'ON CONFLICT (district, errand_id) DO UPDATE SET state = excluded.state',
      },
    );
    await insertRows(
      transaction,
      'errands.errand_heads',
      { district: 'text', errand_id: 'text', sequence: 'bigint' },
      [...heads].map(([errand_id, sequence]) => ({ district, errand_id, sequence })),
      { onConflict: 'ON CONFLICT (district, errand_id) DO UPDATE SET sequence = excluded.sequence' },
    );
    return [];
  },
  forget: async (transaction, district) => {
    await transaction.query('DELETE FROM errands.errands WHERE district = $1', [district]);
    await transaction.query('DELETE FROM errands.errand_heads WHERE district = $1', [district]);
  },
};

/** The owner of errands; its districts have the wall's clock. */
export const errandOwner = (now: () => Date): DueOwner & DueDeclaration<Errand & { errandId: string }> => ({
  service: 'errands',
  table: 'errands.due_times',
  heads: 'errands.errand_heads',
  key: 'errand_id',
  events: [errandEvents.reminded],
  momentNow: async () => ({ instant: now().toISOString(), clock: 'live', exercise: false }),
  duesOf: (errand) => duesOfErrand(errand, errand.errandId),
  readStates: async (transaction, district, ids) => {
    const { rows } = await transaction.query<{ errand_id: string; state: Errand }>(
      'SELECT errand_id, state FROM errands.errands WHERE district = $1 AND errand_id = ANY($2)',
      [district, ids],
    );
    return new Map(rows.map(({ errand_id, state }) => [errand_id, { ...state, errandId: errand_id }]));
  },
});

/** All that was told of errands, in the order of the journal, with when the broker stored it. */
export async function toldOfErrands(
  broker: Broker,
  stream: string,
): Promise<{ id: string; time: string; type: string; storedMs: number }[]> {
  const { state } = await broker.manager.streams.info(stream);
  const told = [];
  for (let seq = state.first_seq; seq <= state.last_seq; seq++) {
    const message = await broker.manager.streams.getMessage(stream, { seq });
    if (message)
      told.push({ ...message.json<{ id: string; time: string; type: string }>(), storedMs: message.time.getTime() });
  }
  return told;
}

export const brokerAt = (url: string) => openBroker(url, 'test');
