import { describe, expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { decideRegistration, decideStatus, statusTransitions } from './decide.ts';
import { type BusinessEvent, evolve } from './evolve.ts';
import type { Business } from './state.ts';

const circumstances = { district: 'q7', exercise: true, now: '2021-11-04T00:00:00Z', eventId: 'x1' };
const registered = (data: Record<string, unknown> = {}): Business =>
  evolve(
    undefined,
    {
      type: 'business-registered',
      data: { businessId: 'b', name: 'Quán', registeredDate: '2021-03-01', ...data },
    } as unknown as BusinessEvent,
    1,
  );
const unregistered = (): Business =>
  evolve(
    undefined,
    {
      type: 'business-status-changed',
      data: { businessId: 'b', status: 'suspended', effectiveDate: '2021-05-01' },
    } as unknown as BusinessEvent,
    1,
  );
const versioned = (state: Business | undefined) => state && { state, sequence: 3 };
const problemOf = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    if (error instanceof Problem) return error.toJSON();
    throw error;
  }
  return undefined;
};

describe('a registration', () => {
  const data = {
    businessId: 'b',
    name: 'Quán',
    form: 'household',
    registeredDate: '2021-03-01',
    status: 'open',
  } as const;
  const decide = (current?: Business) => decideRegistration(versioned(current), data, circumstances);

  test('becomes an event, known and said now', () => {
    expect(decide()).toMatchObject({
      type: 'business-registered',
      district: 'q7',
      source: 'economy',
      id: 'x1',
      time: circumstances.now,
      recordedTime: circumstances.now,
      exercise: true,
      data,
    });
  });

  test('of a business of which only changes were heard is taken; of one that is registered it is not', () => {
    expect(decide(unregistered()).type).toBe('business-registered');
    expect(problemOf(() => decide(registered()))).toEqual({
      type: 'about:blank',
      title: 'The business is registered already',
      status: 409,
      errors: [{ field: 'businessId', value: 'b', reason: 'an id that is not taken' }],
    });
  });
});

describe('a change of status', () => {
  const decide = (
    current: Business | undefined,
    status: 'open' | 'restricted' | 'suspended' | 'closed',
    effectiveDate = '2021-06-01',
    more: object = {},
  ) => decideStatus(versioned(current), { businessId: 'b', status, effectiveDate, ...more }, circumstances);

  test('becomes an event, known and said now, whatever the day from which it holds', () => {
    expect(decide(registered(), 'closed')).toMatchObject({
      type: 'business-status-changed',
      district: 'q7',
      source: 'economy',
      id: 'x1',
      time: circumstances.now,
      recordedTime: circumstances.now,
      exercise: true,
      data: { businessId: 'b', status: 'closed', effectiveDate: '2021-06-01' },
    });
  });

  test('of a business that is not known is refused', () => {
    expect(problemOf(() => decide(undefined, 'closed'))).toEqual({
      type: 'about:blank',
      title: 'No such business',
      status: 404,
      errors: [{ field: 'businessId', value: 'b', reason: 'an id that is known in this district' }],
    });
  });

  test('holds from the day of the registration at the earliest', () => {
    expect(decide(registered(), 'closed', '2021-03-01').data.effectiveDate).toBe('2021-03-01');
    expect(problemOf(() => decide(registered(), 'closed', '2021-02-28'))).toEqual({
      type: 'about:blank',
      title: 'The change is before the registration',
      status: 422,
      errors: [{ field: 'effectiveDate', value: '2021-02-28', reason: 'not before 2021-03-01' }],
    });
    // Nobody knows since when it is there.
    expect(decide(unregistered(), 'closed', '1999-01-01').data.status).toBe('closed');
  });

  test('follows the status of its own day, not the newest', () => {
    const business = [
      ['suspended', '2021-05-01'],
      ['closed', '2021-07-01'],
    ].reduce(
      (before, [status, effectiveDate], index) =>
        evolve(
          before,
          {
            type: 'business-status-changed',
            data: { businessId: 'b', status, effectiveDate },
          } as unknown as BusinessEvent,
          index + 2,
        ),
      registered(),
    );
    expect(decide(business, 'suspended', '2021-04-30').type).toBe('business-status-changed');
    expect(problemOf(() => decide(business, 'suspended', '2021-05-01'))).toMatchObject({ currentStatus: 'suspended' });
    expect(problemOf(() => decide(business, 'suspended', '2021-07-01'))).toMatchObject({
      status: 409,
      detail: 'suspended cannot follow closed on 2021-07-01; lawful: open, restricted',
      errors: [{ field: 'status', value: 'suspended', reason: 'one of open, restricted' }],
      currentStatus: 'closed',
      lawfulSteps: ['open', 'restricted'],
    });
  });

  test('before anything is known of the status may be any', () => {
    for (const status of ['open', 'restricted', 'suspended', 'closed'] as const)
      expect(decide(unregistered(), status, '2021-04-30').data.status).toBe(status);
  });

  test('to the same status is a renewal where it brings another licence term, and only there', () => {
    const licensed = registered({ licensedUntil: '2021-12-31' });
    expect(decide(licensed, 'open', '2021-06-01', { licensedUntil: '2022-12-31' }).data.licensedUntil).toBe(
      '2022-12-31',
    );
    expect(problemOf(() => decide(licensed, 'open', '2021-06-01', { licensedUntil: '2021-12-31' }))?.status).toBe(409);
    expect(problemOf(() => decide(licensed, 'open', '2021-06-01'))?.status).toBe(409);
    // A new term does not make a step lawful that is not.
    const closed = registered({ status: 'closed' });
    expect(problemOf(() => decide(closed, 'suspended', '2021-06-01', { licensedUntil: '2022-12-31' }))?.status).toBe(
      409,
    );
  });
});

test('what may follow which status', () => {
  expect(statusTransitions).toEqual({
    open: ['restricted', 'suspended', 'closed'],
    restricted: ['open', 'suspended', 'closed'],
    suspended: ['open', 'restricted', 'closed'],
    closed: ['open', 'restricted'],
  });
});
