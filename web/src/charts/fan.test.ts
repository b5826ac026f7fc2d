import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fanBlocks, quantileAt } from './fan.ts';

const levels = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975, 0.99];
const rising = fc
  .array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: levels.length, maxLength: levels.length })
  .map((values) => values.toSorted((a, b) => a - b));

test('a level that is given is answered as given; one between, between; one outside, never', () => {
  expect(quantileAt([0.1, 0.5, 0.9], [1, 5, 9], 0.5)).toBe(5);
  expect(quantileAt([0.1, 0.5, 0.9], [1, 5, 9], 0.7)).toBeCloseTo(7, 10);
  expect(() => quantileAt([0.1, 0.5, 0.9], [1, 5, 9], 0.95)).toThrow('level 0.95');
  expect(() => quantileAt([0.1, 0.5, 0.9], [1, 5, 9], 0.05)).toThrow('level 0.05');
});

test('bands lie within each other and hold the median, whatever was issued', () => {
  fc.assert(
    fc.property(rising, rising, (quantiles, baseline) => {
      const [block] = fanBlocks(
        { levels, horizons: [{ weeks: 1, targetDate: '2021-09-05', quantiles, baseline }] },
        true,
      );
      const [wide, middle, narrow] = block!.bands;
      expect([wide!.percent, middle!.percent, narrow!.percent]).toEqual([95, 80, 50]);
      const order = [wide!.low, middle!.low, narrow!.low, block!.median, narrow!.high, middle!.high, wide!.high];
      expect(order).toEqual(order.toSorted((a, b) => a - b));
    }),
  );
});

test('a weekly total is the mean of its seven days on a daily curve, and whole at its date on a weekly one', () => {
  const quantiles = levels.map((level) => 700 * level);
  const horizons = [{ weeks: 1, targetDate: '2021-09-05', quantiles, baseline: quantiles }];
  const [spread] = fanBlocks({ levels, horizons }, true);
  expect(spread).toMatchObject({ from: '2021-08-30', to: '2021-09-05', median: 50 });
  expect(fanBlocks({ levels, horizons }, false)[0]).toMatchObject({
    from: '2021-09-05',
    to: '2021-09-05',
    median: 350,
  });
  expect(fanBlocks({ levels, horizons, cadence: 'day' }, true)[0]).toMatchObject({ from: '2021-09-05', median: 350 });
});
