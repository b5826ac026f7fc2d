import { expect, test } from 'vitest';
import type { AreaFigure } from './announce.ts';
import { toldFigures } from './told-figures.ts';

const figure = (areaId: string, value: number | null, more: Partial<AreaFigure> = {}): AreaFigure => ({
  ...{ areaId, formula: 'cases-7d@1', value, unit: 'cases', numerator: value, denominator: null },
  ...more,
});
const rate = (areaId: string, more: Partial<AreaFigure> = {}) => figure(areaId, null, { formula: 'rate@1', ...more });

test('told is what says something else than before, area by area, in each district', () => {
  const told = toldFigures();
  const first = [figure('W0', 1), rate('W0'), figure('W1', 0), figure('W2', 0)];
  expect(told.news('q7', first, 0)).toEqual(first);
  expect(told.news('q7', first, 100)).toEqual([]);
  expect(told.news('q8', first, 100)).toEqual(first);
  // One of two moves: both of the area are told, and none of another.
  const moved = [figure('W0', 2), rate('W0'), figure('W1', 0), figure('W2', 0)];
  expect(told.news('q7', moved, 200)).toEqual([figure('W0', 2), rate('W0')]);
  // Back to what it was is news too.
  expect(told.news('q7', first, 300)).toEqual([figure('W0', 1), rate('W0')]);
});

test.each([
  ['denominator', { denominator: 1000 }],
  ['day of the data', { dataThroughDate: '2021-10-05' }],
  ['reason', { reason: 'no-population' }],
  ['numerator', { numerator: 7 }],
])('another %s is news', (_, more) => {
  const told = toldFigures();
  told.news('q7', [figure('W0', 1)], 0);
  expect(told.news('q7', [figure('W0', 1, more)], 1)).toHaveLength(1);
});

test('the moment alone is none', () => {
  const told = toldFigures();
  told.news('q7', [figure('W0', 1, { asOf: '2021-10-05T00:00:00Z' })], 0);
  expect(told.news('q7', [figure('W0', 1, { asOf: '2021-10-05T00:01:00Z' })], 1)).toEqual([]);
});

test('thirty seconds after everything was told it is told again: an announcement may have got lost', () => {
  const told = toldFigures();
  const figures = [figure('W0', 1), figure('W1', 2)];
  told.news('q7', figures, 1000);
  expect(told.news('q7', figures, 30_999)).toEqual([]);
  expect(told.news('q7', figures, 31_000)).toEqual(figures);
  expect(told.news('q7', figures, 31_001)).toEqual([]);
});
