import { describe, expect, test } from 'vitest';
import { gammaCdf, gammaQuantile } from '../numerics/gamma-function.ts';
import { createRandom } from '../numerics/random.ts';
import reference from '../reference/flu2009.json' with { type: 'json' };
import { growthOf } from './growth.ts';
import { reproductionDefaults, reproductionNumbers } from './reproduction-number.ts';
import { serialInterval } from './serial-interval.ts';

describe('gamma distribution', () => {
  test('shape 1 is the exponential, shape 1/2 is the square of a normal', () => {
    expect(gammaCdf(2, 1, 1)).toBeCloseTo(1 - Math.exp(-2), 14);
    expect(gammaCdf(3.841458820694124 / 2, 0.5, 1)).toBeCloseTo(0.95, 12);
  });

  test('the quantile undoes the distribution function', () => {
    for (const shape of [0.3, 1, 7.5, 300])
      for (const p of [0.001, 0.025, 0.5, 0.975])
        expect(gammaCdf(gammaQuantile(p, shape, 2), shape, 2)).toBeCloseTo(p, 12);
  });
});

test('serial interval: EpiEstim discr_si(0:20, 2.6, 1.5), all 7 printed digits', () => {
  const own = serialInterval(2.6, 1.5, 20);
  reference.serialInterval.forEach((value, day) => {
    expect(Math.abs(own[day]! - value)).toBeLessThanOrEqual(6e-7 * value + 1e-15);
  });
});

describe('Flu2009 as EpiEstim prints it', () => {
  const own = reproductionNumbers(reference.incidence, {
    ...reproductionDefaults,
    fewestCases: 0,
    serialInterval: serialInterval(2.6, 1.5, 40),
  });
  for (const row of reference.reproductionNumbers)
    test(`week to day ${row.lastDay}: mean, sd and five quantiles to 1e-6 relative`, () => {
      // EpiEstim counts days from 1
      const estimate = own.find((value) => value.lastDay === row.lastDay - 1)!;
      if ('hidden' in estimate) throw new Error('hidden');
      for (const key of ['mean', 'sd', 'q025', 'q25', 'median', 'q75', 'q975'] as const)
        expect(Math.abs(estimate[key] / row[key] - 1)).toBeLessThan(1e-6);
    });

  test('with the published, rounded serial interval the mean moves by less than 0.5 %', () => {
    const rounded = reproductionNumbers(reference.incidence, {
      ...reproductionDefaults,
      fewestCases: 0,
      serialInterval: reference.roundedSerialInterval,
    });
    const [first] = rounded.filter((value) => value.lastDay === 7);
    if (!first || 'hidden' in first) throw new Error('hidden');
    expect(Math.abs(first.mean / 1.735798 - 1)).toBeLessThan(0.005);
  });
});

test('a window with few cases is hidden, as is one that starts with the first case', () => {
  const options = { ...reproductionDefaults, serialInterval: reference.roundedSerialInterval };
  const quiet = reproductionNumbers([0, 0, 3, 1, 0, 0, 1, 0, 0, 0, 0, 1], options);
  expect(quiet.map((value) => ('hidden' in value ? value.hidden : 'shown'))).toEqual([
    'before the first case',
    'before the first case',
    'too few cases',
    'too few cases',
    'too few cases',
  ]);
});

test('impossible input is named', () => {
  const options = { ...reproductionDefaults, serialInterval: [0, 1] };
  expect(() => reproductionNumbers([1, -2], options)).toThrow('cases[1] must be 0 or more, got -2');
  expect(() => reproductionNumbers([1], { ...options, windowDays: 0 })).toThrow(
    'windowDays must be a whole number of at least 1, got 0',
  );
  expect(() => reproductionNumbers([1], { ...options, serialInterval: [0.1, 0.9] })).toThrow(
    'serialInterval[0] must be 0',
  );
});

test('95 % intervals hold the true R of simulated epidemics about 95 % of the time', () => {
  const random = createRandom(8);
  const interval = serialInterval(5, 2, 20);
  let held = 0;
  const runs = 400;
  for (let run = 0; run < runs; run++) {
    const truth = 1.2;
    const cases = Array.from({ length: 10 }, () => 10);
    while (cases.length < 40) {
      let pressure = 0;
      for (let delay = 1; delay < interval.length && delay <= cases.length; delay++)
        pressure += interval[delay]! * cases[cases.length - delay]!;
      cases.push(random.poisson(truth * pressure));
    }
    const last = reproductionNumbers(cases, { ...reproductionDefaults, serialInterval: interval }).at(-1)!;
    if (!('hidden' in last) && last.q025 <= truth && truth <= last.q975) held++;
  }
  expect(held / runs).toBeGreaterThan(0.92);
  expect(held / runs).toBeLessThan(0.98);
});

describe('growth', () => {
  test('exact exponential growth is found, with its doubling time', () => {
    const cases = Array.from({ length: 28 }, (_, day) => 100 * 2 ** (day / 10));
    const growth = growthOf(cases);
    if ('hidden' in growth) throw new Error('hidden');
    expect(growth.rate).toBeCloseTo(Math.LN2 / 10, 9);
    expect(growth.doublingDays).toBeCloseTo(10, 7);
  });

  test('one laboratory batch (27, 106, 18 in a smooth wave) does not make growth certain', () => {
    const growth = growthOf([50, 52, 49, 51, 50, 48, 52, 50, 51, 49, 50, 27, 106, 18]);
    if ('hidden' in growth) throw new Error('hidden');
    expect(growth.dispersion).toBeGreaterThan(3);
    expect(growth.doublingDays).toBeUndefined();
  });

  test('few cases are hidden; a window of broken weeks is refused', () => {
    expect(growthOf(new Array<number>(14).fill(1))).toEqual({ hidden: 'too few cases', cases: 14 });
    expect(() => growthOf(new Array<number>(30).fill(5), { windowDays: 10, fewestCases: 1 })).toThrow('multiple of 7');
  });
});
