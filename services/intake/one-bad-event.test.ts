import { describe, expect, test } from 'vitest';
import '../services.ts';
import type { JournalMessage } from '#contracts/new-event.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { createIntake } from './app.ts';
import { shapeOf } from './body-shape.ts';

const journal: JournalMessage[] = [];
const app = createIntake({
  appender: {
    appendAll: async (messages) =>
      messages.map((message) => ({ ok: true, sequence: journal.push(message as JournalMessage), duplicate: false })),
  },
  rules: (district) => (district === 'q7' ? { clock: 'live', exercise: false } : undefined),
  now: () => new Date('2026-11-30T02:00:00Z'),
  log: silentLog,
  metrics: createMetrics('one-bad-event'),
  ready: async () => {},
});

const event = (id: string, more: object = {}, data: object = {}) => ({
  specversion: '1.0',
  id,
  source: '/lab',
  type: 'case-confirmed',
  time: '2026-11-25T02:00:00Z',
  district: 'q7',
  ...more,
  data: { caseId: id, confirmedDate: '2026-11-25', ...data },
});
const good = (id: string) => JSON.stringify(event(id));
const bad: Record<string, [body: string, field: string]> = {
  'an id with line breaks': [JSON.stringify(event('a', { id: 'a\r\nNats-Msg-Id: b' })), 'id'],
  'a source with NUL': [JSON.stringify(event('a', { source: '/l\u0000' })), 'source'],
  'an attribute with a control character': [JSON.stringify(event('a', { traceparent: '\u001b[31m' })), 'traceparent'],
  'an attribute that is an object': [JSON.stringify(event('a', { extra: { deep: [1] } })), 'extra'],
  'half of a surrogate pair': [JSON.stringify(event('a', {}, { reporter: '\ud800' })), 'data.reporter'],
  'more than a megabyte': [JSON.stringify(event('a', {}, { more: 'x'.repeat(1_100_000) })), '(whole)'],
  'many megabytes': [JSON.stringify(event('a', {}, { more: 'x'.repeat(9_000_000) })), '(whole)'],
  'data 5,000 levels deep': [
    good('a').replace('"caseId"', `"deep":${'['.repeat(5000)}${']'.repeat(5000)},"caseId"`),
    'data',
  ],
  'data 200,000 levels deep': [
    good('a').replace('"caseId"', `"deep":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)},"caseId"`),
    'data',
  ],
  'data 40 levels deep': [good('a').replace('"caseId"', `"deep":${'['.repeat(40)}${']'.repeat(40)},"caseId"`), 'data'],
  'deep data in Base64': [
    JSON.stringify({
      ...event('a'),
      data: undefined,
      data_base64: Buffer.from(`{"deep":${'['.repeat(5000)}${']'.repeat(5000)}}`).toString('base64'),
    }),
    'data',
  ],
  'no event': ['7', '(whole)'],
  'a long wrong value': [JSON.stringify(event('a', {}, { sex: 'y'.repeat(100_000) })), 'data.sex'],
};

const post = async (body: string, type = 'application/cloudevents-batch+json') => {
  const answer = await app.request('/api/events', { method: 'POST', headers: { 'content-type': type }, body });
  const text = await answer.text();
  return { status: answer.status, length: text.length, ...JSON.parse(text) };
};

describe.each(Object.entries(bad))('%s', (_, [body, field]) => {
  test('is refused by its place, and the others are taken', async () => {
    journal.length = 0;
    const answer = await post(`[${good('g1')}, ${good('"]}[')} , ${body},${good('g2')}]`);
    expect([answer.status, answer.accepted]).toEqual([207, 2]);
    const own = answer.rejected.filter(({ index }: { index: number }) => index === 2);
    expect(own.map((fault: { field: string }) => fault.field)).toEqual([field]);
    expect(own[0].reason).toMatch(/\S/);
    expect(answer.length).toBeLessThan(3000);
    expect(journal.map(({ payload }) => JSON.parse(payload).id)).toEqual(['g1', 'g2']);
  });

  test('is refused alone', async () => {
    const answer = await post(body, 'application/cloudevents+json');
    expect([answer.status, answer.rejected[0]]).toMatchObject([422, { index: 0, field }]);
  });
});

test('what is nested without an end is no JSON, and is not built before that is said', async () => {
  for (const body of ['['.repeat(3_000_000), `[${'{"a":['.repeat(500_000)}`])
    expect((await post(body)).status).toBe(400);
});

test('too many events are counted before they are read', async () => {
  expect(await post(`[${new Array(2_000_000).fill(1).join(',')}]`)).toMatchObject({
    status: 413,
    errors: [{ field: 'body', value: 2_000_000 }],
  });
  expect((await post(`[${new Array(5001).fill(good('a')).join(',')}]`)).status).toBe(413);
});

test('brackets, commas and quotes in texts are text', () => {
  const text = JSON.stringify([{ a: '[[{"\\' }, { 'b,],\\"': '\\\\' }, 1, ' , ']);
  expect(shapeOf(text, 2)).toEqual({ text, unread: new Map(), count: 4 });
});
