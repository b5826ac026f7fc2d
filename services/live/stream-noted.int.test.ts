import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Principal } from '#contracts/access/principal.ts';
import { callerOf } from '#contracts/access/product-permit.ts';
import { createApp } from '#platform/app.ts';
import { type AuditEntry, keepBooks } from '#platform/audit.ts';
import type { Broker } from '#platform/broker.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog, testBroker } from '#platform/testing/servers.ts';
import { Hubs } from './hubs.ts';
import { addStreamRoute } from './stream-api.ts';

let broker: Broker;
beforeAll(async () => {
  broker = await testBroker();
});
afterAll(() => broker.close());

const doctor: Principal = {
  actor: { authtype: 'user', authid: 'p1' },
  known: true,
  grants: [
    { role: 'epidemiologist', districts: ['q7'], areas: 'all' },
    { role: 'visitor', districts: ['q7-dien-tap'], areas: 'all' },
  ],
  purpose: 'care',
};

/** Asks for a stream of a product whose ledger does not answer: what is to be noted is refused, and nothing of it is written. */
async function listen(query: string, who = doctor) {
  const tried: AuditEntry[] = [];
  const app = createApp({
    name: 'live',
    log: silentLog,
    metrics: createMetrics('live'),
    access: { 'GET /api/stream': { action: 'stream.read', dataClass: 'aggregate' } },
    permit: () => callerOf(who, Date.now),
    audit: {
      books: keepBooks(
        async (lines) => {
          tried.push(...lines);
          throw new Error('away');
        },
        { log: silentLog },
      ),
      now: () => new Date(),
      personsIn: () => [],
      personParameter: 'caseId',
    },
  });
  addStreamRoute(app, new Hubs({ broker, log: silentLog, now: () => new Date() }), () => true);
  const answer = await app.request(`/api/stream?${query}`);
  const { code } = (await answer.json()) as { code?: string };
  return { code, tried };
}

test('who would hear of persons hears nothing when it cannot be noted', async () => {
  const { code, tried } = await listen('district=q7');
  expect(code).toBe('audit-unavailable');
  expect(tried).toMatchObject([
    { actor: 'user:p1', action: 'stream.read', dataClass: 'person', districts: ['q7'], areas: [], purpose: 'care' },
  ]);
  expect((await listen('district=q7&layers=cases&areaIds=a,b')).tried).toMatchObject([{ areas: ['a', 'b'] }]);
});

test('who hears of no person is not noted: other layers, no purpose, an exercise', async () => {
  // Without a connection there is nothing to stream to: what matters is that the ledger was not asked.
  for (const [query, who] of [
    ['district=q7&layers=violations', doctor],
    ['district=q7', { ...doctor, purpose: null }],
    ['district=q7-dien-tap', doctor],
  ] as const)
    expect((await listen(query, who)).tried).toEqual([]);
});
