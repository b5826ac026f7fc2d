import { expect, test } from 'vitest';
import { type CaseEvent, evolveCase } from './evolve.ts';
import { knownCase, saidOfCase } from './known-case.ts';

const zone = 'Asia/Ho_Chi_Minh';
const event = (type: CaseEvent['type'], data: object, time: string): CaseEvent =>
  ({ id: `${type} ${time}`, source: '/lab', type, time, recordedtime: time, authid: 'feed:/lab', data }) as CaseEvent;
const confirmation = (data: object = {}) =>
  event('case-confirmed', { caseId: 'c', confirmedDate: '2021-08-09', ...data }, '2021-08-09T05:00:00.000Z');

test('the status of the confirmation itself says no day on which the case ended; a change of status does', () => {
  const confirmed = evolveCase(undefined, confirmation({ status: 'deceased' }), 1);
  const corrected = event('case-corrected', { caseId: 'c', ageYears: 40 }, '2021-08-10T05:00:00.000Z');
  expect(knownCase(evolveCase(confirmed, corrected, 2), zone).outcome).toBeNull();
  const died = event(
    'case-status-changed',
    // The 13th in the district.
    { caseId: 'c', status: 'deceased', since: '2021-08-12T17:00:00Z' },
    '2021-08-14T05:00:00.000Z',
  );
  expect(knownCase(evolveCase(evolveCase(undefined, confirmation(), 1), died, 2), zone).outcome).toEqual({
    status: 'deceased',
    day: '2021-08-13',
  });
});

test('the specimen is of the day of the case, unless that is the day of the confirmation', () => {
  const of = (data: object) => knownCase(evolveCase(undefined, confirmation(data), 1), zone).specimenDate;
  expect([of({}), of({ specimenDate: '2021-08-09' }), of({ specimenDate: '2021-08-07' })]).toEqual([
    null,
    null,
    '2021-08-07',
  ]);
});

test('a change of status says an outcome alone, from when it began, else from when it happened; told now it says no day', () => {
  const said = (status: string, more: object = {}, time?: string) =>
    saidOfCase(
      { type: 'case-status-changed', data: { caseId: 'c', status, ...more }, ...(time && { time }) } as Parameters<
        typeof saidOfCase
      >[0],
      zone,
    );
  expect(said('hospitalised', { since: '2021-08-12T05:00:00Z' })).toEqual({ outcome: null });
  expect(said('recovered', {}, '2021-08-12T05:00:00Z')).toEqual({
    outcome: { status: 'recovered', day: '2021-08-12' },
  });
  expect(said('recovered', { since: '2021-08-11T05:00:00Z' }, '2021-08-12T05:00:00Z')).toMatchObject({
    outcome: { day: '2021-08-11' },
  });
  expect(said('recovered')).toEqual({});
});

test('an outcome before the onset does not count: nothing is judged by it', () => {
  const known = evolveCase(undefined, confirmation({ onsetDate: '2021-08-08' }), 1);
  const died = event(
    'case-status-changed',
    { caseId: 'c', status: 'deceased', since: '2021-08-07T05:00:00Z' },
    '2021-08-09T06:00:00.000Z',
  );
  const after = evolveCase(known, died, 2);
  expect(after.status).toBe('active');
  expect(knownCase(after, zone).outcome).toBeNull();
});
