import { exampleDistrict, simulatePaths, summarise, wardChancesOf } from '@vungxanh/ml/scenario';
import type { ScenarioOutcome } from '@vungxanh/services/contracts/scenarios.ts';
import { expect, test } from 'vitest';
import { wardChances } from './ward-chances.ts';

test('each ward’s chance is the share of paths whose last seven days reach the cut of its people', () => {
  const district = exampleDistrict();
  const days = 20;
  const paths = simulatePaths(district, { name: 'a', levers: [] }, { days, paths: 40, seed: 3, stepDays: 1 });
  const outcome = summarise(district, { name: 'a', levers: [] }, paths, [20, 50]);
  const wards = wardChancesOf(outcome.wards);
  const chances = new Map(
    wardChances({ ...outcome, areaIds: [], wards } as ScenarioOutcome, 50)!.map((chance) => [chance.areaId, chance]),
  );
  expect(chances.size).toBe(district.wards.length);
  // counted by hand, over each path's own reports
  const weekOf = (path: number, w: number, last: number) =>
    Array.from({ length: 7 }, (_, i) => paths.reportedByWard[(path * days + last - i) * paths.wards + w]!).reduce(
      (a, b) => a + b,
    );
  for (const [w, { id, population }] of district.wards.entries()) {
    const cases = (50 * population.reduce((a, b) => a + b)) / 1e5;
    const on = (day: number) =>
      Array.from({ length: 40 }, (_, path) => path).filter((path) => weekOf(path, w, day) >= cases).length / 40;
    const byDay = Array.from({ length: days - 6 }, (_, i) => on(i + 6));
    expect(chances.get(id)).toEqual({ areaId: id, atEnd: byDay.at(-1), highest: Math.max(...byDay) });
  }
});

test('likeliest first; a run that says nothing of wards, or of this cut, has none', () => {
  const of = (areaId: string, atEnd: number, highest: number) => ({
    areaId,
    probabilityReached: [{ cut: 50, atEnd, highest }],
  });
  const outcome = { wards: [of('a', 0.2, 0.3), of('b', 0.9, 0.9), of('c', 0.2, 0.8)] } as ScenarioOutcome;
  expect(wardChances(outcome, 50)?.map(({ areaId }) => areaId)).toEqual(['b', 'c', 'a']);
  expect(wardChances(outcome, 150)).toBeUndefined();
  expect(wardChances(outcome, undefined)).toBeUndefined();
  expect(wardChances({} as ScenarioOutcome, 50)).toBeUndefined();
});
