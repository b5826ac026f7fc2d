import { expect, test } from 'vitest';
import { byClock, leftMs, type Report } from './report-clock.ts';

const report = (reportId: string, more: Partial<Report>): Report => ({
  ...{ reportId, topic: 'tree', status: 'routed', unit: null, occurredAt: '2021-10-01T00:00:00Z', dueAt: null },
  ...{ areaId: null, address: null, ...more },
});

test('by clock: over, due soon, later; then what has no time, the newest first', () => {
  const list = [
    report('paused', { status: 'paused' }),
    report('later', { dueAt: '2021-10-04T00:00:00Z' }),
    report('answered', { status: 'closed', dueAt: '2021-10-01T00:00:00Z', occurredAt: '2021-10-02T00:00:00Z' }),
    report('over', { dueAt: '2021-10-02T00:00:00Z' }),
  ];
  expect(list.toSorted(byClock).map(({ reportId }) => reportId)).toEqual(['over', 'later', 'answered', 'paused']);
  const at = Date.parse('2021-10-03T00:00:00Z');
  expect(list.map((one) => leftMs(one, at))).toEqual([undefined, 86_400_000, undefined, -86_400_000]);
});
