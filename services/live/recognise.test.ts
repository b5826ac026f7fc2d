import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Principal } from '#contracts/access/principal.ts';
import { Problem } from '#platform/problem.ts';
import { type AskIdentity, askOver, recognise } from './recognise.ts';

const person: Principal = { actor: { authtype: 'user', authid: 'p1' }, known: true, grants: [] };
const start = Date.parse('2026-11-30T05:00:00Z');
const clock = (ask: AskIdentity) => {
  let now = start;
  return { ...recognise(ask, () => now), wait: (ms: number) => (now += ms) };
};

test('identity is asked once for five seconds, and once for two at the same moment', async () => {
  const ask = vi.fn<AskIdentity>(async () => person);
  const { known, wait } = clock(ask);
  await Promise.all([known({ cookie: 'a' }), known({ cookie: 'a' })]);
  wait(4999);
  expect(await known({ cookie: 'a' })).toEqual(person);
  expect(ask).toHaveBeenCalledTimes(1);
  wait(1);
  await known({ cookie: 'a' });
  expect(ask).toHaveBeenCalledTimes(2);
  await known({ cookie: 'b' });
  expect(ask).toHaveBeenCalledTimes(3);
});

test('after a change of rights everybody is asked for anew', async () => {
  const ask = vi.fn<AskIdentity>(async () => person);
  const { known, forget } = clock(ask);
  await known({ cookie: 'a' });
  forget();
  await known({ cookie: 'a' });
  expect(ask).toHaveBeenCalledTimes(2);
});

test('while identity does not answer, whoever was known is known for ten minutes, and a stranger is not', async () => {
  let away = false;
  const { known, wait } = clock(async () => {
    if (away) throw new Problem(503, 'away');
    return person;
  });
  await known({ authorization: 'Bearer t' });
  away = true;
  wait(599_000);
  expect(await known({ authorization: 'Bearer t' })).toEqual(person);
  await expect(known({ authorization: 'Bearer u' })).rejects.toThrow('away');
  wait(2000);
  await expect(known({ authorization: 'Bearer t' })).rejects.toThrow('away');
});

test('a token that is nobody’s is refused, though it was somebody’s before', async () => {
  let revoked = false;
  const { known, wait } = clock(async () => {
    if (revoked) throw new Problem(401, 'nobody’s');
    return person;
  });
  await known({ authorization: 'Bearer t' });
  revoked = true;
  wait(5000);
  await expect(known({ authorization: 'Bearer t' })).rejects.toThrow('nobody’s');
});

test('who shows nothing of ours is nobody, without a question', async () => {
  const ask = vi.fn<AskIdentity>(async () => person);
  const { known } = clock(ask);
  expect(await known({})).toBeNull();
  expect(await known({ authorization: 'Basic of-a-proxy' })).toBeNull();
  expect(ask).not.toHaveBeenCalled();
});

test.each([
  ['once', 1, person],
  ['twice', 2, undefined],
])('a connection that breaks %s as identity is asked', async (_what, breaks, expected) => {
  let asked = 0;
  const server = createServer((request, response) => {
    if (++asked <= breaks) return request.socket.destroy();
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ principal: person }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const ask = askOver(
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    'a secret of more than 32 characters, here',
  );
  if (expected) expect(await ask({ cookie: 'a' })).toEqual(expected);
  else await expect(ask({ cookie: 'a' })).rejects.toMatchObject({ status: 503 });
  expect(asked).toBe(2);
});
