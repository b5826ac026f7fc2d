import fc from 'fast-check';
import { expect, test } from 'vitest';
import { logisticCdf, normalCdf } from '../numerics/distributions.ts';
import { bandOf, logEdges } from './bands.ts';

const cuts = [20, 50, 150];

test('a rate equal to a cut lies in the band above it', () => {
  expect([0, 19.99, 20, 49.99, 50, 149.99, 150, 4000].map((rate) => bandOf(rate, cuts))).toEqual([
    1, 1, 2, 2, 3, 3, 4, 4,
  ]);
});

test('an edge lies between the two whole counts on either side of the cut', () => {
  fc.assert(
    fc.property(fc.integer({ min: 300, max: 200_000 }), fc.constantFrom(...cuts), (population, cut) => {
      const unit = population / 1e5;
      const [edge] = logEdges(population, [cut]);
      const fewest = Math.max(1, Math.ceil(cut * unit - 1e-9));
      expect(Math.log((fewest - 1 + 0.5) / unit)).toBeLessThan(edge!);
      expect(Math.log((fewest + 0.5) / unit)).toBeGreaterThan(edge!);
    }),
  );
});

test('normal distribution function: table values (NIST handbook 1.3.6.7.1), to 1e-7', () => {
  const table: [number, number][] = [
    [0, 0.5],
    [1, 0.8413447461],
    [1.96, 0.9750021049],
    [-2.5758293, 0.005],
    [3, 0.998650102],
  ];
  for (const [z, p] of table) expect(Math.abs(normalCdf(z) - p)).toBeLessThan(1e-7);
});

test('the logistic has variance 1: integral of z² against its density', () => {
  let variance = 0;
  const step = 0.001;
  for (let z = -15; z < 15; z += step) variance += (z + step / 2) ** 2 * (logisticCdf(z + step) - logisticCdf(z));
  expect(variance).toBeCloseTo(1, 4);
});
