import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoDate } from '../numerics/days.ts';
import { readRiskData } from './backtest-data.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'risk-data-'));
  writeFileSync(join(folder, 'weekly_cases_by_area.csv'), 'area_id,population\nA,20000\nB,30000\n');
  writeFileSync(
    join(folder, 'weekly_rate_revisions.csv'),
    [
      'published_at,area_id,week_end_date,case_rate_per_100k',
      '2029-01-11T13:00:00-05:00,A,2029-01-06,10',
      '2029-01-11T13:00:00-05:00,B,2029-01-06,',
      '2029-01-11T13:00:00-05:00,CITY,2029-01-06,9',
      '<<<<<<< HEAD',
      // labelled on the Friday: the same week as the others call the 13th
      '2029-01-18T13:00:00-05:00,A,2029-01-12,12',
      '2029-01-18T13:00:00-05:00,A,2029-01-13,-5',
      '2029-01-18T13:00:00-05:00,B,2029-01-13,n/a',
      '2029-01-18T13:00:00-05:00,B,soon,7',
      '2029-01-18T13:00:00-05:00,B,2092-01-13,7',
      'yesterday,B,2029-01-13,7',
      '2029-01-18T13:00:00-05:00,stranger,2029-01-13,7',
      '',
    ].join('\n'),
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

test('unreadable rows are skipped and counted, a week labelled a day off is that week, a blank stays blank', () => {
  const { revisions, skipped, snapshots, neighbours } = readRiskData([folder]);
  expect(revisions.map(({ area, weekEnd, rate }) => [area, isoDate(weekEnd), rate])).toEqual([
    [0, '2029-01-06', 10],
    [1, '2029-01-06', Number.NaN],
    [-1, '2029-01-06', 9],
    [0, '2029-01-13', 12],
  ]);
  expect(skipped).toBe(5);
  expect(snapshots).toEqual([]);
  expect(neighbours.map((near) => near.length)).toEqual([0, 0]);
});
