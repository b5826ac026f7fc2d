import { expect, test } from 'vitest';
import type { Due } from '../violation/state.ts';
import { prematureStep } from './terms-of-end.ts';

const timeZone = 'Asia/Ho_Chi_Minh';
const due = (over: Partial<Due>): Due => ({
  ...{ step: 'remedy', rule: 'execution-10d', from: '2023-05-02T09:00:00+07:00' },
  ...{ hours: null, days: null, workingDays: null, months: null, on: null },
  ...over,
});
const violation = (of: Due | null, told: string | null = null) => ({
  due: of,
  receivedAt: told,
  occurredAt: '2023-04-01T08:00:00+07:00',
});

// Ten days from 2 May 2023, a Tuesday: the last is Friday the 12th, which ends at midnight.
test.each([
  ['ten days', due({ days: 10 }), '2023-05-12T23:59:59+07:00', '2023-05-13T00:00:00+07:00'],
  [
    'a day that the decision names',
    due({ rule: 'decision', on: '2023-06-30' }),
    '2023-06-30T23:59:59+07:00',
    '2023-07-01T00:00:00+07:00',
  ],
])('a decision is enforced when its term has passed, and not before: %s', (_what, of, early, lawful) => {
  const refused = prematureStep('enforce', violation(of), early, timeZone);
  expect(refused?.vi).toContain('Điều 86');
  expect(refused?.en).toContain(`from ${new Date(lawful).toISOString()}`);
  expect(prematureStep('enforce', violation(of), lawful, timeZone)).toBeUndefined();
});

test('where the term is not known nobody is held up', () => {
  expect(prematureStep('enforce', violation(null), '2023-05-03T00:00:00Z', timeZone)).toBeUndefined();
});

// A year from when the centre was told, to the end of that day; 7 April 2024 is a Sunday, so that it is Monday.
test('no file is out of limitation within a year', () => {
  const told = violation(due({ days: 10 }), '2023-04-07T10:00:00+07:00');
  expect(prematureStep('expire', told, '2024-04-08T23:59:59+07:00', timeZone)?.en).toContain('Article 6');
  expect(prematureStep('expire', told, '2024-04-09T00:00:00+07:00', timeZone)).toBeUndefined();
  expect(prematureStep('expire', violation(null), '2024-04-01T23:59:59+07:00', timeZone)).toBeDefined();
  expect(prematureStep('expire', violation(null), '2024-04-02T00:00:00+07:00', timeZone)).toBeUndefined();
});

test('other steps have no such term', () => {
  for (const step of ['verify', 'remedy', 'cancel', 'close'] as const)
    expect(prematureStep(step, violation(due({ days: 10 })), '2023-05-02T10:00:00+07:00', timeZone)).toBeUndefined();
});
