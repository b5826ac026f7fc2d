import { expect, test } from 'vitest';
import { simulateDistrict } from '../forecast/district/simulated-district.ts';
import { knownAt, knownTable } from './known-table.ts';
import { dailyNowcast, walkNowcast } from './nowcast.ts';

test('simulated districts with weekends and backlogs: bands hold what they say', () => {
  let [cells, held50, held95, below] = [0, 0, 0, 0];
  for (const seed of [11, 12, 13, 14]) {
    const list = simulateDistrict({ seed, days: 182, wards: 8, startCases: 30 });
    const table = knownTable(
      { period: list.day, delay: list.delay, change: list.change },
      list.firstDay - 14,
      list.lastDay,
      35,
    );
    for (const { origin, periods } of walkNowcast(table, dailyNowcast, () => true, {
      start: list.firstDay,
      from: list.firstDay + 60,
    }))
      for (const { period, lag, reported, quantile } of periods) {
        if (lag > 5 || origin > list.lastDay - 14) continue;
        const came = knownAt(table, period, list.lastDay);
        cells++;
        held50 += quantile(0.25) <= came && came <= quantile(0.75) ? 1 : 0;
        held95 += quantile(0.025) <= came && came <= quantile(0.975) ? 1 : 0;
        below += quantile(0.025) < reported ? 1 : 0;
      }
  }
  expect(held50 / cells).toBeGreaterThan(0.42);
  expect(held50 / cells).toBeLessThan(0.7);
  expect(held95 / cells).toBeGreaterThan(0.9);
  expect(held95 / cells).toBeLessThanOrEqual(0.99);
  expect(below).toBe(0);
});
