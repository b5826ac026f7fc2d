import { expect, test } from 'vitest';
import type { SystemStatus } from '../../api/answers.ts';
import { whatsLate } from './whats-late.ts';

const wall = Date.parse('2026-11-30T08:00:00Z');
const now = { wall, district: Date.parse('2021-08-10T00:00:00Z') };
const kinds = (status: SystemStatus, feeds: Parameters<typeof whatsLate>[1] = []) =>
  whatsLate(status, feeds, now).map(({ kind, of, count, told }) => [kind, of, count, told]);

test('a product in which all is well is late with nothing; what it does not say is not made up', () => {
  const fine = [
    { service: 'epidemic', status: 'ready', parked: 0, waiting: {} },
    { service: 'chain', status: 'ready', backupAt: '2026-11-30T01:00:00Z' },
  ];
  const disk = { freeBytes: 1, usedShare: 0.1, full: false };
  expect(kinds({ services: fine, disk }, [{ feed: 'cases', ageMs: 5, stale: false }])).toEqual([]);
  expect(kinds({ services: [] })).toEqual([]);
});

test('what is late, the gravest first, since when, and who is told', () => {
  const status: SystemStatus = {
    services: [
      { service: 'economy', status: 'not answering' },
      {
        service: 'epidemic',
        status: 'ready',
        parked: 3,
        waiting: { q7: 1, q8: 1 },
        late: [
          { projection: 'cases', district: 'q7', events: 7, since: '2026-11-30T07:59:00Z' },
          { projection: 'counts', district: 'q7', events: 9, since: '2026-11-30T07:00:00Z' },
        ],
        standsBack: [{ projection: 'doses', district: 'q7', since: '2026-11-30T07:30:00Z' }],
      },
      { service: 'chain', status: 'ready', backupAt: '2026-11-27T07:00:00Z' },
    ],
    disk: { freeBytes: 1, usedShare: 0.99, full: true },
    journal: { damageWords: [{ vi: 'a', en: 'a' }] },
  };
  const feeds = [
    { feed: 'cases', ageMs: 3_600_000, stale: true },
    { feed: 'capacity', ageMs: 7_200_000, stale: true },
    { feed: 'incidents', ageMs: null, stale: true },
  ];
  expect(kinds(status, feeds)).toEqual([
    ['away', 'economy', undefined, 'technician'],
    ['damage', '', 1, 'technician'],
    ['disk', '', undefined, 'technician'],
    ['late', 'counts · q7', 9, 'technician'],
    ['late', 'cases · q7', 7, 'technician'],
    ['standsBack', 'doses · q7', undefined, 'technician'],
    ['parked', 'epidemic', 3, 'technician'],
    ['waiting', 'epidemic', 2, 'keeper'],
    ['feed', 'capacity', undefined, 'keeper'],
    ['feed', 'cases', undefined, 'keeper'],
    ['backup', '', undefined, 'technician'],
  ]);
  const since = Object.fromEntries(whatsLate(status, feeds, now).map(({ key, sinceMs }) => [key, sinceMs]));
  expect(since['late epidemic counts q7']).toBe(Date.parse('2026-11-30T07:00:00Z'));
  expect(since['feed capacity']).toBe(Date.parse('2021-08-09T22:00:00Z'));
  expect(since.backup).toBe(Date.parse('2026-11-27T07:00:00Z'));
});

test('a backup that was never made is said', () => {
  expect(kinds({ services: [{ service: 'chain', status: 'ready', backupAt: null }] })).toEqual([
    ['noBackup', '', undefined, 'technician'],
  ]);
});
