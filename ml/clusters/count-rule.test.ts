import { describe, expect, test } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import { countAlarms } from './count-rule.ts';

const [days, areas] = [28, 300];
const people = new Float64Array(areas).fill(1000);

/** A wave of 33 cases a day over 300 neighbourhoods; `busy` of them have five times as many. */
function quiet(seed: number, busy = 0): Float64Array {
  const random = createRandom(seed);
  return Float64Array.from({ length: days * areas }, (_, i) => random.poisson(i % areas < busy ? 0.55 : 0.11));
}
const alpha = 0.001;

describe('eight cases in three days in a neighbourhood of 1,000 people', () => {
  test('are raised, whether the area had cases before or none', () => {
    let raised = 0;
    for (let seed = 0; seed < 40; seed++) {
      const cases = quiet(seed);
      if (seed % 2 === 0) for (let day = 0; day < days; day++) cases[day * areas + 7] = 0;
      for (let n = 0; n < 8; n++) cases[(days - 1 - (n % 3)) * areas + 7]!++;
      const [first] = countAlarms(cases, days, people);
      if (first?.area === 7 && first.p <= alpha) raised++;
    }
    expect(raised).toBeGreaterThanOrEqual(32);
  });

  test('in a district that had none at all, too', () => {
    const cases = new Float64Array(days * areas);
    for (let n = 0; n < 8; n++) cases[(days - 1 - (n % 3)) * areas + 7]!++;
    expect(countAlarms(cases, days, people)[0]).toMatchObject({ area: 7, observed: 8, daysLong: 3, expected: 0 });
    expect(countAlarms(cases, days, people)[0]!.p).toBeLessThanOrEqual(alpha);
  });
});

test('no alarm in 600 days without a cluster, areas that always have more among them', () => {
  let alarms = 0;
  for (let seed = 100; seed < 700; seed++)
    alarms += countAlarms(quiet(seed, seed % 20), days, people).some(({ p }) => p <= alpha) ? 1 : 0;
  // 5 % of months: one of 600 days
  expect(alarms).toBeLessThanOrEqual(1);
});

test('a wave that doubles everywhere is no cluster; four cases never are; an area without people is left out', () => {
  const cases = quiet(3);
  for (let i = (days - 7) * areas; i < days * areas; i++) cases[i]! *= 2;
  expect(countAlarms(cases, days, people).filter(({ p }) => p <= alpha)).toEqual([]);
  const few = new Float64Array(days * areas);
  few[27 * areas + 7] = 4;
  expect(countAlarms(few, days, people)).toEqual([]);
  few[27 * areas + 7] = 9;
  const nobody = people.slice();
  nobody[7] = 0;
  expect(countAlarms(few, days, nobody)).toEqual([]);
});

test('impossible input is named', () => {
  expect(() => countAlarms([1], 28, people)).toThrow('cases must have days × areas = 8400 values, got 1');
  expect(() => countAlarms(new Float64Array(7 * areas), 7, people)).toThrow('windowDays must be below days = 7, got 7');
});
