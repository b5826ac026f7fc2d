import { expect, test } from 'vitest';
import { signatureOf, whyNotBelieved } from './signature.ts';

const secret = 'a secret of twenty-four characters';
const at = 1_633_046_400;
const signed = { id: 'msg_1', timestamp: String(at), body: '{"a":1}' };
const signature = signatureOf(signed, secret);

test('what was signed is believed for two minutes before and after, by any of the signatures', () => {
  expect(whyNotBelieved(signed, signature, secret, at * 1000)).toBeUndefined();
  expect(whyNotBelieved(signed, `v1,AAAA ${signature}`, secret, at * 1000)).toBeUndefined();
  expect(whyNotBelieved(signed, signature, secret, (at + 120) * 1000)).toBeUndefined();
  expect(whyNotBelieved(signed, signature, secret, (at + 121) * 1000)).toBe('too-old');
  expect(whyNotBelieved(signed, signature, secret, (at - 121) * 1000)).toBe('too-old');
});

test.each([
  ['another body', { ...signed, body: '{"a":2}' }],
  ['another number', { ...signed, id: 'msg_2' }],
  ['another time', { ...signed, timestamp: String(at + 1) }],
])('%s is not', (_words, changed) => {
  expect(whyNotBelieved(changed, signature, secret, at * 1000)).toBe('signature');
});

test('nor is another secret, none, or a time that is no number', () => {
  expect(whyNotBelieved(signed, signature, 'another secret', at * 1000)).toBe('signature');
  expect(whyNotBelieved(signed, '', secret, at * 1000)).toBe('signature');
  const odd = { ...signed, timestamp: 'now' };
  expect(whyNotBelieved(odd, signatureOf(odd, secret), secret, at * 1000)).toBe('too-old');
});
