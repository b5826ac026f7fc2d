import { expect, test } from 'vitest';
import { device, type Says } from './testing/device.ts';
import { challengeOf, NotVerified, verifyAssertion, verifyRegistration } from './webauthn.ts';

const origin = 'https://centre.example';
const expected = { origin, relyingParty: 'centre.example' };

test.each(['-7', '-8', '-257'] as const)('a passkey of algorithm %s is registered, and signs', (algorithm) => {
  const one = device(origin, algorithm);
  const known = verifyRegistration(one.register('challenge-1'), expected);
  expect(known).toMatchObject({ algorithm: Number(algorithm), signCount: 0 });
  expect(challengeOf(one.answer('challenge-2').response.clientDataJSON)).toBe('challenge-2');
  expect(verifyAssertion(one.answer('challenge-2', { count: 5 }), expected, known)).toBe(5);
});

const wrong: [string, Says][] = [
  ['of the other kind of question', { type: 'payment.get' }],
  ['of another origin', { origin: 'https://evil.example' }],
  ['of another port', { origin: `${origin}:8443` }],
  ['from a frame of another page', { crossOrigin: true }],
  ['for another name', { relyingParty: 'evil.example' }],
  ['without anybody there', { flags: 0x44 }],
  ['without a check of who is there', { flags: 0x41 }],
];
test.each(wrong)('an answer %s is not taken', (_, says) => {
  const one = device(origin);
  const known = verifyRegistration(one.register('challenge-1'), expected);
  expect(() => verifyRegistration(device(origin).register('challenge-1', says), expected)).toThrow(NotVerified);
  expect(() => verifyAssertion(one.answer('challenge-2', says), expected, known)).toThrow(NotVerified);
});

test('a key, an id or a signature that belongs to something else is not taken', () => {
  const one = device(origin);
  const other = device(origin);
  const made = one.register('challenge-1');
  const { publicKey } = other.register('challenge-1').response;
  const known = verifyRegistration(made, expected);
  for (const changed of [
    { ...made, id: other.id },
    { ...made, response: { ...made.response, publicKey } },
    { ...made, response: { ...made.response, publicKeyAlgorithm: -257 } },
    { ...made, response: { ...made.response, publicKeyAlgorithm: -65535 } },
    { ...made, response: { ...made.response, publicKey: 'AAAA' } },
    { ...made, response: { ...made.response, authenticatorData: 'AAAA' } },
    { ...made, response: { ...made.response, clientDataJSON: 'AAAA' } },
  ])
    expect(() => verifyRegistration(changed, expected)).toThrow(NotVerified);
  expect(() => verifyRegistration(one.register('challenge-1', { flags: 0x05 }), expected)).toThrow(NotVerified);
  const answer = one.answer('challenge-2');
  const { signature } = one.answer('challenge-3').response;
  expect(() => verifyAssertion({ ...answer, response: { ...answer.response, signature } }, expected, known)).toThrow(
    NotVerified,
  );
  expect(() => verifyAssertion(other.answer('challenge-2', { count: 9 }), expected, known)).toThrow(NotVerified);
});

test('a device’s count rises, or is always nothing: one that does not rise is that of a copy', () => {
  const one = device(origin);
  const known = verifyRegistration(one.register('challenge-1', { count: 3 }), expected);
  expect(known.signCount).toBe(3);
  expect(() => verifyAssertion(one.answer('c', { count: 3 }), expected, known)).toThrow(NotVerified);
  expect(() => verifyAssertion(one.answer('c', { count: 0 }), expected, known)).toThrow(NotVerified);
  expect(verifyAssertion(one.answer('c', { count: 4 }), expected, known)).toBe(4);
  expect(verifyAssertion(one.answer('c', { count: 0 }), expected, { ...known, signCount: 0 })).toBe(0);
});
