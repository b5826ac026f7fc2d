import { describe, expect, test } from 'vitest';
import { workingDays } from '../../clocks/working-days.ts';
import { kinds } from '../register/register.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import { dueOf, nextSteps } from './legal-clock.ts';
import type { Violation } from './state.ts';
import { type Step, transitions } from './transitions.ts';

const breach = '2022-03-01T02:00:00Z';
const report = (data: Record<string, unknown> = {}, recordedtime = '2022-03-04T02:00:00Z', before?: Violation) =>
  evolve(
    before,
    {
      type: 'violation-reported',
      recordedtime,
      data: { violationId: 'a', kind: 'without-permit', occurredAt: breach, ...data },
    } as unknown as ViolationEvent,
    () => undefined,
  ).violation;
const take = (violation: Violation, step: Step, occurredAt: string, data: Record<string, unknown> = {}) =>
  evolve(
    violation,
    {
      type: transitions[step].type,
      recordedtime: occurredAt,
      data: { violationId: 'a', occurredAt, ...data },
    } as unknown as ViolationEvent,
    () => undefined,
  ).violation;

describe('the first clock runs from when the centre was told', () => {
  test('not from the breach, and the first time counts', () => {
    const told = report();
    expect(told).toMatchObject({ statusSince: breach, receivedAt: '2022-03-04T02:00:00Z' });
    expect(told.due).toMatchObject({ rule: 'report-48h', from: '2022-03-04T02:00:00Z', hours: 48 });
    const again = report({}, '2022-03-09T02:00:00Z', told);
    expect(again.due).toMatchObject({ from: '2022-03-04T02:00:00Z' });
    // What was known earlier and came later.
    expect(report({}, '2022-03-02T02:00:00Z', told).due).toMatchObject({ from: '2022-03-02T02:00:00Z' });
  });

  test('the law stays that of the breach', () => {
    const old = report({ occurredAt: '2021-12-30T02:00:00Z' });
    expect(take(old, 'verify', '2022-03-05T02:00:00Z').due).toBeNull();
    expect(take(report(), 'verify', '2022-03-05T02:00:00Z').due).toMatchObject({ rule: 'minutes-2d', workingDays: 2 });
  });
});

describe('the decision, from the minutes', () => {
  const due = (occurredAt: string, procedure?: string) => {
    const minuted = take(
      take(report({ occurredAt }), 'verify', '2022-03-05T02:00:00Z'),
      'minute',
      '2022-03-07T02:00:00Z',
      {
        works: 'finished',
        ...(procedure && { procedure }),
      },
    );
    return minuted.due;
  };
  const [before, from] = ['2021-12-31T23:59:59+07:00', '2022-01-01T00:00:00+07:00'];
  test.each([
    [before, undefined, { rule: 'decision-7d', days: 7 }],
    [before, 'passed-on', { rule: 'decision-7d', days: 7 }],
    [before, 'explanation', { rule: 'decision-30d', days: 30 }],
    [before, 'complex', { rule: 'decision-30d', days: 30 }],
    [from, undefined, { rule: 'decision-7wd', workingDays: 7 }],
    [from, 'ordinary', { rule: 'decision-7wd', workingDays: 7 }],
    [from, 'passed-on', { rule: 'decision-10wd', workingDays: 10 }],
    [from, 'explanation', { rule: 'decision-1m', months: 1 }],
    [from, 'complex', { rule: 'decision-2m', months: 2 }],
  ])('a breach of %s, %s', (occurredAt, procedure, expected) => {
    expect(due(occurredAt, procedure)).toEqual({
      step: 'decide',
      from: '2022-03-07T02:00:00Z',
      hours: null,
      days: null,
      workingDays: null,
      months: null,
      on: null,
      ...expected,
    });
  });

  test('also after the works were stopped', () => {
    const minuted = take(take(report(), 'verify', '2022-03-05T02:00:00Z'), 'minute', '2022-03-07T02:00:00Z');
    expect(take(minuted, 'suspend', '2022-03-08T02:00:00Z').due).toMatchObject({
      rule: 'decision-7wd',
      from: '2022-03-07T02:00:00Z',
    });
  });
});

describe('the state of the works, as it was found', () => {
  const minuted = (data: Record<string, unknown>, reported: Record<string, unknown> = {}) =>
    take(take(report(reported), 'verify', '2022-03-05T02:00:00Z'), 'minute', '2022-03-07T02:00:00Z', data);

  test('a finished house is decided without a suspension; where works go on, they are stopped first', () => {
    expect(nextSteps(minuted({ works: 'finished' }))).toEqual(['decide', 'suspend', 'dismiss', 'merge', 'expire']);
    expect(nextSteps(minuted({ works: 'in-progress' }))).toEqual(['suspend', 'dismiss', 'merge', 'expire']);
    expect(nextSteps(minuted({ works: 'in-progress' }, { kind: 'sanitation' }))[0]).toBe('suspend');
    // Said by the report or the check, kept by the minutes; the newest word counts.
    expect(nextSteps(minuted({}, { works: 'finished' }))[0]).toBe('decide');
    expect(nextSteps(minuted({ works: 'in-progress' }, { works: 'finished' }))[0]).toBe('suspend');
  });

  const remedy = (occurredAt: string, data: Record<string, unknown>, kind = 'without-permit') => {
    const decided = take(minuted(data, { occurredAt, kind }), 'decide', '2022-03-10T02:00:00Z');
    return { rule: decided.due?.rule, from: decided.due?.from };
  };
  const [minutes, decision] = ['2022-03-07T02:00:00Z', '2022-03-10T02:00:00Z'];
  const [before, since] = ['2022-01-27T23:59:59+07:00', '2022-01-28T00:00:00+07:00'];
  test.each([
    [before, { works: 'in-progress' }, 'without-permit', 'remedy-139-60d', minutes],
    [before, { works: 'finished' }, 'without-permit', 'execution-10d', decision],
    [since, { works: 'in-progress' }, 'without-permit', 'remedy-16-30d', minutes],
    [since, { works: 'in-progress', building: 'house' }, 'against-permit', 'remedy-16-30d', minutes],
    [since, { works: 'in-progress', building: 'project' }, 'against-permit', 'remedy-16-90d', minutes],
    [since, { works: 'finished', building: 'project' }, 'without-permit', 'execution-10d', decision],
    [since, { works: 'in-progress' }, 'canal-filling', 'execution-10d', decision],
    [since, { works: 'in-progress' }, 'unsafe-site', 'execution-10d', decision],
    [since, { works: 'in-progress' }, 'encroachment', 'execution-10d', decision],
    [since, { works: 'in-progress' }, 'against-planning', 'execution-10d', decision],
  ])('a breach of %s with %j (%s): %s', (occurredAt, data, kind, rule, from) => {
    expect(remedy(occurredAt, data, kind)).toEqual({ rule, from });
  });

  test('a day that the decision names comes before any term', () => {
    const decided = take(minuted({ works: 'finished' }), 'decide', decision, { remedyDueDate: '2022-05-01' });
    expect(decided.due).toMatchObject({ rule: 'decision', on: '2022-05-01' });
    expect(dueOf({ ...decided, status: 'closed' }, null)).toBeNull();
  });

  test('after the minutes it can still turn out to be no breach', () => {
    expect(take(minuted({}), 'dismiss', decision)).toMatchObject({ status: 'dismissed', irregular: [], due: null });
  });
});

test('the register says of every kind and every day where it is known from', () => {
  for (const { decrees } of kinds)
    for (const { decree, article } of decrees) expect(article).toBe(decree.startsWith('139') ? '15' : '16');
  for (const { from, to, source, verified } of workingDays.closed) {
    expect(from <= to).toBe(true);
    expect(verified).toBe(source !== 'general knowledge');
  }
  for (const { day } of workingDays.worked) expect([0, 6]).toContain(new Date(`${day}T00:00:00Z`).getUTCDay());
});
