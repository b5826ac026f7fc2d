import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shareWhole } from './share-whole.ts';

const weights = fc.array(fc.double({ min: 0.001, max: 1000, noNaN: true }), { minLength: 1, maxLength: 60 });

describe('shareWhole', () => {
  it('sums to the whole, each share within 1 of the exact one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), weights, (total, given) => {
        const shares = shareWhole(total, given);
        expect(shares.reduce((a, b) => a + b, 0)).toBe(total);
        const sum = given.reduce((a, b) => a + b, 0);
        shares.forEach((share, i) => {
          expect(Number.isInteger(share)).toBe(true);
          expect(Math.abs(share - (total * given[i]!) / sum)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  it('gives the rest to the largest remainders, the earlier place first', () => {
    // Hare quota of 100 seats by these votes: 46.75, 16.25, 15.95, 12.0, 6.0, 3.05 -> remainders .95 and .75 get one.
    expect(shareWhole(100, [46.75, 16.25, 15.95, 12, 6, 3.05])).toEqual([47, 16, 16, 12, 6, 3]);
    expect(shareWhole(1, [1, 1])).toEqual([1, 0]);
  });

  it('refuses a total or weights that cannot be shared', () => {
    expect(() => shareWhole(1.5, [1])).toThrow('total: 1.5');
    expect(() => shareWhole(-1, [1])).toThrow('total: -1');
    expect(() => shareWhole(5, [])).toThrow('weights');
    expect(() => shareWhole(5, [2, -1])).toThrow('weights: [2, -1]');
  });
});
