import { expect, test } from 'vitest';
import { freshness, silenceAllowedMs } from './freshness.ts';

const now = Date.parse('2021-08-24T12:00:00Z');
const row = (feed: string, lastRecordedAt: string | null) => ({ feed, lastEventAt: lastRecordedAt, lastRecordedAt });

test('a feed is stale when it has been silent for more than an hour, not before', () => {
  const rows = [
    row('cases', '2021-08-24T11:00:00Z'),
    row('capacity', '2021-08-24T10:59:59Z'),
    row('vaccination', null),
  ];
  expect(freshness(rows, { feeds: {} }, now)).toEqual([
    { feed: 'cases', ageMs: 3_600_000, stale: false },
    { feed: 'capacity', ageMs: 3_601_000, stale: true },
    { feed: 'vaccination', ageMs: null, stale: true },
  ]);
});

test('what the stream told is newer than the rows, and feeds only it knows of are shown', () => {
  const feeds = {
    cases: { lastEventAt: '', lastRecordedAt: '2021-08-24T11:59:00Z' },
    violations: { lastEventAt: '', lastRecordedAt: '2021-08-24T09:00:00Z' },
  };
  expect(freshness([row('cases', '2021-08-24T08:00:00Z')], { feeds }, now)).toEqual([
    { feed: 'cases', ageMs: 60_000, stale: false },
    { feed: 'violations', ageMs: 10_800_000, stale: true },
  ]);
});

test('a fast exercise is not called stale for the time between two batches', () => {
  expect([1, 60, 360, 21_600].map(silenceAllowedMs)).toEqual([3_600_000, 3_600_000, 3_600_000, 216_000_000]);
  const rows = [row('cases', '2021-08-24T06:00:00Z')];
  expect(freshness(rows, { feeds: {} }, now, silenceAllowedMs(21_600))[0]).toMatchObject({
    ageMs: 21_600_000,
    stale: false,
  });
});
