import { describe, expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { decideReport, decideStep } from './decide.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Violation } from './state.ts';
import type { Step } from './transitions.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const after = (instant: string, milliseconds: number) => new Date(Date.parse(instant) + milliseconds).toISOString();
const now = at(600);
const circumstances = { district: 'q7', exercise: true, now, eventId: 'x1' };
const reported = (violationId = 'a'): Violation =>
  evolve(
    undefined,
    { type: 'violation-reported', data: { violationId, kind: 'other', occurredAt: at(10) } } as ViolationEvent,
    () => undefined,
  ).violation;
const violations: Record<string, Violation> = {
  b: reported('b'),
  c: { ...reported('c'), status: 'merged', mergedInto: 'a' },
};
const versioned = (state: Violation) => ({ state, sequence: 7 });
const decide = (step: Step, violation: Violation | undefined, data: object = {}) =>
  decideStep(
    step,
    violation && versioned(violation),
    { violationId: 'a', occurredAt: at(20), ...data },
    circumstances,
    (id) => violations[id],
  );
const problemOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.toJSON();
    throw error;
  }
  return undefined;
};
const tooFar = (occurredAt: string) => ({
  type: 'about:blank',
  title: 'It has not happened yet',
  status: 422,
  errors: [{ field: 'occurredAt', value: occurredAt, reason: `not after ${now}` }],
});
const fiveMinutes = 5 * 60_000;

describe('a report', () => {
  const report = (occurredAt: string, current?: Violation) =>
    decideReport(
      current && versioned(current),
      { violationId: 'a', kind: 'sanitation', occurredAt, description: 'd' },
      circumstances,
    );

  test('becomes an event, at the time of the breach, known now', () => {
    expect(report(at(5))).toMatchObject({
      type: 'violation-reported',
      district: 'q7',
      source: 'urban-order',
      id: 'x1',
      time: at(5),
      recordedTime: now,
      exercise: true,
      data: { violationId: 'a', kind: 'sanitation', occurredAt: at(5), description: 'd' },
    });
  });

  test('of what is known already is refused', () => {
    expect(problemOf(() => report(at(5), reported()))).toEqual({
      type: 'about:blank',
      title: 'The violation is known already',
      status: 409,
      errors: [{ field: 'violationId', value: 'a', reason: 'an id that is not taken' }],
    });
  });

  test('is at most five minutes ahead of the clock', () => {
    expect(report(after(now, fiveMinutes)).time).toBe(after(now, fiveMinutes));
    const late = after(now, fiveMinutes + 1);
    expect(problemOf(() => report(late))).toEqual(tooFar(late));
  });
});

describe('a step', () => {
  test('becomes the event of its name', () => {
    expect(decide('verify', reported(), { officer: 'o' })).toMatchObject({
      type: 'violation-verified',
      district: 'q7',
      source: 'urban-order',
      id: 'x1',
      time: at(20),
      recordedTime: now,
      exercise: true,
      data: { violationId: 'a', occurredAt: at(20), officer: 'o' },
    });
  });

  test('of what is not known is refused', () => {
    expect(problemOf(() => decide('verify', undefined))).toEqual({
      type: 'about:blank',
      title: 'No such violation',
      status: 404,
      errors: [{ field: 'violationId', value: 'a', reason: 'an id that is known in this district' }],
    });
  });

  test('that is not lawful names those that are', () => {
    expect(problemOf(() => decide('close', reported()))).toEqual({
      type: 'about:blank',
      title: 'The step is not lawful now',
      status: 409,
      detail: 'close cannot follow reported; lawful: verify, dismiss, merge',
      errors: [{ field: 'step', value: 'close', reason: 'one of verify, dismiss, merge' }],
      currentStatus: 'reported',
      lawfulSteps: ['verify', 'dismiss', 'merge'],
    });
    expect(problemOf(() => decide('verify', { ...reported(), status: 'closed' }))).toMatchObject({
      detail: expect.stringMatching(/^verify cannot follow closed; lawful: nothing/),
      errors: [{ field: 'step', value: 'verify', reason: 'one of (none)' }],
      lawfulSteps: [],
    });
  });

  test('is not before the one that it follows: at the same moment it may be', () => {
    expect(decide('verify', reported(), { occurredAt: at(10) }).time).toBe(at(10));
    const early = after(at(10), -1);
    expect(problemOf(() => decide('verify', reported(), { occurredAt: early }))).toEqual({
      type: 'about:blank',
      title: 'The step is before the one it follows',
      status: 422,
      errors: [{ field: 'occurredAt', value: early, reason: `not before reported at ${at(10)}` }],
    });
  });

  test('is at most five minutes ahead of the clock', () => {
    expect(decide('verify', reported(), { occurredAt: after(now, fiveMinutes) }).type).toBe('violation-verified');
    const late = after(now, fiveMinutes + 1);
    expect(problemOf(() => decide('verify', reported(), { occurredAt: late }))).toEqual(tooFar(late));
  });
});

describe('a merge', () => {
  test('into another is an event like any other', () => {
    expect(decide('merge', reported(), { intoViolationId: 'b' })).toMatchObject({
      type: 'violation-merged',
      data: { intoViolationId: 'b' },
    });
  });

  test.each([
    ['a', 'merged into itself'],
    ['c', 'merged into c, which leads back to it'],
    ['nobody', 'merged into nobody, which is not known'],
  ])('into %s would lose the report: %s', (intoViolationId, reason) => {
    expect(problemOf(() => decide('merge', reported(), { intoViolationId }))).toEqual({
      type: 'about:blank',
      title: 'The merge would lose the report',
      status: 409,
      errors: [{ field: 'intoViolationId', value: intoViolationId, reason }],
      lawfulSteps: ['verify', 'dismiss', 'merge'],
    });
  });
});
