import { describe, expect, test } from 'vitest';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { dueOf, nextSteps } from './legal-clock.ts';
import type { Violation } from './state.ts';
import { type Step, transitions, type ViolationStatus } from './transitions.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const eventOf = (type: string, data: Record<string, unknown>) => ({ type, data }) as unknown as ViolationEvent;
const reported = (kind = 'without-permit', occurredAt = at(0)) =>
  evolve(undefined, eventOf('violation-reported', { violationId: 'a', kind, occurredAt }), () => undefined).violation;
const take = (violation: Violation, step: Step, minute: number, data: Record<string, unknown> = {}) =>
  evolve(
    violation,
    eventOf(transitions[step].type, { violationId: 'a', occurredAt: at(minute), ...data }),
    () => undefined,
  ).violation;

describe('the clock of each status', () => {
  test('a report waits for 48 hours, and each step has its own term', () => {
    let violation = reported();
    const clocks = [violation.due];
    for (const [index, step] of (['verify', 'minute', 'suspend', 'decide', 'remedy', 'close'] as const).entries()) {
      violation = take(violation, step, index + 1);
      clocks.push(violation.due);
    }
    const none = { hours: null, days: null, workingDays: null, months: null, on: null };
    expect(clocks).toEqual([
      { ...none, step: 'verify', rule: 'report-48h', from: at(0), hours: 48 },
      // Before 2022 no law said within how many days the minutes are drawn up.
      null,
      { ...none, step: 'suspend', rule: 'suspension-24h', from: at(2), hours: 24 },
      { ...none, step: 'decide', rule: 'decision-7d', from: at(2), days: 7 },
      { ...none, step: 'remedy', rule: 'remedy-139-60d', from: at(2), days: 60 },
      null,
      null,
    ]);
  });

  test('a decision that names a day sets the remedy’s, and no other step’s', () => {
    const suspended = take(take(take(reported(), 'verify', 1), 'minute', 2), 'suspend', 3);
    const decided = take(suspended, 'decide', 4, { remedyDueDate: '2021-12-01' });
    expect(decided.due).toEqual({
      step: 'remedy',
      rule: 'decision',
      from: at(4),
      hours: null,
      days: null,
      workingDays: null,
      months: null,
      on: '2021-12-01',
    });
    expect(dueOf({ ...decided, status: 'suspended' }, '2021-12-01')).toMatchObject({ rule: 'decision-7d', on: null });
  });

  test('the law of the breach counts, whenever the step is taken', () => {
    const decided = (occurredAt: string) => ({
      ...reported('without-permit', occurredAt),
      status: 'decided' as ViolationStatus,
      statusSince: at(9),
    });
    expect(dueOf(decided('2022-01-27T23:59:59+07:00'), null)).toMatchObject({
      rule: 'remedy-139-60d',
      days: 60,
      from: at(9),
    });
    expect(dueOf(decided('2022-01-28T00:00:00+07:00'), null)).toMatchObject({ rule: 'remedy-16-30d', days: 30 });
  });

  test('a later report that corrects the time of the breach keeps the day that the decision named', () => {
    const suspended = take(take(take(reported(), 'verify', 1), 'minute', 2), 'suspend', 3);
    const decided = take(suspended, 'decide', 4, { remedyDueDate: '2021-12-01' });
    const again = evolve(
      decided,
      eventOf('violation-reported', { violationId: 'a', kind: 'other', occurredAt: '2022-05-01T00:00:00Z' }),
      () => undefined,
    ).violation;
    expect(again).toMatchObject({
      status: 'decided',
      statusSince: at(4),
      kind: 'other',
      due: { rule: 'decision', on: '2021-12-01', from: at(4) },
    });
    const byLaw = evolve(
      take(suspended, 'decide', 4),
      eventOf('violation-reported', { violationId: 'a', kind: 'other', occurredAt: '2022-05-01T00:00:00Z' }),
      () => undefined,
    ).violation;
    expect(byLaw.due).toMatchObject({ rule: 'execution-10d', days: 10, on: null });
  });
});

test('after the minutes, works in progress are stopped first; where there are none, the decision is next', () => {
  expect(nextSteps({ kind: 'without-permit', status: 'minuted' })).toEqual(['suspend', 'dismiss', 'merge', 'expire']);
  expect(nextSteps({ kind: 'sanitation', status: 'minuted' })).toEqual([
    'decide',
    'suspend',
    'dismiss',
    'merge',
    'expire',
  ]);
  expect(nextSteps({ kind: 'sanitation', status: 'verified' })).toEqual(['minute', 'dismiss', 'merge', 'expire']);
});
