import { describe, expect, test } from 'vitest';
import { reliability, ScoreSum } from './coverage.ts';
import { hubLevels, logScale, pinballLoss, scoreCell, scoreCellLog } from './interval-score.ts';

// Three levels, so that every number can be worked out on paper: one interval of 50 % and the median.
const levels = [0.25, 0.5, 0.75];
const quantiles = [2, 5, 9];
const score = (observed: number) => scoreCell(quantiles, observed, levels);

describe('a cell by hand', () => {
  // Weights: 0.25 for the width of the interval, 1 beyond it, 0.5 for the distance from the median; in all over 1.5.
  test.each([
    [12, { dispersion: 1.75, over: 0, under: 3 + 3.5 }],
    [9, { dispersion: 1.75, over: 0, under: 2 }],
    [7, { dispersion: 1.75, over: 0, under: 1 }],
    [5, { dispersion: 1.75, over: 0, under: 0 }],
    [3, { dispersion: 1.75, over: 1, under: 0 }],
    [2, { dispersion: 1.75, over: 1.5, under: 0 }],
    [1, { dispersion: 1.75, over: 1 + 2, under: 0 }],
  ])('%f seen', (observed, { dispersion, over, under }) => {
    const cell = score(observed);
    expect(cell.dispersion).toBeCloseTo(dispersion / 1.5, 12);
    expect(cell.overprediction).toBeCloseTo(over / 1.5, 12);
    expect(cell.underprediction).toBeCloseTo(under / 1.5, 12);
    expect(cell.wis).toBeCloseTo((dispersion + over + under) / 1.5, 12);
    expect(cell.absoluteError).toBe(Math.abs(observed - 5));
  });

  test('both ends of an interval are inside', () => {
    expect([1.999, 2, 5, 9, 9.001].map((observed) => score(observed).inside50)).toEqual([
      false,
      true,
      true,
      true,
      false,
    ]);
    // An interval that the levels do not have holds nothing.
    expect(score(5).inside95).toBe(false);
  });

  test('as many quantiles as levels', () => {
    expect(() => scoreCell([1, 2], 1, levels)).toThrow(new RangeError('quantiles: got 2, expected 3'));
    expect(() => scoreCell([1, 2, 3, 4], 1, levels)).toThrow(new RangeError('quantiles: got 4, expected 3'));
  });
});

describe('the 23 levels of the hubs', () => {
  test('are symmetric about the median and ascend', () => {
    expect(hubLevels).toHaveLength(23);
    for (let i = 0; i < 23; i++) expect(hubLevels[i]! + hubLevels[22 - i]!).toBeCloseTo(1, 12);
    expect([...hubLevels].sort((a, b) => a - b)).toEqual(hubLevels);
    expect(hubLevels.slice(0, 4)).toEqual([0.01, 0.025, 0.05, 0.1]);
  });

  // A uniform forecast between 0 and 100: the sum of level × width over the eleven intervals is 85.855.
  const uniform = hubLevels.map((level) => 100 * level);

  test('a uniform forecast of what came true in its middle', () => {
    expect(scoreCell(uniform, 50)).toMatchObject({ overprediction: 0, underprediction: 0, absoluteError: 0 });
    expect(scoreCell(uniform, 50).wis).toBeCloseTo(85.855 / 11.5, 10);
  });

  test('inside 50 and 95 %', () => {
    const inside = (observed: number) => {
      const { inside50, inside95 } = scoreCell(uniform, observed);
      return [inside50, inside95];
    };
    expect([24.9, 25, 75, 75.1].map((observed) => inside(observed)[0])).toEqual([false, true, true, false]);
    expect([2.4, 2.5, 97.5, 97.6].map((observed) => inside(observed)[1])).toEqual([false, true, true, false]);
  });
});

test('pinball loss on both sides of the quantile', () => {
  expect(
    [pinballLoss(0.9, 10, 14), pinballLoss(0.9, 10, 10), pinballLoss(0.9, 10, 6)].map((x) => Number(x.toFixed(12))),
  ).toEqual([3.6, 0, 0.4]);
});

test('the log scale: one more, times the multiplier, never below zero', () => {
  expect(logScale(0)).toBe(0);
  expect(logScale(-5)).toBe(0);
  expect(logScale(Math.E - 1)).toBeCloseTo(1, 12);
  expect(logScale(0.01, 100)).toBeCloseTo(Math.log(2), 12);
  const forecast = new Float64Array(23).fill(3);
  expect(scoreCellLog(forecast, 7).wis).toBeCloseTo(Math.log(8) - Math.log(4), 12);
  expect(scoreCellLog(forecast, 7, 10).wis).toBeCloseTo(Math.log(71) - Math.log(31), 12);
});

describe('many cells', () => {
  const uniform = hubLevels.map((level) => 100 * level);

  test('their means, and the shares that fell inside', () => {
    const sum = new ScoreSum();
    const seen = [50, 20, 1, 99];
    const cells = seen.map((observed) => sum.add(uniform, observed));
    expect(cells).toEqual(seen.map((observed) => scoreCell(uniform, observed)));
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const summary = sum.summary();
    expect(summary.cells).toBe(4);
    expect(summary.wis).toBeCloseTo(mean(cells.map(({ wis }) => wis)), 12);
    expect(summary.logWis).toBeCloseTo(mean(seen.map((observed) => scoreCellLog(uniform, observed).wis)), 12);
    expect(summary.absoluteError).toBeCloseTo((0 + 30 + 49 + 49) / 4, 12);
    expect([summary.coverage50, summary.coverage95]).toEqual([0.25, 0.5]);
  });

  test('of proportions have a scale of their own', () => {
    const sum = new ScoreSum(100_000);
    const shares = uniform.map((value) => value / 1000);
    sum.add(shares, 0.02);
    expect(sum.summary().logWis).toBeCloseTo(scoreCellLog(shares, 0.02, 100_000).wis, 12);
  });

  test('how often the truth lay at or below each quantile', () => {
    const cells = [10, 50, 50.1, 200].map((observed) => ({ quantiles: uniform, observed }));
    const share = reliability(cells);
    // At 0.1 the first, at 0.5 two, from 0.55 on three: the last lies beyond all.
    const at = (level: number) => share[hubLevels.indexOf(level)];
    expect([0.05, 0.1, 0.45, 0.5, 0.55, 0.99].map(at)).toEqual([0, 0.25, 0.25, 0.5, 0.75, 0.75]);
    expect(share).toHaveLength(23);
  });
});
