import { expect, test } from 'vitest';
import { type Retention, retentionAt, retentionClasses, retentionPolicy, toldRetention } from './retention.ts';

const source = { vi: 'thử', en: 'a test' };
const rule = (periodDays: number | null, from: string | null, until: string | null): Retention => ({
  ...{ class: 'caller-identity', periodDays, from, until, source, verified: false },
});

test('a period holds from its first instant to the one before its end', () => {
  const policy = [rule(null, null, '2027-01-01T00:00:00Z'), rule(30, '2027-01-01T00:00:00Z', '2028-01-01T00:00:00Z')];
  const daysAt = (at: string) => retentionAt('caller-identity', at, policy)?.periodDays;
  expect(['2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00Z', '2027-12-31T23:59:59.999Z'].map(daysAt)).toEqual([
    null,
    30,
    30,
  ]);
  // Nothing was decided for then, nor for others.
  expect(daysAt('2028-01-01T00:00:00Z')).toBeUndefined();
  expect(retentionAt('case-identity', '2027-06-01T00:00:00Z', policy)).toBeUndefined();
  expect(toldRetention('2027-06-01T00:00:00Z', policy).map(({ class: of, periodDays }) => [of, periodDays])).toEqual([
    ['case-identity', null],
    ['vaccinated-identity', null],
    ['reporter-identity', null],
    ['caller-identity', 30],
    ['audit-ledger', null],
  ]);
});

test('every class has a rule that holds today, and no period is promised that nobody carries out', () => {
  for (const [of, { by }] of Object.entries(retentionClasses)) {
    const own = retentionPolicy.filter((one) => one.class === of);
    expect(own, of).not.toEqual([]);
    for (const { periodDays } of own)
      if (by === null) expect(periodDays, of).toBeNull();
      else if (periodDays !== null) expect(Number.isInteger(periodDays) && periodDays > 0, of).toBe(true);
  }
});

test('a period that is set has a source of its own', () => {
  const undecided = retentionPolicy.filter(({ periodDays }) => periodDays === null);
  const decided = retentionPolicy.filter(({ periodDays }) => periodDays !== null);
  for (const { source: of } of decided) expect(undecided.map(({ source: { en } }) => en)).not.toContain(of.en);
});
