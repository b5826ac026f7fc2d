import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseEvent, type CaseVersion, evolveCase, foldCases, UnknownCase } from './evolve.ts';

let count = 0;
const event = (type: CaseEvent['type'], data: Record<string, unknown>, change: Partial<CaseEvent> = {}): CaseEvent =>
  ({
    specversion: '1.0',
    id: `e${count++}`,
    source: '/lab',
    type,
    time: '2021-08-09T10:00:00.000Z',
    district: 'q7',
    recordedtime: '2021-08-10T00:00:00.000Z',
    data: { caseId: 'c', ...data },
    ...change,
  }) as CaseEvent;
const confirmed = (data: Record<string, unknown> = {}, change: Partial<CaseEvent> = {}) =>
  event('case-confirmed', { confirmedDate: '2021-08-09', ...data }, change);
const first = (data: Record<string, unknown> = {}) => evolveCase(undefined, confirmed(data), 4);
const correct = (before: CaseVersion, data: Record<string, unknown>) =>
  evolveCase(before, event('case-corrected', data), 9);

describe('a confirmation', () => {
  test('with the least', () => {
    expect(evolveCase(undefined, confirmed({}, { id: '7' }), 4)).toEqual({
      caseId: 'c',
      areaId: null,
      lon: null,
      lat: null,
      eventDate: '2021-08-09',
      eventDateIsFallback: true,
      onsetDate: null,
      confirmedDate: '2021-08-09',
      ageYears: null,
      sex: null,
      exposure: 'unknown',
      status: 'active',
      statusSince: '2021-08-09T10:00:00.000Z',
      knownAt: '2021-08-10T00:00:00.000Z',
      knownUntil: 'infinity',
      firstSequence: 4,
      sequence: 4,
      eventId: '/lab 7',
    });
  });

  test('with everything', () => {
    const data = {
      areaId: 'W1',
      location: { lon: 106.7, lat: 10.7 },
      specimenDate: '2021-08-06',
      onsetDate: '2021-08-04',
      ageYears: 0,
      sex: 'female',
      exposure: 'quarantine',
      status: 'hospitalised',
    };
    expect(first(data)).toMatchObject({
      areaId: 'W1',
      lon: 106.7,
      lat: 10.7,
      eventDate: '2021-08-06',
      eventDateIsFallback: false,
      onsetDate: '2021-08-04',
      ageYears: 0,
      sex: 'female',
      exposure: 'quarantine',
      status: 'hospitalised',
    });
  });

  test('of a known case changes what it says, and it stays the case that it was', () => {
    const later = { recordedtime: '2021-08-11T00:00:00.000Z' };
    const again = evolveCase(first({ areaId: 'W1', ageYears: 40 }), confirmed({ areaId: 'W2' }, later), 8);
    expect(again).toMatchObject({ areaId: 'W2', ageYears: 40, firstSequence: 4, sequence: 8 });
  });
});

describe('the day of a case', () => {
  test("is the specimen's before the confirmation's", () => {
    expect(first({ specimenDate: '2021-08-06' }).eventDate).toBe('2021-08-06');
    expect(first({ specimenDate: '2021-08-11' }).eventDate).toBe('2021-08-11');
    expect(first().eventDate).toBe('2021-08-09');
  });

  test('stays the specimen’s when the confirmation is corrected, also where both were one day', () => {
    expect(correct(first({ specimenDate: '2021-08-06' }), { confirmedDate: '2021-08-10' })).toMatchObject({
      eventDate: '2021-08-06',
      confirmedDate: '2021-08-10',
    });
    expect(correct(first({ specimenDate: '2021-08-09' }), { confirmedDate: '2021-08-10' })).toMatchObject({
      eventDate: '2021-08-09',
    });
  });

  test('follows the confirmation for want of a specimen, until there is one', () => {
    const moved = correct(first(), { confirmedDate: '2021-08-10' });
    expect(moved).toMatchObject({ eventDate: '2021-08-10', eventDateIsFallback: true });
    expect(correct(moved, { specimenDate: '2021-08-05' })).toMatchObject({
      eventDate: '2021-08-05',
      eventDateIsFallback: false,
      confirmedDate: '2021-08-10',
    });
  });
});

describe('a correction', () => {
  const known = first({
    areaId: 'W1',
    location: { lon: 106.7, lat: 10.7 },
    specimenDate: '2021-08-06',
    onsetDate: '2021-08-04',
    ageYears: 40,
    sex: 'male',
    exposure: 'community',
  });

  test('changes what it names, and nothing else', () => {
    const { knownAt, sequence, eventId, ...rest } = known;
    expect(correct(known, {})).toMatchObject(rest);
    expect(correct(known, {})).toMatchObject({ sequence: 9, firstSequence: 4 });
    expect(correct(known, { ageYears: 0, onsetDate: '2021-08-03', exposure: 'imported' })).toMatchObject({
      ...rest,
      ageYears: 0,
      onsetDate: '2021-08-03',
      exposure: 'imported',
    });
  });

  test('of the place takes the area of the new place, and of the area lets the old place go', () => {
    expect(correct(known, { location: { lon: 1, lat: 2 } })).toMatchObject({ areaId: null, lon: 1, lat: 2 });
    expect(correct(known, { areaId: 'W2' })).toMatchObject({ areaId: 'W2', lon: null, lat: null });
    expect(correct(known, { areaId: 'W2', location: { lon: 1, lat: 2 } })).toMatchObject({
      areaId: 'W2',
      lon: 1,
      lat: 2,
    });
  });
});

test('a new status counts from the day it names, else from the event', () => {
  const known = first({ areaId: 'W1' });
  const change = (data: Record<string, unknown>) =>
    evolveCase(
      known,
      event('case-status-changed', { status: 'recovered', ...data }, { time: '2021-08-20T00:00:00.000Z' }),
      5,
    );
  expect(change({})).toMatchObject({
    areaId: 'W1',
    status: 'recovered',
    statusSince: '2021-08-20T00:00:00.000Z',
    sequence: 5,
  });
  expect(change({ since: '2021-08-18T00:00:00Z' }).statusSince).toBe('2021-08-18T00:00:00Z');
});

test('a change of a case that was never confirmed is set aside, by name', () => {
  for (const type of ['case-status-changed', 'case-corrected'] as const) {
    const run = () => evolveCase(undefined, event(type, { status: 'recovered' }), 1);
    expect(run).toThrow(UnknownCase);
    expect(run).toThrow(`${type} for case c, which was never confirmed`);
    expect(run).toThrow(expect.objectContaining({ name: 'UnknownCase' }));
  }
});

describe('a batch', () => {
  const none = () => false;

  test('each event ends the version before it: in the batch, or in the rows', () => {
    const stored = first();
    const later = (type: CaseEvent['type'], data: Record<string, unknown>, day: number) =>
      event(type, data, { recordedtime: `2021-08-${day}T00:00:00.000Z` });
    const { versions, closed } = foldCases(new Map([['c', stored]]), none, [
      { sequence: 5, event: later('case-status-changed', { status: 'hospitalised' }, 11) },
      { sequence: 6, event: later('case-status-changed', { status: 'recovered' }, 12) },
      { sequence: 7, event: later('case-confirmed', { caseId: 'd', confirmedDate: '2021-08-12' }, 12) },
    ]);
    expect(closed).toEqual([{ caseId: 'c', sequence: 4, knownUntil: '2021-08-11T00:00:00.000Z' }]);
    expect(versions.map(({ caseId, status, knownAt, knownUntil }) => [caseId, status, knownAt, knownUntil])).toEqual([
      ['c', 'hospitalised', '2021-08-11T00:00:00.000Z', '2021-08-12T00:00:00.000Z'],
      ['c', 'recovered', '2021-08-12T00:00:00.000Z', 'infinity'],
      ['d', 'active', '2021-08-12T00:00:00.000Z', 'infinity'],
    ]);
    expect(stored.knownUntil).toBe('infinity');
  });

  test('what was heard already has no effect: in the rows, or before in the batch', () => {
    const twice = confirmed({}, { id: 'twice' });
    const { versions } = foldCases(new Map(), none, [
      { sequence: 1, event: twice },
      { sequence: 2, event: twice },
    ]);
    expect(versions.map(({ sequence }) => sequence)).toEqual([1]);
    const seen = (caseId: string, eventId: string) => caseId === 'c' && eventId === '/lab twice';
    expect(foldCases(new Map(), seen, [{ sequence: 3, event: twice }])).toEqual({ versions: [], closed: [] });
  });

  test('what is known never goes back, in whatever order the events say that they were recorded', () => {
    const minutes = fc.array(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(minutes, fc.boolean(), (recorded, stored) => {
        const at = (minute: number) => new Date(Date.UTC(2021, 7, 1, 0, minute)).toISOString();
        const before = { ...first(), knownAt: at(2500) };
        const entries = recorded.map((minute, index) => ({
          sequence: 10 + index,
          event:
            index === 0 && !stored
              ? confirmed({}, { recordedtime: at(minute) })
              : event('case-status-changed', { status: 'active' }, { recordedtime: at(minute) }),
        }));
        const { versions, closed } = foldCases(new Map(stored ? [['c', before]] : []), none, entries);
        const known = [...(stored ? [before.knownAt] : []), ...versions.map(({ knownAt }) => knownAt)];
        expect(known).toEqual(known.toSorted());
        expect(known.at(-1)).toBe([...(stored ? [at(2500)] : []), ...recorded.map(at)].toSorted().at(-1));
        // Spans follow one another without a gap.
        const ends = [...closed.map(({ knownUntil }) => knownUntil), ...versions.map(({ knownUntil }) => knownUntil)];
        expect(ends).toEqual([...known.slice(1), 'infinity']);
      }),
    );
  });
});
