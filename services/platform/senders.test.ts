import { describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';
import { recogniseSender, sendersOfEnvironment } from './senders.ts';

const secret = 'a-secret-of-43-letters-'.padEnd(43, 'x');
const other = secret.replace(/x$/, 'y');
const recognise = recogniseSender({ one: secret, two: other });

describe('a sender', () => {
  test('is the programme whose secret the header bears, in any case of the scheme', () => {
    expect(recognise(`Bearer ${secret}`)).toBe('one');
    expect(recognise(`bearer   ${other}`)).toBe('two');
  });

  test('is nobody without a token, and with a scheme that is not ours', () => {
    expect(recognise(undefined)).toBeUndefined();
    expect(recognise('Basic dXNlcjpwYXNz')).toBeUndefined();
    expect(recognise('Bearers of news')).toBeUndefined();
  });

  test.each(['Bearer', 'Bearer ', `Bearer ${secret.slice(0, -1)}`, `Bearer ${secret} ${other}`, 'Bearer one'])(
    'that shows a wrong token is refused: %s',
    (header) => {
      expect(() => recognise(header)).toThrow(
        expect.objectContaining({ status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } }),
      );
    },
  );

  test('is refused with any token where nobody is known', () => {
    expect(() => recogniseSender({})(`Bearer ${secret}`)).toThrow(expect.objectContaining({ status: 401 }));
  });
});

test('secrets come as JSON; what is no secret is said at the start', () => {
  expect(sendersOfEnvironment.parse(undefined)).toEqual({});
  expect(sendersOfEnvironment.parse(JSON.stringify({ one: secret }))).toEqual({ one: secret });
  expect(sendersOfEnvironment.safeParse('{"one":"short"}').success).toBe(false);
  expect(sendersOfEnvironment.safeParse('one=two').error?.issues[0]?.message).toBe('a JSON object: programme → secret');
  const read = () => readConfig({ VX_SENDERS: sendersOfEnvironment }, { VX_SENDERS: '{"one":"not-long-enough"}' });
  expect(read).toThrow('VX_SENDERS.one=(not shown)');
  expect(read).not.toThrow('not-long-enough');
});
