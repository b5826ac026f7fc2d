// One on each side of bounds that a file meets rarely.
import { describe, expect, test } from 'vitest';
import { parseInstant } from './dates.ts';
import { LongIdEvidence } from './identifiers.ts';
import { NumberFormatEvidence } from './number-format.ts';
import { suppressedCount } from './suppressed.ts';

const zone = 'Asia/Ho_Chi_Minh';
const hourOf = (text: string) =>
  new Date(Date.parse(parseInstant(`20/08/2021 ${text}`, zone, 'dmy')) + 7 * 3_600_000).toISOString().slice(11, 16);

test('đêm is after midnight until five, before midnight from six on', () => {
  expect(['1 giờ đêm', '4 giờ đêm', '5 giờ đêm', '6 giờ đêm', '11 giờ đêm', '12 giờ đêm'].map(hourOf)).toEqual([
    '01:00',
    '04:00',
    '05:00',
    '18:00',
    '23:00',
    '00:00',
  ]);
});

describe('a fraction in a column of counts', () => {
  const decide = (text: string) => {
    const evidence = new NumberFormatEvidence('count');
    evidence.observe(text, 2);
    return evidence.decide();
  };
  test('below 1000 it may be a thousand that a spreadsheet has cut: it is asked; from 1000 on it is a fraction', () => {
    expect(decide('384,5')).toHaveProperty('problem');
    expect(decide('999,5')).toHaveProperty('problem');
    expect(decide('1.000,5')).toEqual({ format: 'vi' });
  });
});

test('a range is held back when it goes up; "5-5" is no mask', () => {
  expect([suppressedCount('4-5'), suppressedCount('5-5'), suppressedCount('5-4')]).toEqual([
    '4-5',
    undefined,
    undefined,
  ]);
});

test('one long id that ends in zeros may be so by itself, two and no other are not', () => {
  const destroyed = (...ids: string[]) => {
    const evidence = new LongIdEvidence();
    for (const id of ids) evidence.observe(id);
    return evidence.destroyed();
  };
  expect([
    destroyed('1234567890123450'),
    destroyed('1234567890123450', '9876543210987650'),
    destroyed('1234567890123450', '9876543210987650', '9876543210987651'),
  ]).toEqual([false, true, false]);
});
