import { expect, test } from 'vitest';
import { assess } from '../assess/assess.ts';
import { factsOf } from '../testing/facts.ts';
import { adjusted, type PolicyAdjustment, policyById } from './in-force.ts';
import type { MatrixPolicy } from './policy.ts';

const decided: PolicyAdjustment = {
  policyId: 'qd-4800',
  from: '2021-11-10',
  until: '2021-11-20',
  cuts: { cases: [null, 60, null] },
  shares: { 'adults-one-dose': 0.8 },
  noticeHours: { lower: 24 },
  signedBy: 'Ban Chỉ đạo',
  document: 'QĐ 1/QĐ-UBND',
  reason: 'high density',
};

test('an adjustment holds from its first day to its last, and is signed', () => {
  const on = (day: string) => adjusted(policyById('qd-4800'), [decided], day) as MatrixPolicy;
  const levels = ['2021-11-09', '2021-11-10', '2021-11-20', '2021-11-21'].map(
    (day) => assess(on(day), factsOf({ cases: 55, day })).level.low,
  );
  expect(levels).toEqual([2, 1, 1, 2]);
  const [first, second] = on('2021-11-15').transmission[0]!.cuts;
  expect(first).toEqual((policyById('qd-4800') as MatrixPolicy).transmission[0]!.cuts[0]);
  expect(second).toEqual({ at: 60, reached: 'at-least', source: 'QĐ 1/QĐ-UBND, Ban Chỉ đạo', verified: true });
  expect(on('2021-11-15').groups[0]!.shares[0]!.share).toBe(0.8);
  expect(on('2021-11-15').noticeHours).toMatchObject({ raise: 48, lower: 24 });
});

test('of two the later one holds; of another policy none does', () => {
  const both = [decided, { ...decided, cuts: { cases: [null, 70, null] as const } }];
  const cut = (adjustments: PolicyAdjustment[]) =>
    (adjusted(policyById('qd-4800'), adjustments, '2021-11-15') as MatrixPolicy).transmission[0]!.cuts[1].at;
  expect(cut(both)).toBe(70);
  expect(cut([{ ...decided, policyId: 'qd-218' }])).toBe(50);
});

test('a number that no page gives can come with an adjustment', () => {
  const brought = {
    ...decided,
    policyId: 'qd-218' as const,
    from: '2022-01-27',
    until: null,
    cuts: { deaths: [2, null, 9] as const },
    shares: {},
  };
  const policy = adjusted(policyById('qd-218'), [brought], '2022-02-14');
  expect(assess(policy, factsOf({ deaths: { known: 7, high: 7 } })).level).toEqual({ low: 2, high: 2 });
});
