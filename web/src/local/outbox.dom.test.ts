import { expect, test } from 'vitest';
import { HttpProblem } from '../api/http.ts';
import type { LocalStore } from './local-store.ts';
import { Outbox, type WaitingCommand } from './outbox.svelte.ts';

function memoryStore(): LocalStore<WaitingCommand> {
  const kept = new Map<string, WaitingCommand>();
  return {
    get: async (key) => kept.get(key),
    all: async () => [...kept.values()],
    put: async (key, value) => void kept.set(key, value),
    remove: async (key) => void kept.delete(key),
  };
}
const command = (key: string, at: string, thing?: WaitingCommand['thing']) => ({
  key,
  at,
  kind: 'violation',
  path: '/api/urban-order/violations',
  district: 'q7',
  json: { violationId: key },
  headers: {},
  thing,
});
function outboxOf(answers: Record<string, HttpProblem | undefined>, store = memoryStore(), who = 'officer') {
  const sent: string[] = [];
  const outbox = new Outbox(() => who, {
    store,
    alone: (does) => does(),
    send: async ({ key }) => {
      sent.push(key);
      if (answers[key]) throw answers[key];
    },
  });
  return { outbox, sent, store, answers };
}

test('what waits is sent in the order in which it was given, once', async () => {
  const { outbox, sent } = outboxOf({});
  await outbox.add(command('b', '2026-11-30T02:00:00Z'));
  await outbox.add(command('a', '2026-11-30T01:00:00Z'));
  await outbox.sendAll();
  await outbox.sendAll();
  expect([sent, outbox.items]).toEqual([['a', 'b'], []]);
});

test('without a network nothing is lost, and nothing behind it is tried; a reload finds it', async () => {
  const { outbox, sent, store, answers } = outboxOf({ a: new HttpProblem(0, 'no answer') });
  await outbox.add(command('a', '2026-11-30T01:00:00Z'));
  await outbox.add(command('b', '2026-11-30T02:00:00Z'));
  await outbox.sendAll();
  expect([sent, outbox.items.length]).toEqual([['a'], 2]);
  for (const status of [401, 503]) {
    answers.a = new HttpProblem(status, 'later');
    await outbox.sendAll();
    expect(outbox.items.every(({ refused }) => !refused)).toBe(true);
  }
  const again = outboxOf({}, store);
  again.outbox.start()();
  await expect.poll(() => again.sent).toEqual(['a', 'b']);
  expect(await store.all()).toEqual([]);
});

test('a refusal stays with its reason, and the others go on; it is tried again or dropped by hand', async () => {
  const thing = { noun: 'violation', id: 'v1' };
  const refusal = new HttpProblem(409, 'not lawful', { errors: [{ field: 'step', reason: 'one of verify' }] });
  const { outbox, sent, answers } = outboxOf({ step: refusal });
  await outbox.add(command('step', '2026-11-30T01:00:00Z', thing));
  await outbox.add(command('b', '2026-11-30T02:00:00Z'));
  await outbox.sendAll();
  await outbox.sendAll();
  expect(sent).toEqual(['step', 'b']);
  expect(outbox.of(thing)).toMatchObject([{ refused: { status: 409, message: 'not lawful' } }]);
  answers.step = undefined;
  await outbox.again('step');
  expect(outbox.items).toEqual([]);
});

test('a report whose answer was lost is there already: it is no refusal', async () => {
  const taken = new HttpProblem(409, 'known', { errors: [{ field: 'json.violationId', value: 'a', reason: 'taken' }] });
  const { outbox } = outboxOf({ a: taken });
  await outbox.add(command('a', '2026-11-30T01:00:00Z'));
  await outbox.sendAll();
  expect(outbox.items).toEqual([]);
});

test('what one gave is not sent in the name of another', async () => {
  const { outbox, store } = outboxOf({ a: new HttpProblem(0, 'no answer') });
  await outbox.add(command('a', '2026-11-30T01:00:00Z'));
  const other = outboxOf({}, store, 'somebody else');
  other.outbox.start()();
  await expect.poll(() => other.outbox.items.length).toBe(1);
  await other.outbox.sendAll();
  expect(other.sent).toEqual([]);
});
