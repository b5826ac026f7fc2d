import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { deadlineOf } from '../register/register.ts';
import { decideStep } from './decide.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { nextSteps } from './legal-clock.ts';
import type { Violation } from './state.ts';
import { isOpen, type Step, steps, transitions, violationStatuses } from './transitions.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const eventOf = (type: string, data: Record<string, unknown>) => ({ type, data }) as unknown as ViolationEvent;
const reported = (kind = 'without-permit') =>
  evolve(undefined, eventOf('violation-reported', { violationId: 'a', kind, occurredAt: at(0) }), () => undefined)
    .violation;
const target = { ...reported(), violationId: 'b' };
const find = (id: string) => (id === 'b' ? target : undefined);
const take = (violation: Violation, step: Step, minute: number) =>
  evolve(
    violation,
    eventOf(transitions[step].type, { violationId: 'a', occurredAt: at(minute), intoViolationId: 'b' }),
    find,
  );
const decide = (violation: Violation | undefined, step: Step, minute: number) =>
  decideStep(
    step,
    violation && { state: violation, sequence: 1 },
    { violationId: 'a', occurredAt: at(minute), ...(step === 'merge' ? { intoViolationId: 'b' } : {}) } as never,
    { district: 'q7', exercise: false, now: at(10_000), eventId: 'x' },
    find,
  );

describe('lawful order', () => {
  test('report → verify → minutes → suspension → decision → remedied → closed', () => {
    let violation = reported();
    const walk = ['verify', 'minute', 'suspend', 'decide', 'remedy', 'close'] as const;
    const statuses = walk.map((step, index) => {
      expect(decide(violation, step, index + 1).type).toBe(transitions[step].type);
      violation = take(violation, step, index + 1).violation;
      return violation.status;
    });
    expect(statuses).toEqual(['verified', 'minuted', 'suspended', 'decided', 'remedied', 'closed']);
    expect(violation.irregular).toEqual([]);
    expect(violation.due).toBeNull();
  });

  // Oracle: the chain of domain.md row 31, written out step by step and not taken from the table.
  test.each([
    ['reported', ['verify', 'dismiss', 'merge']],
    ['verified', ['minute', 'dismiss', 'merge', 'expire']],
    ['minuted', ['suspend', 'dismiss', 'merge', 'expire']],
    ['suspended', ['decide', 'dismiss', 'merge', 'expire']],
    ['decided', ['remedy', 'enforce', 'cancel', 'merge']],
    ['enforcing', ['remedy', 'cancel', 'merge']],
    ['remedied', ['close', 'merge']],
    ['closed', []],
    ['cancelled', []],
    ['expired', []],
    ['dismissed', []],
    ['merged', []],
  ] as const)('from %s only %j; every other step is 409 and names them', (status, lawful) => {
    for (const step of steps) {
      // Told of two years ago: nothing comes before its time here, tests of that are below.
      const violation = { ...reported(), status, receivedAt: '2019-10-01T00:00:00Z' };
      if ((lawful as readonly Step[]).includes(step)) {
        expect(decide(violation, step, 5).type).toBe(transitions[step].type);
        continue;
      }
      try {
        decide(violation, step, 5);
        expect.unreachable(`${step} after ${status} was taken`);
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
        expect((error as Problem).status).toBe(409);
        expect((error as Problem).toJSON()).toMatchObject({ status: 409, currentStatus: status, lawfulSteps: lawful });
      }
    }
  });

  test('where no works can be stopped the minutes lead to the decision', () => {
    expect(nextSteps({ kind: 'sanitation', status: 'minuted' })[0]).toBe('decide');
    expect(nextSteps({ kind: 'canal-filling', status: 'minuted' })[0]).toBe('suspend');
  });

  test('a step before the one it follows, or in the future, is refused with its bound', () => {
    const verified = take(reported(), 'verify', 50).violation;
    expect(() => decide(verified, 'minute', 49)).toThrow(expect.objectContaining({ status: 422 }));
    expect(() => decide(verified, 'minute', 20_000)).toThrow(expect.objectContaining({ status: 422 }));
    expect(() => decide(undefined, 'verify', 1)).toThrow(expect.objectContaining({ status: 404 }));
  });
});

describe('events that came by another door', () => {
  test('in any order: nothing throws, the end stays the end, and what is irregular says so exactly when the step was not lawful', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('without-permit', 'sanitation'),
        fc.array(fc.constantFrom(...steps), { maxLength: 12 }),
        (kind, walk) => {
          let violation = reported(kind);
          for (const [index, step] of walk.entries()) {
            const before = violation;
            const wasLawful = nextSteps(before).includes(step);
            const after = take(before, step, index + 1);
            violation = after.violation;
            expect(after.irregular === null).toBe(wasLawful);
            expect(violation.irregular.length).toBe(before.irregular.length + (wasLawful ? 0 : 1));
            if (!isOpen(before.status)) expect(violation.status).toBe(before.status);
            else
              expect(violationStatuses.indexOf(violation.status)).toBeGreaterThanOrEqual(
                violationStatuses.indexOf(before.status),
              );
          }
        },
      ),
    );
  });

  test('a step before any report is kept, and the report fills in the rest', () => {
    const first = evolve(
      undefined,
      eventOf('violation-minuted', { violationId: 'a', occurredAt: at(3), minutesNumber: '12/BB' }),
      find,
    );
    expect(first.violation).toMatchObject({ status: 'minuted', reported: false, minutesNumber: '12/BB' });
    expect(first.irregular).toMatch(/before any report/);
    const then = evolve(
      first.violation,
      eventOf('violation-reported', { violationId: 'a', kind: 'canal-filling', occurredAt: at(1) }),
      find,
    );
    expect(then.violation).toMatchObject({
      status: 'minuted',
      reported: true,
      kind: 'canal-filling',
      minutesNumber: '12/BB',
    });
    expect(then.violation.irregular).toHaveLength(1);
  });

  test('a merge that would leave no row to count is not made', () => {
    const into = (id: string) =>
      evolve(
        reported(),
        eventOf('violation-merged', { violationId: 'a', occurredAt: at(2), intoViolationId: id }),
        (wanted) =>
          wanted === 'c' ? { ...target, violationId: 'c', status: 'merged', mergedInto: 'a' } : find(wanted),
      );
    for (const id of ['a', 'c', 'nobody']) {
      expect(into(id).violation.status).toBe('reported');
      expect(into(id).irregular).toMatch(/merged into/);
    }
    expect(into('b').violation).toMatchObject({ status: 'merged', mergedInto: 'b' });
  });
});

// Decision table on both sides of 2022-01-28, the day on which 16/2022/NĐ-CP replaced 139/2017/NĐ-CP (domain.md 3.1).
test.each([
  ['2021-11-04T09:00:00+07:00', 'remedy-139-60d', 60],
  ['2022-01-27T23:59:59+07:00', 'remedy-139-60d', 60],
  ['2022-01-28T00:00:00+07:00', 'remedy-16-30d', 30],
  ['2022-01-27T17:00:00Z', 'remedy-16-30d', 30],
  ['2023-05-01T00:00:00+07:00', 'remedy-16-30d', 30],
])('a breach of %s is remedied under %s', (occurredAt, rule, days) => {
  expect(deadlineOf('remedy', { kind: 'without-permit', occurredAt })).toMatchObject({
    id: rule,
    days,
    verified: false,
  });
});
