import { describe, expect, it } from 'vitest';
import { fillSilentAreas } from './silent-areas.ts';

const count = 23;
/** One horizon: each area's 23 quantiles run evenly from half to one and a half times its median; NaN for no forecast. */
function forecasts(medians: readonly number[]): Float64Array {
  return Float64Array.from(
    { length: medians.length * count },
    (_, k) => medians[Math.floor(k / count)]! * (0.5 + (k % count) / (count - 1)),
  );
}
const quantiles = (values: Float64Array, area: number) => values.slice(area * count, (area + 1) * count);

describe('areas that never reported', () => {
  it('get the others per person, as wide as those differ, ascending', () => {
    const values = forecasts([10, 40, Number.NaN, 90]);
    const population = Float64Array.from([1e6, 2e6, 5e5, 3e6]);
    expect(fillSilentAreas(values, 1, { population, total: -1, share: false })).toEqual([2]);
    const filled = quantiles(values, 2);
    // rates per million are 10, 20, 30: half a million people have 5, 10, 15
    expect(filled[11]).toBeCloseTo(10, 9);
    expect(filled[0]).toBeGreaterThanOrEqual(5);
    expect(filled[22]).toBeLessThanOrEqual(15);
    for (let q = 1; q < count; q++) expect(filled[q]).toBeGreaterThanOrEqual(filled[q - 1]!);
  });
  it('a silent total is the sum of the others, or their mean by population for shares', () => {
    const population = Float64Array.from([1e6, 3e6, 4e6]);
    const counts = forecasts([10, 40, Number.NaN]);
    fillSilentAreas(counts, 1, { population, total: 2, share: false });
    expect(quantiles(counts, 2)[11]).toBeCloseTo(50, 9);
    const shares = forecasts([0.01, 0.02, Number.NaN]);
    fillSilentAreas(shares, 1, { population, total: 2, share: true });
    expect(quantiles(shares, 2)[11]).toBeCloseTo(0.0175, 9);
  });
  it('changes nobody who has a forecast, and says nothing when nobody has', () => {
    const values = forecasts([10, 40, Number.NaN]);
    const before = values.slice(0, 2 * count);
    fillSilentAreas(values, 1, { population: new Float64Array(3), total: -1, share: false });
    expect(values.slice(0, 2 * count)).toEqual(before);
    expect(quantiles(values, 2)[11]).toBeCloseTo(25, 9);
    const nothing = forecasts([Number.NaN, Number.NaN]);
    expect(fillSilentAreas(nothing, 1, { population: new Float64Array(2), total: -1, share: false })).toEqual([]);
    expect(nothing.every(Number.isNaN)).toBe(true);
  });
});
