import { catalogue } from '@vungxanh/services/contracts/catalogue.ts';
import { pointCategories, pointStatuses } from '@vungxanh/services/contracts/points.ts';
import { expect, test } from 'vitest';
import { en } from './en.ts';
import { formatAge, formatDay, formatInstant, formatShare, formatValue } from './format.ts';
import { vi } from './vi.ts';

const paths = (node: unknown, path = ''): string[] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => paths(value, `${path}.${key}`))
    : [path];
const texts = (node: unknown): string[] =>
  typeof node === 'string'
    ? [node]
    : typeof node === 'function'
      ? [String(node('1', '2'))]
      : Object.values(node as object).flatMap(texts);

// The compiler checks the fixed keys; the open tables (units, values, events …) it cannot.
test('both languages say exactly the same things', () => {
  expect(paths(en)).toEqual(paths(vi));
});

test('every status, category and kind of event of the contracts has words', () => {
  for (const lists of [pointCategories, pointStatuses])
    for (const values of Object.values(lists)) for (const value of values) expect(vi.values[value], value).toBeTruthy();
  const told = Object.values(catalogue).filter(
    ({ type, heardBy }) => (heardBy as string[]).includes('live') && type !== 'district-registered',
  );
  for (const { type } of told) expect(vi.ticker.events[type], type).toBeTruthy();
});

test('Vietnamese is composed (NFC): labels in pieces cannot be drawn', () => {
  for (const text of texts(vi)) expect(text).toBe(text.normalize('NFC'));
});

test('numbers and days are said as each language says them, on the clock of the place', () => {
  expect(formatValue(1234.5, 'cases', 'vi')).toBe('1.235');
  expect(formatValue(47.55, 'per 100,000 in 7 days', 'vi')).toBe('47,6');
  expect(formatValue(0.625, 'share', 'en')).toBe('62.5%');
  expect(formatDay('2021-08-24', 'vi', 'long')).toBe('24/08/2021');
  expect(formatInstant(Date.parse('2021-08-24T18:30:00Z'), 'vi', 'Asia/Ho_Chi_Minh')).toBe('01:30 25/08/2021');
  expect(formatAge(3 * 60_000 + 1, 'vi')).toBe('3 phút');
  expect(formatAge(25 * 3_600_000, 'en')).toBe('25 hours');
  expect(formatAge(49 * 3_600_000, 'en')).toBe('2 days');
});

test('a chance that is not certain is never written as certain', () => {
  expect([0, 0.004, 0.5, 0.996, 1].map((share) => formatShare(share, 'en'))).toEqual([
    '0%',
    '< 1%',
    '50%',
    '> 99%',
    '100%',
  ]);
});
