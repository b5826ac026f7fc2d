import { describe, expect, test } from 'vitest';
import { type EntityState, evolveEntity } from '#lifecycle/entity/state.ts';
import { duesOfReport } from './due.ts';
import { reopeningRefused, report } from './report.ts';

type Told = [type: string, occurredAt: string, more?: Record<string, unknown>];
const after = (...events: Told[]): EntityState =>
  events.reduce<EntityState | undefined>(
    (before, [type, occurredAt, more]) =>
      evolveEntity(report, before, { type: `report-${type}`, data: { reportId: 'r', occurredAt, ...more } }).state,
    undefined,
  )!;
const received: Told = ['received', '2021-10-01T00:00:00Z', { topic: 'waste' }];
const routed: Told = ['routed', '2021-10-01T00:00:01Z', { unit: 'a' }];

describe('the clock of a report', () => {
  test('48 hours from receipt; another unit takes it over as it stands', () => {
    expect(after(received)).toMatchObject({ status: 'received', dueAt: '2021-10-03T00:00:00.000Z' });
    expect(after(received, routed, ['routed', '2021-10-02T12:00:00Z', { unit: 'b' }])).toMatchObject({
      unit: 'b',
      dueAt: '2021-10-03T00:00:00.000Z',
      clockFrom: '2021-10-01T00:00:00.000Z',
    });
  });

  test('it stands while the reporter is asked, and goes on by as much later', () => {
    const paused: Told = ['paused', '2021-10-01T10:00:00Z', { pauseReason: 'where?' }];
    expect(after(received, routed, paused)).toMatchObject({ status: 'paused', dueAt: null, pausedSeconds: 0 });
    expect(after(received, routed, paused, ['routed', '2021-10-01T15:30:00Z', { unit: 'a' }])).toMatchObject({
      dueAt: '2021-10-03T05:30:00.000Z',
      pausedSeconds: 5.5 * 3600,
    });
  });

  test.each([
    ['2021-10-03T00:00:00Z', true],
    ['2021-10-03T00:00:01Z', false],
  ])('answered at %s it is on time: %s', (at, firstInTime) => {
    expect(after(received, routed, ['closed', at, { outcome: 'fixed' }])).toMatchObject({
      firstInTime,
      firstClosedBy: 'a',
      firstOutcome: 'fixed',
      closures: 1,
    });
  });

  test('reopened, the clock begins anew; what the first answer was stays', () => {
    const closed: Told = ['closed', '2021-10-04T00:00:00Z', { outcome: 'fixed' }];
    const reopened: Told = ['reopened', '2021-10-05T00:00:00Z', { reopenReason: 'not fixed' }];
    expect(after(received, routed, closed, reopened)).toMatchObject({
      status: 'reopened',
      dueAt: '2021-10-07T00:00:00.000Z',
      reopenings: 1,
      firstInTime: false,
    });
    expect(after(received, routed, closed, reopened, ['closed', '2021-10-06T00:00:00Z', {}])).toMatchObject({
      closures: 2,
      firstClosedAt: '2021-10-04T00:00:00.000Z',
      firstInTime: false,
    });
  });

  test('a judgement is of the last answer', () => {
    const closed: Told = ['closed', '2021-10-02T00:00:00Z', { outcome: 'fixed' }];
    const rated: Told = ['rated', '2021-10-02T01:00:00Z', { satisfaction: 4, ratedUnit: 'a' }];
    expect(after(received, routed, closed)).toMatchObject({ closures: 1, ratedClosures: 0, satisfaction: null });
    expect(after(received, routed, closed, rated)).toMatchObject({
      status: 'closed',
      ratedClosures: 1,
      satisfaction: 4,
      irregular: [],
    });
  });

  test('a step of which the report was never heard starts no clock', () => {
    expect(after(routed)).toMatchObject({ reported: false, dueAt: null });
    expect(after(['reminded', '2021-10-03T00:00:00Z'])).toMatchObject({ reported: false, dueAt: null });
  });
});

describe('what is due of a report', () => {
  const plan = (...events: Told[]) =>
    duesOfReport(after(...events)).map(({ dueAt, sequence, data }) => [dueAt, sequence, data.remindedUnit]);
  const closed: Told = ['closed', '2021-10-02T00:00:00Z', { outcome: 'fixed' }];
  const reminded: Told = ['reminded', '2021-10-03T00:00:00Z', { remindedUnit: 'a' }];

  test('one reminder at 48 hours, of the unit that owns it then', () => {
    expect(plan(received)).toEqual([['2021-10-03T00:00:00.000Z', 0, 'tiep-nhan']]);
    expect(plan(received, routed, ['routed', '2021-10-02T00:00:00Z', { unit: 'b' }])).toEqual([
      ['2021-10-03T00:00:00.000Z', 0, 'b'],
    ]);
  });

  test('none once it is answered, while the clock stands, or when it was said; one more when it was reopened', () => {
    expect(plan(received, routed, closed)).toEqual([]);
    expect(plan(received, routed, ['paused', '2021-10-01T10:00:00Z', {}])).toEqual([]);
    expect(plan(received, routed, reminded)).toEqual([]);
    const paused: Told = ['paused', '2021-10-03T01:00:00Z', {}];
    expect(plan(received, routed, reminded, paused, ['routed', '2021-10-03T02:00:00Z', { unit: 'a' }])).toEqual([]);
    expect(plan(received, routed, closed, ['reopened', '2021-10-02T12:00:00Z', {}])).toEqual([
      ['2021-10-04T12:00:00.000Z', 1, 'a'],
    ]);
    expect(plan(routed)).toEqual([]);
  });
});

describe('reopening, by policy: within 15 days, twice', () => {
  const closed = { occurredAt: '2021-10-01T00:00:00Z', statusSince: '2021-10-02T00:00:00Z', reopenings: 0 };
  test.each([
    ['2021-10-17T00:00:00Z', 0, undefined],
    ['2021-10-17T00:00:01Z', 0, 409],
    ['2021-10-03T00:00:00Z', 1, undefined],
    ['2021-10-03T00:00:00Z', 2, 409],
  ])('at %s after %d: %s', (now, reopenings, status) => {
    expect(reopeningRefused({ ...closed, reopenings }, now)?.status).toBe(status);
  });
});
