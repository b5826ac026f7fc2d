import { expect, test } from 'vitest';
import { assertNotBefore } from './problems.ts';

const refusal = 'The step is before the one it follows';
const step = (local: string, since: string) => () =>
  assertNotBefore(`2026-11-${local}+07:00`, { status: 'reported', since, timeZone: 'Asia/Ho_Chi_Minh' });

test.each([
  ['noon in the district', '2026-11-30T05:00:00Z'],
  ['midnight in UTC', '2026-11-30T00:00:00Z'],
])('a report of which the day alone is known, said as %s, may be verified at any hour of that day', (_, since) => {
  expect(step('30T07:30:00', since)).not.toThrow();
  expect(step('30T00:00:00', since)).not.toThrow();
  expect(step('29T23:59:59', since)).toThrow(refusal);
});

test('an instant is an instant', () => {
  expect(step('30T12:00:01', '2026-11-30T05:00:01Z')).not.toThrow();
  expect(step('30T12:00:00', '2026-11-30T05:00:01Z')).toThrow(refusal);
});
