import { describe, expect, it } from 'vitest';
import { addPrior, addRow, emptySums, fitRidge, solveRidge } from './ridge.ts';

describe('sums', () => {
  it('one coefficient by hand: weighted rows, pulled towards the prior', () => {
    const sums = emptySums(1);
    addRow(sums, [9, 2], 1, 10, 3);
    addRow(sums, [4], 0, 8, 1);
    addPrior(sums, [6], [1]);
    // (3·2·10 + 1·4·8 + 6·1) / (3·4 + 1·16 + 6)
    expect(solveRidge(sums)[0]).toBeCloseTo(98 / 34, 12);
  });
  it('without rows the prior comes back, 0 when there is none', () => {
    const sums = emptySums(2);
    addPrior(sums, [1, 2], [5, -3]);
    expect([...solveRidge(sums)]).toEqual([5, expect.closeTo(-3, 12)]);
    const bare = emptySums(2);
    addPrior(bare, [1, 2]);
    expect([...solveRidge(bare)]).toEqual([0, 0]);
  });
  it('the prior counts the same before the rows as after them', () => {
    const [before, after] = [emptySums(2), emptySums(2)];
    addPrior(before, [2, 3], [1, 1]);
    for (const sums of [before, after]) addRow(sums, [1, 4, 1, 7], 2, 5, 0.5);
    addPrior(after, [2, 3], [1, 1]);
    expect([...solveRidge(before)]).toEqual([...solveRidge(after)].map((value) => expect.closeTo(value, 12)));
  });
});

describe('rows in typed arrays', () => {
  // two outputs of y = 1 + 2x and y = -x; the last row has no second target
  const data = {
    features: Float64Array.of(1, 0, 1, 1, 1, 2, 1, 3),
    targets: Float64Array.of(1, 0, 3, -1, 5, -2, 7, Number.NaN),
    weights: Float64Array.of(1, 1, 1, 1),
    rows: 4,
    width: 2,
    outputs: 2,
  };
  it('each output has its own coefficients, from the rows that have it', () => {
    const fit = fitRidge(data, 1e-9);
    [1, 0, 2, -1].forEach((value, i) => {
      expect(fit[i]).toBeCloseTo(value, 4);
    });
  });
  it('strength counts in rows: as strong as the rows, it halves a slope that the mean does not hold', () => {
    const centred = { ...data, features: Float64Array.of(1, -1.5, 1, -0.5, 1, 0.5, 1, 1.5) };
    const slope = fitRidge(centred, 4)[2]!;
    expect(slope).toBeCloseTo(1, 4);
  });
});
