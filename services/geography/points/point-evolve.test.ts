import { describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { entityOf, evolvePoint, isBirth } from './evolve.ts';
import { categoryOf, type PointState, statusOf } from './point-state.ts';
import { stepsOf } from './z-order.ts';

let count = 0;
const event = (type: string, data: Record<string, unknown>, id = `e${count++}`): CloudEvent => ({
  specversion: '1.0',
  id,
  source: 's',
  type,
  time: '2021-08-09T10:00:00Z',
  district: 'q7',
  recordedtime: '2021-08-09T10:00:00Z',
  data,
});
const hear = (layer: string, state: PointState | undefined, heard: CloudEvent, sequence = 9) =>
  evolvePoint(layer, state, { sequence, subject: '', event: heard });
const here = { lon: 106.72, lat: 10.73 };
const there = { lon: 106.7, lat: 10.75 };
const status = (layer: string, name: string) => statusOf(layer, name)!;

describe('a point is born', () => {
  test('of a violation', () => {
    const reported = event('violation-reported', {
      violationId: 'v',
      kind: 'canal-filling',
      occurredAt: '2021-08-08T00:00:00Z',
      location: here,
    });
    expect(hear('violations', undefined, reported, 4)).toEqual({
      entity: 'v',
      isBorn: true,
      order: expect.stringMatching(/^0\w{29}$/),
      at: stepsOf(106.72, 10.73),
      day: null,
      dayIsFallback: false,
      happenedAt: '2021-08-08T00:00:00Z',
      category: categoryOf('violations', 'canal-filling'),
      status: status('violations', 'reported'),
      statusSince: null,
      firstSequence: 4,
      sequence: 4,
      applied: [],
    });
  });

  test('of a business, from the day on which its status holds', () => {
    const registered = { businessId: 'b', name: 'n', registeredDate: '2021-01-02' };
    expect(hear('businesses', undefined, event('business-registered', registered))).toMatchObject({
      entity: 'b',
      at: null,
      day: '2021-01-02',
      happenedAt: null,
      category: categoryOf('businesses', 'unknown'),
      status: status('businesses', 'open'),
      statusSince: '2021-01-02',
    });
    const full = { ...registered, form: 'household', status: 'suspended', location: here };
    expect(hear('businesses', undefined, event('business-registered', full))).toMatchObject({
      at: stepsOf(106.72, 10.73),
      category: categoryOf('businesses', 'household'),
      status: status('businesses', 'suspended'),
    });
  });

  test('of a case, active and of unknown exposure where nothing else is said', () => {
    const confirmed = { caseId: 'c', confirmedDate: '2021-08-09', specimenDate: '2021-08-09' };
    expect(hear('cases', undefined, event('case-confirmed', confirmed))).toMatchObject({
      entity: 'c',
      at: null,
      day: '2021-08-09',
      category: categoryOf('cases', 'unknown'),
      status: status('cases', 'active'),
      statusSince: null,
    });
    const full = { ...confirmed, exposure: 'quarantine', status: 'hospitalised', location: here };
    expect(hear('cases', undefined, event('case-confirmed', full))).toMatchObject({
      at: stepsOf(106.72, 10.73),
      category: categoryOf('cases', 'quarantine'),
      status: status('cases', 'hospitalised'),
    });
  });

  test('once: a second report of it changes what it says, as the rows of its service do', () => {
    const first = event('violation-reported', { violationId: 'v', kind: 'other', location: here });
    const born = hear('violations', undefined, first)!;
    const again = event('violation-reported', { violationId: 'v', kind: 'sanitation' });
    again.recordedtime = '2021-08-10T10:00:00Z';
    expect(hear('violations', born, again, 12)).toMatchObject({
      at: born.at,
      category: categoryOf('violations', 'sanitation'),
      firstSequence: 9,
      sequence: 12,
    });
    expect(hear('violations', born, first)).toBe(born);
  });

  test('by three events, and by no other', () => {
    expect(
      [
        'case-confirmed',
        'violation-reported',
        'business-registered',
        'case-corrected',
        'violation-merged',
        'area-revised',
      ].filter(isBirth),
    ).toEqual(['case-confirmed', 'violation-reported', 'business-registered']);
  });
});

describe('a change', () => {
  const born = hear(
    'cases',
    undefined,
    event('case-confirmed', {
      caseId: 'c',
      confirmedDate: '2021-08-09',
      specimenDate: '2021-08-09',
      exposure: 'community',
      location: here,
    }),
    3,
  )!;

  test('by a step that was made known behind the others has its place in a life all the same', () => {
    const report = event('violation-reported', { violationId: 'v', kind: 'other', location: here });
    const step = (type: string, minute: number) => {
      const time = `2021-08-09T11:${minute}:00Z`;
      return { ...event(type, { violationId: 'v', occurredAt: time }), time, recordedtime: time };
    };
    const after = (...steps: CloudEvent[]) =>
      steps.reduce(
        (state, one, index) => hear('violations', state, one, 10 + index)!,
        hear('violations', undefined, report, 9)!,
      ).status;
    const [decided, enforcing, remedied] = [
      step('violation-decided', 10),
      step('violation-enforcing', 20),
      step('violation-remedied', 30),
    ];
    expect(after(decided!, enforcing!)).toBe(status('violations', 'enforcing'));
    expect(after(decided!, enforcing!, remedied!)).toBe(status('violations', 'remedied'));
    expect(after(remedied!, enforcing!, decided!)).toBe(status('violations', 'remedied'));
    expect(after(decided!, step('violation-cancelled', 40), step('violation-closed', 50))).toBe(
      status('violations', 'cancelled'),
    );
  });

  test('of the status changes nothing else, but for its place in the journal', () => {
    const changed = hear('cases', born, event('case-status-changed', { caseId: 'c', status: 'recovered' }), 7)!;
    expect(changed).toEqual({
      ...born,
      status: status('cases', 'recovered'),
      sequence: 7,
      order: '',
      said: expect.anything(),
      applied: [born.order.slice(-11), expect.stringMatching(/^[\w-]{11}$/)],
    });
  });

  test('of the details takes those that are given', () => {
    const moved = hear('cases', born, event('case-corrected', { caseId: 'c', location: there }))!;
    expect(moved).toMatchObject({ at: stepsOf(106.7, 10.75), day: '2021-08-09', category: born.category });
    const imported = hear('cases', born, event('case-corrected', { caseId: 'c', exposure: 'imported' }))!;
    expect(imported).toMatchObject({ at: born.at, category: categoryOf('cases', 'imported'), status: born.status });
  });

  test('that had its effect already has none again; another one has', () => {
    const first = event('case-status-changed', { caseId: 'c', status: 'hospitalised' }, 'x');
    const second = event('case-status-changed', { caseId: 'c', status: 'recovered' }, 'y');
    const after = [first, second].reduce<PointState | undefined>((state, heard) => hear('cases', state, heard), born)!;
    expect(after.applied).toHaveLength(3);
    expect(after.status).toBe(status('cases', 'recovered'));
    expect(hear('cases', after, first, 99)).toBe(after);
  });

  test('of something that was never told of is not shown, and waits for the birth', () => {
    const early = hear('cases', undefined, event('case-corrected', { caseId: 'c', location: there }), 5)!;
    expect(early).toMatchObject({ isBorn: false, at: null, firstSequence: 5 });
    const confirmed = event('case-confirmed', { caseId: 'c', confirmedDate: '2021-08-09', location: here });
    expect(hear('cases', early, confirmed, 6)).toMatchObject({
      isBorn: true,
      at: stepsOf(106.7, 10.75),
      day: '2021-08-09',
      firstSequence: 5,
    });
  });

  test('an event of another kind leaves what is there', () => {
    expect(hear('cases', born, event('area-revised', { areaId: 'W1' }))).toBe(born);
    expect(hear('cases', undefined, event('area-revised', { areaId: 'W1' }))).toBeUndefined();
  });

  test('to a status that the list does not know keeps the one before', () => {
    const changed = hear('cases', born, event('case-status-changed', { caseId: 'c', status: 'vanished' }))!;
    expect(changed).toMatchObject({ status: born.status, statusSince: null });
  });

  test('of a violation is named by its step', () => {
    const reported = hear('violations', undefined, event('violation-reported', { violationId: 'v', kind: 'other' }))!;
    for (const step of ['verified', 'minuted', 'merged'])
      expect(hear('violations', reported, event(`violation-${step}`, { violationId: 'v' }))!.status).toBe(
        status('violations', step),
      );
  });
});

describe('the day of a case', () => {
  const confirmed = (days: Record<string, string>) =>
    hear('cases', undefined, event('case-confirmed', { caseId: 'c', confirmedDate: '2021-08-09', ...days }))!;
  const corrected = (state: PointState, days: Record<string, string>) =>
    hear('cases', state, event('case-corrected', { caseId: 'c', ...days }))!;

  test('is that of the specimen, and that of the confirmation for want of one', () => {
    expect(confirmed({ specimenDate: '2021-08-06' })).toMatchObject({ day: '2021-08-06', dayIsFallback: false });
    expect(confirmed({})).toMatchObject({ day: '2021-08-09', dayIsFallback: true });
  });

  test('stays that of the specimen when the confirmation is corrected, and becomes it when it is told', () => {
    const known = confirmed({ specimenDate: '2021-08-06' });
    expect(corrected(known, { confirmedDate: '2021-08-10' })).toMatchObject({ day: '2021-08-06' });
    expect(corrected(known, { specimenDate: '2021-08-05' })).toMatchObject({ day: '2021-08-05' });
    const fallback = confirmed({});
    expect(corrected(fallback, { confirmedDate: '2021-08-10' })).toMatchObject({ day: '2021-08-10' });
    expect(corrected(fallback, { specimenDate: '2021-08-05' })).toMatchObject({
      day: '2021-08-05',
      dayIsFallback: false,
    });
  });
});

describe('the status of a business holds from a day on', () => {
  const born = hear(
    'businesses',
    undefined,
    event('business-registered', { businessId: 'b', name: 'n', registeredDate: '2021-03-01' }),
  )!;
  const change = (state: PointState, name: string, effectiveDate: string) =>
    hear('businesses', state, event('business-status-changed', { businessId: 'b', status: name, effectiveDate }))!;

  test('a word for the same day or a later one counts, one for an earlier day does not', () => {
    const closed = change(born, 'closed', '2021-05-01');
    expect(closed).toMatchObject({ status: status('businesses', 'closed'), statusSince: '2021-05-01' });
    const late = change(closed, 'suspended', '2021-04-30');
    expect(late).toMatchObject({ status: closed.status, statusSince: '2021-05-01' });
    expect(late.applied).toHaveLength(3);
    const sameDay = change(closed, 'suspended', '2021-05-01');
    expect(sameDay).toMatchObject({ status: status('businesses', 'suspended'), statusSince: '2021-05-01' });
  });
});

test('which entity an event is about', () => {
  expect(
    [
      event('case-confirmed', { caseId: 'c' }),
      event('case-status-changed', { caseId: 'c2' }),
      event('case-corrected', { caseId: 'c3' }),
      event('violation-reported', { violationId: 'v' }),
      event('violation-closed', { violationId: 'v2' }),
      event('business-registered', { businessId: 'b' }),
      event('business-status-changed', { businessId: 'b2' }),
      event('risk-scored', { areaId: 'W1' }),
    ].map(entityOf),
  ).toEqual(['c', 'c2', 'c3', 'v', 'v2', 'b', 'b2', undefined]);
});
