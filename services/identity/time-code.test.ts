import { expect, test } from 'vitest';
import { addressOfSecret, codeOfStep, stepAt, stepOfCode } from './time-code.ts';

// RFC 6238, appendix B, SHA-1: the last six of its eight digits.
test.each([
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
  [20000000000, '353130'],
])('at second %i the code is %s', async (second, code) => {
  expect(await codeOfStep('12345678901234567890', stepAt(second * 1000))).toBe(code);
});

test('a code is good half a minute before and after its own, and no code twice', async () => {
  const secret = '12345678901234567890';
  const code = await codeOfStep(secret, 100);
  const at = (step: number) => step * 30_000;
  const of = (now: number, lastStep = 0) => stepOfCode(secret, code, { lastStep, now });
  expect(await of(at(98) + 29_999)).toBeUndefined();
  expect(await of(at(99))).toBe(100);
  expect(await of(at(101) + 29_999)).toBe(100);
  expect(await of(at(102))).toBeUndefined();
  expect(await of(at(100), 100)).toBeUndefined();
  expect(await of(at(100), 99)).toBe(100);
  expect(await stepOfCode(secret, '000000', { lastStep: 0, now: at(100) })).toBeUndefined();
});

test('an application reads name, account and secret', () => {
  const address = new URL(addressOfSecret('12345678901234567890', 'lan@q7.vn'));
  expect(address.href).toMatch(/^otpauth:\/\/totp\/V%C3%B9ng%20Xanh:lan%40q7\.vn\?/);
  expect(address.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
});
