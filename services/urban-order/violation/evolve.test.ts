import { describe, expect, test } from 'vitest';
import type { ViolationEvent } from './events.ts';
import { evolve, mergeProblem } from './evolve.ts';
import type { Violation } from './state.ts';
import { isOpen, openStatuses, type Step, steps, transitions, violationStatuses } from './transitions.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const hear = (
  before: Violation | undefined,
  type: string,
  data: Record<string, unknown>,
  others: Record<string, Violation> = {},
) =>
  evolve(
    before,
    { type, data: { violationId: 'a', occurredAt: at(0), ...data } } as unknown as ViolationEvent,
    (id) => others[id],
  );
const report = (data: Record<string, unknown> = {}, before?: Violation) =>
  hear(before, 'violation-reported', { kind: 'other', ...data });
const step = (
  before: Violation | undefined,
  name: Step,
  minute: number,
  data: Record<string, unknown> = {},
  others = {},
) => hear(before, transitions[name].type, { occurredAt: at(minute), ...data }, others);

describe('a report', () => {
  test('with the least', () => {
    expect(report()).toEqual({
      violation: {
        violationId: 'a',
        reported: true,
        kind: 'other',
        sourceKind: null,
        status: 'reported',
        statusSince: at(0),
        occurredAt: at(0),
        location: null,
        statedAreaId: null,
        address: null,
        description: null,
        reporter: null,
        reference: null,
        works: null,
        building: null,
        partyKind: null,
        minutedAt: null,
        procedure: null,
        minutesNumber: null,
        decisionNumber: null,
        authority: null,
        fineVnd: null,
        mergedInto: null,
        irregular: [],
        due: {
          step: 'verify',
          rule: 'report-48h',
          from: at(0),
          hours: 48,
          days: null,
          workingDays: null,
          months: null,
          on: null,
        },
      },
      irregular: null,
    });
  });

  test('with everything', () => {
    const data = {
      kind: 'sanitation',
      sourceKind: 's',
      location: { lon: 106.7, lat: 10.7 },
      areaId: 'W1',
      address: 'ad',
      description: 'de',
      reporter: 're',
      reference: 'rf',
    };
    const { areaId, ...same } = data;
    expect(report(data).violation).toMatchObject({ ...same, statedAreaId: areaId });
  });

  test('said again corrects what it says, and the steps taken stay', () => {
    const verified = step(report({ reporter: 'r' }).violation, 'verify', 30).violation;
    const again = report({ occurredAt: at(5), kind: 'sanitation' }, verified).violation;
    expect(again).toMatchObject({
      kind: 'sanitation',
      occurredAt: at(5),
      reporter: 'r',
      status: 'verified',
      statusSince: at(30),
    });
    // Before any step the status begins with the breach.
    expect(report({ occurredAt: at(5) }, report().violation).violation.statusSince).toBe(at(5));
  });
});

describe('steps in their order', () => {
  test('move the status, and fill in what they know', () => {
    let { violation } = step(report().violation, 'verify', 1);
    expect(violation).toMatchObject({ status: 'verified', statusSince: at(1), irregular: [] });
    violation = step(violation, 'minute', 2, { minutesNumber: '12/BB' }).violation;
    violation = step(violation, 'suspend', 3).violation;
    violation = step(violation, 'decide', 4, { decisionNumber: '9/QĐ', authority: 'ward', fineVnd: 0 }).violation;
    expect(violation).toMatchObject({
      status: 'decided',
      minutesNumber: '12/BB',
      decisionNumber: '9/QĐ',
      authority: 'ward',
      fineVnd: 0,
      mergedInto: null,
    });
  });

  test('said again without their numbers leave those that are known', () => {
    const minuted = {
      ...report().violation,
      status: 'verified' as const,
      minutesNumber: '1',
      decisionNumber: '2',
      authority: 'city' as const,
      fineVnd: 3,
    };
    expect(step(minuted, 'minute', 5).violation.minutesNumber).toBe('1');
    const decided = step({ ...minuted, status: 'suspended' }, 'decide', 5).violation;
    expect(decided).toMatchObject({ decisionNumber: '2', authority: 'city', fineVnd: 3 });
    // Only a decision brings the numbers of a decision, and only minutes theirs.
    const verified = step({ ...minuted, status: 'reported' }, 'verify', 5, {
      minutesNumber: 'x',
      decisionNumber: 'x',
      authority: 'ward',
      fineVnd: 9,
    }).violation;
    expect(verified).toMatchObject({ minutesNumber: '1', decisionNumber: '2', authority: 'city', fineVnd: 3 });
    expect(step(minuted, 'minute', 5, { decisionNumber: 'x' }).violation.decisionNumber).toBe('2');
  });
});

describe('steps out of their order', () => {
  test('ahead: the status moves on, and the reason is kept', () => {
    const { violation, irregular } = step(report().violation, 'decide', 9);
    expect(irregular).toBe('decided after reported; lawful: verified, dismissed, merged');
    expect(violation).toMatchObject({ status: 'decided', statusSince: at(9), irregular: [irregular] });
  });

  test('behind: the status stays, and what the step knows is filled in', () => {
    const decided = step(report().violation, 'decide', 9).violation;
    const { violation, irregular } = step(decided, 'minute', 10, { minutesNumber: '7' });
    expect(irregular).toBe('minuted after decided; lawful: remedied, enforcing, cancelled, merged');
    expect(violation).toMatchObject({ status: 'decided', statusSince: at(9), minutesNumber: '7' });
    expect(violation.irregular).toHaveLength(2);
  });

  test('the same step again is behind itself', () => {
    const verified = step(report().violation, 'verify', 1).violation;
    expect(step(verified, 'verify', 2).violation).toMatchObject({ status: 'verified', statusSince: at(1) });
  });

  test('after the end: the end stays', () => {
    const closed = { ...report().violation, status: 'closed' as const };
    const { violation, irregular } = step(closed, 'decide', 9);
    expect(irregular).toBe('decided after closed; lawful: nothing');
    expect(violation.status).toBe('closed');
    const dismissed = { ...report().violation, status: 'dismissed' as const };
    expect(step(dismissed, 'merge', 9, { intoViolationId: 'b' }, { b: report().violation }).violation).toMatchObject({
      status: 'dismissed',
      mergedInto: null,
    });
  });

  test('before any report: kept, and said', () => {
    const { violation, irregular } = step(undefined, 'verify', 3);
    expect(irregular).toBe('verified before any report');
    expect(violation).toMatchObject({
      violationId: 'a',
      reported: false,
      status: 'verified',
      statusSince: at(3),
      occurredAt: at(3),
      kind: 'other',
      irregular: ['verified before any report'],
    });
    // The next lawful step after it is in order.
    expect(step(violation, 'minute', 4).irregular).toBeNull();
  });
});

describe('merges', () => {
  const other = (violationId: string, mergedInto: string | null = null): Violation => ({
    ...report().violation,
    violationId,
    mergedInto,
  });

  test('into another that stands, also through others', () => {
    const others = { b: other('b', 'c'), c: other('c', 'd'), d: other('d') };
    expect(mergeProblem('a', 'b', (id) => others[id as keyof typeof others])).toBeNull();
    const { violation, irregular } = step(report().violation, 'merge', 5, { intoViolationId: 'b' }, others);
    expect(irregular).toBeNull();
    expect(violation).toMatchObject({ status: 'merged', statusSince: at(5), mergedInto: 'b', due: null });
  });

  test('that lead nowhere are not made, whatever the status', () => {
    const circle = { b: other('b', 'c'), c: other('c', 'a') };
    const find = (id: string) => circle[id as keyof typeof circle];
    expect(mergeProblem('a', 'a', find)).toBe('merged into itself');
    expect(mergeProblem('a', 'b', find)).toBe('merged into b, which leads back to it');
    expect(mergeProblem('a', 'x', find)).toBe('merged into x, which is not known');
    expect(mergeProblem('a', 'b', (id) => (id === 'b' ? other('b', 'x') : undefined))).toBe(
      'merged into x, which is not known',
    );
    // A circle of others ends nowhere either.
    const round: Record<string, Violation> = { b: other('b', 'c'), c: other('c', 'b') };
    expect(mergeProblem('a', 'b', (id) => round[id])).toBe('merged into b, which leads back to it');
    const { violation, irregular } = step(report().violation, 'merge', 5, { intoViolationId: 'b' }, circle);
    expect(irregular).toBe('merged into b, which leads back to it');
    expect(violation).toMatchObject({ status: 'reported', mergedInto: null });
  });

  test('before any report are made where the other stands, and said', () => {
    const { violation, irregular } = step(undefined, 'merge', 5, { intoViolationId: 'b' }, { b: other('b') });
    expect(irregular).toBe('merged before any report');
    expect(violation).toMatchObject({ status: 'merged', mergedInto: 'b' });
  });
});

test('statuses that are open are those of which somebody has something to do, and steps are named as they are', () => {
  expect(openStatuses).toEqual(['reported', 'verified', 'minuted', 'suspended', 'decided', 'enforcing', 'remedied']);
  expect(violationStatuses.filter((status) => !isOpen(status))).toEqual([
    'closed',
    'cancelled',
    'expired',
    'dismissed',
    'merged',
  ]);
  expect(steps).toEqual([
    ...['verify', 'dismiss', 'minute', 'suspend', 'decide', 'enforce', 'remedy', 'close', 'cancel', 'expire', 'merge'],
  ]);
  expect(steps.map((name) => transitions[name])).toEqual(
    [
      ...['verified', 'dismissed', 'minuted', 'suspended', 'decided', 'enforcing', 'remedied', 'closed'],
      ...['cancelled', 'expired', 'merged'],
    ].map((to, index) => ({
      step: steps[index],
      to,
      type: `violation-${to}`,
    })),
  );
});
