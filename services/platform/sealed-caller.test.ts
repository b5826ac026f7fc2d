import { describe, expect, test } from 'vitest';
import { openCaller, sealCaller } from './sealed-caller.ts';

const secret = 'a secret of thirty-two characters!';
const request = { method: 'POST', address: '/api/events?dryRun=true', requestId: 'r1' };
const now = Date.parse('2026-11-30T05:00:00Z');
const sealed = sealCaller(secret, '{"known":true}', request, now);

test('what was sealed is opened for half a minute', () => {
  expect(openCaller(secret, sealed, request, now + 30_000)).toBe('{"known":true}');
  expect(() => openCaller(secret, sealed, request, now + 30_001)).toThrow('front door');
  expect(openCaller(secret, undefined, request, now)).toBeUndefined();
});

describe('a seal is refused', () => {
  const [expires, text, mac] = sealed.split('.') as [string, string, string];
  const other = Buffer.from('{"known":false}').toString('base64url');
  test.each([
    ['of another secret', sealCaller('another secret of 32 characters!!', '{"known":true}', request, now), request],
    ['of another method', sealed, { ...request, method: 'GET' }],
    ['of another address', sealed, { ...request, address: '/api/events' }],
    ['of another request', sealed, { ...request, requestId: 'r2' }],
    ['with another text', `${expires}.${other}.${mac}`, request],
    ['that is prolonged', `${Number(expires) + 60_000}.${text}.${mac}`, request],
    ['without a mac', `${expires}.${text}.`, request],
    ['that is none', 'nonsense', request],
    ['that is empty', '', request],
  ])('%s', (_, header, asked) => {
    expect(() => openCaller(secret, header, asked, now)).toThrow('front door');
  });
});
