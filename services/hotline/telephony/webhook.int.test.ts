import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openHotline } from '../testing/hotline.ts';
import { signatureOf } from './signature.ts';

/** The carrier's messages are judged by the same clock as the district's. */
const begin = '2021-10-01T00:00:00.000Z';
const secret = 'a secret of twenty-four characters or more';
const commands: { command: string; callId: string; attempt?: number; to?: string }[] = [];
const carrier = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  const signed = {
    id: String(request.headers['webhook-id']),
    timestamp: String(request.headers['webhook-timestamp']),
    body,
  };
  const believed = request.headers['webhook-signature'] === signatureOf(signed, secret);
  if (believed) commands.push(JSON.parse(body));
  response.writeHead(believed ? 204 : 403).end();
});
let line: Awaited<ReturnType<typeof openHotline>>;
let seconds = 0;
const turnTo = (to: number) => {
  seconds = to;
  line.turnTo(to);
};

/** As a carrier says it. */
async function tell(id: string, event: object, change: { body?: string; timestamp?: string; signature?: string } = {}) {
  const timestamp = change.timestamp ?? String(Date.parse(begin) / 1000 + Math.floor(seconds));
  const body = JSON.stringify({
    district: line.district,
    event: { eventId: id, callId: 'from-outside', at: begin, ...event },
  });
  const response = await line.request('/api/hotline/carrier', {
    method: 'POST',
    body: change.body ?? body,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': change.signature ?? signatureOf({ id, timestamp, body }, secret),
    },
  });
  return [response.status, response.status === 200 ? ((await response.json()) as { done: boolean }).done : null];
}
const call = () =>
  line.get<{ status: string; carrier: string; attempts: { targetId: string; outcome: string; carrierSays: string }[] }>(
    'calls/from-outside',
  );
const told = (command: string) =>
  commands.filter((one) => one.command === command).map(({ attempt, to }) => [attempt, to]);

beforeAll(async () => {
  await new Promise<void>((done) => carrier.listen(0, '127.0.0.1', done));
  line = await openHotline(begin, {
    exercise: false,
    carrier: {
      url: `http://127.0.0.1:${(carrier.address() as AddressInfo).port}/commands`,
      ...{ secret, from: '73004999' },
      numbers: { 'q7-hospital-quan-7': '0001111111', 'district-leader': '0002222222' },
    },
  });
  await line.facility('q7-hospital-quan-7', 'hospital', [106.701, 10.701]);
});
afterAll(async () => {
  await line.stop();
  carrier.close();
});

test('a carrier’s call rings the telephones of the chain by signed commands; what it tells is in the ledger once, and what is not signed, old or said again moves nothing', async () => {
  const incoming = { kind: 'incoming', from: '0009999999', to: '73004999' };
  expect(await tell('m0', incoming, { signature: 'v1,AAAA' })).toEqual([403, null]);
  expect(await tell('m0', incoming, { timestamp: String(Date.parse(begin) / 1000 - 121) })).toEqual([403, null]);
  expect(await tell('m0', incoming, { body: '{}' })).not.toEqual([200, true]);
  expect(await tell('m1', incoming)).toEqual([200, true]);
  expect(await tell('m1', incoming)).toEqual([200, false]);
  await expect.poll(() => told('originate'), { timeout: 60_000 }).toEqual([[1, '0001111111']]);
  expect(await call()).toMatchObject({ status: 'ringing', carrier: 'webhook' });

  turnTo(10);
  expect(await tell('m2', { kind: 'ringing', attempt: 1 })).toEqual([200, false]);
  const busy = { kind: 'ended', attempt: 1, cause: 'busy', carrierSays: '486 Busy Here' };
  expect(await tell('m3', busy)).toEqual([200, true]);
  expect(await tell('m3', busy)).toEqual([200, false]);
  await expect
    .poll(() => told('originate'), { timeout: 60_000 })
    .toEqual([
      [1, '0001111111'],
      [2, '0002222222'],
    ]);

  // A death, and all is told again: the carrier does each once by its number.
  await line.kill();
  await line.start();
  expect(await tell('m4', { kind: 'answered', attempt: 2, carrierSays: '200 OK' })).toEqual([200, true]);
  await expect.poll(() => told('bridge'), { timeout: 60_000 }).toEqual([[2, undefined]]);
  turnTo(40);
  expect(await tell('m5', { kind: 'ended', attempt: 2, cause: 'over' })).toEqual([200, true]);
  const ended = await call();
  expect([
    ended.status,
    ended.attempts.map(({ targetId, outcome, carrierSays }) => [targetId, outcome, carrierSays]),
  ]).toEqual([
    'ended',
    [
      ['q7-hospital-quan-7', 'busy', '486 Busy Here'],
      ['district-leader', 'answered', '200 OK'],
    ],
  ]);
  const { caller } = { caller: await line.get<{ callerNumber: string }>('calls/from-outside/caller') };
  expect(caller.callerNumber).toBe('0009999999');
});
