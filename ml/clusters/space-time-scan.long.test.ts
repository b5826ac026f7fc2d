import { describe, expect, test } from 'vitest';
import { createRandom, type Random } from '../numerics/random.ts';
import { type AlertCandidate, alertDefaults, alertsToRaise, type ClusterAlert } from './cluster-alerts.ts';
import { zonesAround } from './cylinders.ts';
import { scanForClusters } from './space-time-scan.ts';

const side = 5;
const areas = side * side;
const days = 28;
const positions = Array.from(
  { length: areas },
  (_, i) => [106.7 + 0.01 * (i % side), 10.73 + 0.01 * Math.floor(i / side)] as const,
);
const zones = zonesAround(positions, { radiusKm: 3, areas: 9 });

/** areas of very different size, weekdays, a rising tide: nothing of it a cluster */
function quiet(random: Random): Float64Array {
  return Float64Array.from({ length: days * areas }, (_, i) => {
    const [day, area] = [Math.floor(i / areas), i % areas];
    return random.poisson((0.2 + 0.1 * (area % 4)) * (1 + 0.03 * day) * (day % 7 === 6 ? 0.5 : 1));
  });
}

test('a planted cluster is found: place, days and size', () => {
  const random = createRandom(4);
  const planted = new Set([12, 7, 11, 13, 17]);
  let found = 0;
  for (let run = 0; run < 20; run++) {
    const cases = quiet(random);
    for (let day = days - 5; day < days; day++)
      for (const area of planted) cases[day * areas + area]! += random.poisson(2.5);
    const [best] = scanForClusters({ cases, days, areas, zones, longestDays: 10, replications: 99, random });
    if (
      best &&
      best.p <= 0.05 &&
      best.areas.filter((area) => planted.has(area)).length >= 3 &&
      best.firstDay >= days - 8
    )
      found++;
  }
  expect(found).toBeGreaterThanOrEqual(18);
});

describe('false alarms on data without clusters are about alpha', () => {
  const runs = 300;
  const share = (model: 'permutation' | 'Poisson') => {
    const random = createRandom(21);
    const expectedShares = Float64Array.from({ length: days * areas }, (_, i) => {
      const [day, area] = [Math.floor(i / areas), i % areas];
      return (0.2 + 0.1 * (area % 4)) * (1 + 0.03 * day) * (day % 7 === 6 ? 0.5 : 1);
    });
    let alarms = 0;
    for (let run = 0; run < runs; run++) {
      const [best] = scanForClusters({
        cases: quiet(random),
        days,
        areas,
        zones,
        longestDays: 7,
        replications: 99,
        random,
        ...(model === 'Poisson' ? { expectedShares } : {}),
      });
      if (best && best.p <= 0.05) alarms++;
    }
    return alarms / runs;
  };
  // 5 % of 300: standard error 1.3 %
  for (const model of ['permutation', 'Poisson'] as const)
    test(model, () => {
      const falseAlarms = share(model);
      expect(falseAlarms).toBeGreaterThan(0.01);
      expect(falseAlarms).toBeLessThan(0.09);
    });
});

test('the likelihood ratio of a cluster worked out by hand', () => {
  // two areas, four days, equal expectation; on the last day 6 of the 10 cases in area 0
  const cases = [1, 0, 0, 1, 1, 1, 6, 0];
  const [best] = scanForClusters({
    cases,
    days: 4,
    areas: 2,
    zones: { members: [Int32Array.of(0), Int32Array.of(1)], distancesKm: [Float64Array.of(0), Float64Array.of(0)] },
    expectedShares: new Float64Array(8).fill(1),
    longestDays: 1,
    replications: 9,
    random: createRandom(1),
  });
  expect(best).toMatchObject({ centre: 0, observed: 6, expected: 1.25, firstDay: 3 });
  expect(best!.logLikelihoodRatio).toBeCloseTo(6 * Math.log(6 / 1.25) + 4 * Math.log(4 / 8.75), 12);
});

test('same seed, same answer; no cases, no cluster; impossible input is named', () => {
  const input = () => ({
    cases: quiet(createRandom(3)),
    days,
    areas,
    zones,
    longestDays: 7,
    replications: 19,
    random: createRandom(5),
  });
  expect(scanForClusters(input())).toEqual(scanForClusters(input()));
  expect(scanForClusters({ ...input(), cases: new Float64Array(days * areas) })).toEqual([]);
  expect(() => scanForClusters({ ...input(), longestDays: 20 })).toThrow(
    'longestDays must lie between 1 and half of days (14), got 20',
  );
  expect(() => scanForClusters({ ...input(), cases: [1, 2] })).toThrow(
    'cases must have days × areas = 700 values, got 2',
  );
});

describe('one alert is not raised again for seven days unless it grows', () => {
  const cluster = (areaIds: string[], observed: number, p = 0.001) => ({ areaIds, observed, p });
  const raised: ClusterAlert[] = [{ raisedDay: 100, areaIds: ['a', 'b'], observed: 10, p: 0.001 }];
  const reasonOn = (day: number, c: AlertCandidate) => alertsToRaise(day, [c], raised)[0]?.reason;

  test('the next days stay quiet, the eighth speaks, weeks later it is new', () => {
    expect([101, 106, 107, 120].map((day) => reasonOn(day, cluster(['a', 'b'], 12)))).toEqual([
      undefined,
      undefined,
      'still-there',
      'new',
    ]);
  });
  test('half as many cases again, or half as many areas again, is news', () => {
    expect(reasonOn(102, cluster(['a', 'b'], 15))).toBe('grown');
    expect(reasonOn(102, cluster(['a', 'b', 'c'], 11))).toBe('grown');
  });
  test('another place is news; a p above alpha is not', () => {
    expect(reasonOn(102, cluster(['d'], 5))).toBe('new');
    expect(reasonOn(102, cluster(['d'], 5, alertDefaults.alpha + 0.001))).toBeUndefined();
  });
  test('day after day of the same cluster: one alert a week', () => {
    const alerts: ClusterAlert[] = [];
    for (let day = 200; day < 228; day++)
      for (const { cluster: found } of alertsToRaise(day, [cluster(['x', 'y'], 20)], alerts))
        alerts.push({ ...found, raisedDay: day });
    expect(alerts.map((alert) => alert.raisedDay)).toEqual([200, 207, 214, 221]);
  });
});
