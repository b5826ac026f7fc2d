import { describe, expect, test } from 'vitest';
import { caseStatus } from '#contracts/events/epidemic/case-confirmed.ts';
import { Problem } from '#platform/problem.ts';
import { birthOrder, changeOrder } from '../../district/statement-order.ts';
import { decideCase, nextStatuses } from './decide.ts';
import { type CaseEvent, evolveCase } from './evolve.ts';

const known = (status = 'active') =>
  evolveCase(
    undefined,
    {
      id: '1',
      source: 's',
      type: 'case-confirmed',
      time: 't',
      recordedtime: 'r',
      data: { caseId: 'c', confirmedDate: '2021-08-09', status },
    } as CaseEvent,
    1,
  );
const problemOf = (run: () => void) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.toJSON();
    throw error;
  }
  return undefined;
};

describe('a confirmation', () => {
  const confirm = (data: Record<string, string> = {}, current?: ReturnType<typeof known>) =>
    problemOf(() => decideCase(current, 'case-confirmed', { caseId: 'c', confirmedDate: '2021-08-09', ...data }));

  test('of a new case, with specimen and onset on the day of the confirmation at the latest', () => {
    expect(confirm()).toBeUndefined();
    expect(confirm({ specimenDate: '2021-08-09', onsetDate: '2021-08-09' })).toBeUndefined();
  });

  test.each(['specimenDate', 'onsetDate'])('%s is not after it', (field) => {
    expect(confirm({ [field]: '2021-08-10' })).toEqual({
      type: 'about:blank',
      title: 'The request does not fit',
      status: 422,
      errors: [{ field: `json.${field}`, value: '2021-08-10', reason: 'not after confirmedDate 2021-08-09' }],
    });
  });

  test('of a known case is another case, or a correction', () => {
    expect(confirm({}, known())).toEqual({
      type: 'about:blank',
      title: 'The case is known already',
      status: 409,
      detail: 'Case c was confirmed on 2021-08-09. Correct it, or report under another caseId.',
      current: known(),
    });
  });
});

test.each(['case-status-changed', 'case-corrected'] as const)('%s of a case that was never confirmed', (type) => {
  expect(problemOf(() => decideCase(undefined, type, { caseId: 'c', status: 'active' }))).toEqual({
    type: 'about:blank',
    title: 'No such case',
    status: 404,
    errors: [{ field: 'param.caseId', value: 'c', reason: 'a case that was confirmed' }],
  });
});

test('a correction is always allowed', () => {
  expect(problemOf(() => decideCase(known('deceased'), 'case-corrected', { caseId: 'c' }))).toBeUndefined();
});

describe('a change of status', () => {
  const change = (from: string, to: (typeof caseStatus.options)[number]) =>
    problemOf(() => decideCase(known(from), 'case-status-changed', { caseId: 'c', status: to }));

  // Written out once more: who recovered may turn out to be still ill, a death is not undone by a step, and care is not left for "active" from intensive care.
  test.each([
    ['active', 'home-care hospitalised intensive-care recovered deceased not-a-case'],
    ['home-care', 'active hospitalised intensive-care recovered deceased not-a-case'],
    ['hospitalised', 'active home-care intensive-care recovered deceased not-a-case'],
    ['intensive-care', 'hospitalised home-care recovered deceased not-a-case'],
    ['recovered', 'active not-a-case'],
    ['deceased', 'not-a-case'],
    ['not-a-case', 'active'],
  ] as const)('from %s: %s', (from, allowed) => {
    expect(caseStatus.options.filter((to) => !change(from, to)).toSorted()).toEqual(allowed.split(' ').toSorted());
    expect(nextStatuses[from]).toEqual(allowed.split(' '));
  });

  test('that is not allowed names those that are', () => {
    expect(change('recovered', 'deceased')).toMatchObject({
      status: 409,
      detail: expect.stringContaining('deceased'),
      errors: [{ field: 'json.status', value: 'deceased', reason: 'one of active, not-a-case' }],
      current: known('recovered'),
      currentStatus: 'recovered',
      lawfulSteps: ['active', 'not-a-case'],
    });
  });
});

describe('a status that began before the one that is known', () => {
  const stated = { source: 's', id: '1', time: '2021-08-09T05:00:00Z', recordedtime: '2021-08-09T05:00:00Z' };
  const change = (order: string, since = '2021-08-08T05:00:00Z') => {
    const said = { status: { order, value: { status: 'active', since: '2021-08-09T05:00:00Z' } } };
    return problemOf(() =>
      decideCase({ ...known(), said } as ReturnType<typeof known>, 'case-status-changed', {
        caseId: 'c',
        status: 'hospitalised',
        since,
      }),
    );
  };

  test('of a step is refused: it would change nothing', () => {
    expect(change(changeOrder({ event: stated, sequence: 2 }))).toMatchObject({
      status: 422,
      errors: [{ field: 'json.since' }],
    });
  });

  test('of the same moment follows it', () => {
    expect(change(changeOrder({ event: stated, sequence: 2 }), '2021-08-09T05:00:00.000Z')).toBeUndefined();
  });

  test('of the confirmation alone is lawful: people were in hospital before they were confirmed', () => {
    expect(change(birthOrder(stated))).toBeUndefined();
  });
});
