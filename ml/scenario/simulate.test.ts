import { describe, expect, test } from 'vitest';
import type { District, Scenario } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { dailySeries, emptyPaths, joinPaths, openPaths, simulateInChunks, simulatePaths } from './simulate.ts';

/** Two wards of a few hundred people, so that thirty paths take a moment. */
function village(): District {
  const district = exampleDistrict();
  const wards = district.wards.slice(0, 2).map((ward) => ({ ...ward, population: [80, 220, 40] }));
  return {
    ...district,
    wards,
    disease: { ...district.disease, severeShare: [0.2, 0.3, 0.4] },
    start: { infectious: wards.map(() => [2, 6, 1]) },
  };
}
const doses: Scenario = {
  name: 'doses',
  levers: [{ kind: 'vaccination', fromDay: 1, toDay: 2, firstDosesPerDay: 20, secondDosesPerDay: 0 }],
};
const run = { days: 6, paths: 30, stepDays: 1, seed: 7 };

describe('paths', () => {
  const all = simulatePaths(village(), doses, run);

  test('have one value a day of each series, by path', () => {
    expect(all).toMatchObject({ paths: 30, days: 6, wards: 2 });
    for (const name of dailySeries) expect(all.daily[name]).toHaveLength(180);
    expect(all.reportedByWard).toHaveLength(360);
    expect(all.doses).toHaveLength(30);
    expect(dailySeries).toEqual(['reported', 'hospital', 'intensiveCare', 'isolated', 'deaths', 'infections']);
  });

  test('wards sum to the district, deaths never fall, and doses are what the levers gave', () => {
    for (let i = 0; i < 180; i++) {
      expect(all.reportedByWard[2 * i]! + all.reportedByWard[2 * i + 1]!).toBe(all.daily.reported[i]);
      if (i % 6 > 0) expect(all.daily.deaths[i]).toBeGreaterThanOrEqual(all.daily.deaths[i - 1]!);
    }
    for (const given of all.doses) {
      expect(given).toBeGreaterThan(30);
      expect(given).toBeLessThanOrEqual(42);
    }
    expect(all.daily.infections.some((value) => value > 0)).toBe(true);
    expect(all.daily.hospital.some((value) => value > 0)).toBe(true);
  });

  test('of one seed are the same, whoever else is computed with them; of another they are others', () => {
    const some = simulatePaths(village(), doses, run, 20, 10);
    expect(some.paths).toBe(10);
    expect(some.daily.infections).toEqual(all.daily.infections.slice(20 * 6));
    expect(some.doses).toEqual(all.doses.slice(20));
    const open = openPaths(village(), doses, run);
    expect(open(3, 2).daily.reported).toEqual(all.daily.reported.slice(3 * 6, 5 * 6));
    expect(open(0, 1).daily.reported).toEqual(all.daily.reported.slice(0, 6));
    expect(simulatePaths(village(), doses, { ...run, seed: 8 }).daily.infections).not.toEqual(all.daily.infections);
  });

  test('in parts, one after the other, are the whole', () => {
    const parts = [simulatePaths(village(), doses, run, 0, 12), simulatePaths(village(), doses, run, 12, 18)];
    expect(joinPaths(parts, run, 2)).toEqual(all);
    expect(joinPaths([], run, 2)).toEqual(emptyPaths(30, 6, 2));
  });
});

describe('in chunks', () => {
  test('are the same paths, and tell how far they are after every 25 and at the end', async () => {
    const told: number[] = [];
    const chunked = await simulateInChunks(
      village(),
      doses,
      { ...run, paths: 60 },
      { progress: (share) => told.push(share) },
    );
    expect(chunked).toEqual(simulatePaths(village(), doses, { ...run, paths: 60 }));
    expect(told).toEqual([25 / 60, 50 / 60, 1]);
    expect(await simulateInChunks(village(), doses, run)).toEqual(simulatePaths(village(), doses, run));
  });

  test('let others have a turn between two chunks, and stop when they are told to', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    setTimeout(() => stop.abort(new Error('enough')), 0);
    await expect(
      simulateInChunks(
        village(),
        doses,
        { ...run, paths: 75 },
        {
          progress: (share) => told.push(share),
          signal: stop.signal,
        },
      ),
    ).rejects.toThrow('enough');
    expect(told.length).toBeLessThan(3);
    expect(told[0]).toBe(1 / 3);
    await expect(
      simulateInChunks(village(), doses, run, { signal: AbortSignal.abort(new Error('before')) }),
    ).rejects.toThrow('before');
  });
});
