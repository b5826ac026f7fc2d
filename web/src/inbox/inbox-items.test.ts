import type { Violation } from '@vungxanh/services/contracts/http/urban-order.ts';
import { expect, test } from 'vitest';
import type { ClustersAnswer } from '../api/outlook-answers.ts';
import type { Call } from '../screens/hotline/call.ts';
import { dutiesOf } from './duties.ts';
import { atAGlance, type Heard, inboxItems } from './inbox-items.ts';

const violation = (violationId: string, dueAt: string | null) =>
  ({ violationId, dueAt, statusSince: '2021-08-01T00:00:00Z' }) as Violation;
const risk = (areaId: string, riseIn2Weeks: number, more: object = {}) => ({
  areaId,
  riseIn2Weeks,
  score: 50,
  cuts: [20, 50, 150],
  modelId: 'm',
  dataThroughDate: '2021-08-23',
  ...more,
});
const nothing: Heard = { status: undefined, clusters: undefined, risks: [], overdue: [], feeds: [] };

test('what is broken stands first, then clusters, rises, terms that are over the longest, and feeds that are late', () => {
  const items = inboxItems({
    status: {
      services: [
        { service: 'epidemic', status: 'ready' },
        { service: 'economy', status: 'away' },
      ],
      parked: 2,
      disk: { freeBytes: 1, usedShare: 0.99, full: true },
    },
    clusters: {
      alerts: [{ areaIds: ['a', 'b'], observed: 9, expected: 2.1, knownAt: '2021-08-24T00:00:00Z' }],
    } as ClustersAnswer,
    risks: [
      risk('low', 0.49),
      risk('high', 0.9),
      risk('even', 0.5),
      risk('withheld', 0.9, { abstention: { reason: 'few', detail: '' } }),
    ],
    overdue: [
      violation('new', '2021-08-23T00:00:00Z'),
      violation('none', null),
      violation('old', '2021-08-02T00:00:00Z'),
    ],
    feeds: [
      { feed: 'cases', ageMs: 1000, stale: false },
      { feed: 'capacity', ageMs: 9_000_000, stale: true },
      { feed: 'indicators', ageMs: null, stale: true },
    ],
  });
  expect(items.map(({ key }) => key)).toEqual([
    'service economy',
    'parked',
    'disk',
    'cluster a 2021-08-24T00:00:00Z',
    'rise high',
    'rise even',
    'overdue old',
    'overdue new',
    'feed capacity',
    'feed indicators',
  ]);
  expect(items.at(-1)).toMatchObject({ silentMs: undefined });
});

test('a glance has something of every kind', () => {
  const feeds = ['a', 'b', 'c'].map((feed) => ({ feed, ageMs: null, stale: true }));
  const items = inboxItems({ ...nothing, risks: [risk('w1', 0.9), risk('w2', 0.8), risk('w3', 0.7)], feeds });
  expect(atAGlance(items, 3).map(({ key }) => key)).toEqual(['rise w1', 'rise w2', 'feed a']);
  expect(atAGlance(items, 99)).toEqual(items);
});

test('nothing heard is nothing that waits', () => expect(inboxItems(nothing)).toEqual([]));

test('whose duty a step is stands in the table of permissions', () => {
  expect(dutiesOf('violation.decide')).toEqual(['ward-leader', 'district-leader']);
  expect(dutiesOf('no.such')).toEqual([]);
});

test('calls that nobody took up stand before clusters, the longest first', () => {
  const call = (callId: string, statusSince: string, alertedAt: string | null = null) =>
    ({
      callId,
      statusSince,
      alertedAt,
      status: alertedAt ? 'answered' : 'unanswered',
      owners: [],
      areaId: null,
    }) as Partial<Call> as Call;
  const items = inboxItems({
    ...{ status: undefined, clusters: undefined, risks: [], overdue: [], feeds: [] },
    calls: [call('new', '2021-08-24T03:00:00Z'), call('flag', '2021-08-24T04:00:00Z', '2021-08-24T01:00:00Z')],
  });
  expect(items.map(({ key }) => key)).toEqual(['call flag', 'call new']);
});
