import { expect, test } from 'vitest';
import { historyOfVersions, type ShownCase } from './case-events.ts';

const confirmed: ShownCase = {
  caseId: 'c',
  knownAt: '2021-08-20T02:00:00.000Z',
  knownUntil: '2021-08-21T02:00:00.000Z',
  areaId: 'tan-phu',
  lon: null,
  lat: null,
  eventDate: '2021-08-19',
  eventDateIsFallback: true,
  onsetDate: null,
  confirmedDate: '2021-08-19',
  ageYears: 41,
  sex: 'female',
  exposure: 'community',
  status: 'active',
  statusSince: '2021-08-20T02:00:00.000Z',
  firstSequence: 7,
  sequence: 7,
  eventId: 'import/ca-benh.csv row-1',
};
const hospital: ShownCase = {
  ...confirmed,
  knownAt: '2021-08-21T02:00:00.000Z',
  status: 'hospitalised',
  statusSince: '2021-08-21T01:00:00.000Z',
  sequence: 12,
  eventId: '/epidemic 1',
};
const older: ShownCase = { ...hospital, knownAt: '2021-08-22T02:00:00.000Z', ageYears: 44, sequence: 20 };

test('each version tells what it says that the one before did not, when it happened, when it was known, and who said it', () => {
  expect(historyOfVersions([confirmed, hospital, older])).toEqual([
    {
      type: 'case-confirmed',
      occurredAt: '2021-08-19',
      knownAt: confirmed.knownAt,
      sequence: 7,
      source: 'import/ca-benh.csv',
      data: {
        areaId: 'tan-phu',
        eventDate: '2021-08-19',
        confirmedDate: '2021-08-19',
        ageYears: 41,
        sex: 'female',
        exposure: 'community',
        status: 'active',
      },
    },
    {
      type: 'case-status-changed',
      occurredAt: '2021-08-21T01:00:00.000Z',
      knownAt: hospital.knownAt,
      sequence: 12,
      source: '/epidemic',
      data: { status: 'hospitalised' },
    },
    {
      type: 'case-corrected',
      occurredAt: older.knownAt,
      knownAt: older.knownAt,
      sequence: 20,
      source: '/epidemic',
      data: { ageYears: 44 },
    },
  ]);
});

test('a detail that is taken back is told as nothing', () => {
  const [, moved] = historyOfVersions([
    { ...confirmed, lon: 106.7, lat: 10.7 },
    { ...confirmed, areaId: 'phu-my', sequence: 9 },
  ]);
  expect(moved!.data).toEqual({ areaId: 'phu-my', lon: null, lat: null });
});

test('an outcome that does not count is told with its day and the day of the onset, once', () => {
  const notCounted = { status: 'recovered', since: '2021-08-18T05:00:00.000Z', onsetDate: '2021-08-19' };
  const waited = { ...confirmed, notCounted };
  const later = { ...hospital, notCounted };
  expect(historyOfVersions([waited, later]).map(({ type, notCounted: told }) => [type, told])).toEqual([
    ['case-confirmed', notCounted],
    ['case-status-changed', undefined],
  ]);
  expect(historyOfVersions([confirmed, { ...confirmed, sequence: 9, notCounted }])[1]).toEqual({
    type: 'case-status-changed',
    occurredAt: notCounted.since,
    knownAt: confirmed.knownAt,
    sequence: 9,
    source: 'import/ca-benh.csv',
    data: {},
    notCounted,
  });
});
