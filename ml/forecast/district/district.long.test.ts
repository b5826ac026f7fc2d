import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ScoreSum } from '../../metrics/coverage.ts';
import { serialInterval } from '../../rt/serial-interval.ts';
import { ForecastAbstainedError } from '../abstention.ts';
import { simulatedRehearsals } from './bench/sets.ts';
import { seenReports } from './completion.ts';
import { type DistrictRequest, forecastDistrictSeries, whyFlat } from './district-forecast.ts';
import { districtOptions, stockOptions } from './options.ts';
import { rehearse } from './rehearse.ts';
import { knownReports, reportTriangle } from './reports.ts';
import type { SeenHistory } from './seen.ts';
import { simulateDistrict } from './simulated-district.ts';

const options = districtOptions(serialInterval(4.7, 2.9, 21));
const rules = { leastPeriods: 28, mostAge: 10, mostGap: 7, within: 56 };
const median = 11;

const someReports = fc.array(
  fc.record({
    area: fc.integer({ min: 0, max: 1 }),
    day: fc.integer({ min: 0, max: 30 }),
    delay: fc.integer({ min: 0, max: 12 }),
  }),
  { minLength: 1, maxLength: 80 },
);
const changesOf = (reports: { area: number; day: number; delay: number }[]) => ({
  areas: ['A', 'B'],
  area: reports.map(({ area }) => area),
  day: reports.map(({ day }) => day),
  delay: reports.map(({ delay }) => delay),
  change: reports.map(() => 1),
});

describe('reports', () => {
  test('at every origin they are what had been learned by then', () => {
    fc.assert(
      fc.property(
        someReports,
        fc.integer({ min: 0, max: 30 }),
        fc.integer({ min: 0, max: 30 }),
        (reports, day, later) => {
          const origin = Math.min(30, day + later);
          const triangle = reportTriangle(changesOf(reports), 0, 30);
          const expected = reports.filter((one) => one.area === 1 && one.day === day && day + one.delay <= origin);
          expect(knownReports(triangle, 1, day, origin)).toBe(expected.length);
        },
      ),
    );
  });

  test('completed days are never fewer than was reported, are the reports where none is late, and add up to the district', () => {
    fc.assert(
      fc.property(someReports, fc.boolean(), (reports, late) => {
        const prompt = late ? reports : reports.map((one) => ({ ...one, delay: 0 }));
        const triangle = reportTriangle(changesOf(prompt), 0, 30);
        const { values } = seenReports(triangle, 30, true);
        for (let day = 0; day <= 30; day++) {
          expect(values[day]).toBeCloseTo(values[31 + day]! + values[62 + day]!, 9);
          const reported = knownReports(triangle, 0, day, 30);
          if (late) expect(values[31 + day]!).toBeGreaterThanOrEqual(reported - 1e-9);
          else expect(values[31 + day]!).toBeCloseTo(reported, 9);
        }
      }),
    );
  });

  test('half reported days are completed by the delays of the weeks before', () => {
    const reports = Array.from({ length: 60 }, (_, day) =>
      Array.from({ length: 40 }, (_, n) => ({ area: n % 2, day, delay: n < 20 ? 0 : 5 })),
    ).flat();
    const { values } = seenReports(reportTriangle(changesOf(reports), 0, 59), 59, true);
    // 20 of 40 are known on the last five days
    for (let day = 55; day < 60; day++) expect(Math.abs(values[day]! - 40)).toBeLessThan(2);
  });
});

const request = (history: SeenHistory, more: Partial<DistrictRequest> = {}): DistrictRequest => ({
  history,
  now: history.moments.at(-1)!.last,
  horizonWeeks: 4,
  options,
  rules,
  settledDays: 7,
  seed: 2021,
  codeVersion: 'test',
  ...more,
});

describe('a forecast from weeks of history', () => {
  const [simulated] = simulatedRehearsals([205], 1, 90);
  const { history } = simulated!;
  const answer = forecastDistrictSeries(request(history));

  test('has ascending quantiles that are not negative, weekly and daily, and the same again for the same seed', () => {
    expect(answer.areas).toHaveLength(history.areas.length);
    for (const { weeks, days } of answer.areas) {
      expect([weeks.length, days!.length]).toEqual([4, 28]);
      for (const { quantiles, baseline } of [...weeks, ...days!])
        for (const values of [quantiles, baseline]) {
          expect(values).toHaveLength(23);
          expect(values[0]!).toBeGreaterThanOrEqual(0);
          for (let q = 1; q < 23; q++) expect(values[q]!).toBeGreaterThanOrEqual(values[q - 1]!);
        }
    }
    expect(forecastDistrictSeries(request(history))).toEqual(answer);
  });

  test("the wards' medians add up to the district's in every week and on every day", () => {
    const [whole, ...wards] = answer.areas;
    for (const times of ['weeks', 'days'] as const)
      whole![times]!.forEach(({ quantiles }, t) => {
        const sum = wards.reduce((total, ward) => total + ward[times]![t]!.quantiles[median]!, 0);
        expect(Math.abs(sum - quantiles[median]!)).toBeLessThan(1e-6 * Math.max(1, sum));
      });
  });

  test('days add up to about their week', () => {
    for (const { weeks, days } of answer.areas)
      weeks.forEach(({ quantiles }, h) => {
        const sum = days!.slice(7 * h, 7 * h + 7).reduce((total, day) => total + day.quantiles[median]!, 0);
        expect(Math.abs(sum - quantiles[median]!)).toBeLessThan(0.1 * quantiles[median]! + 3);
      });
  });

  test('no moment looks at what is known later', () => {
    const cut = { ...history, moments: history.moments.slice(0, -20) };
    const settled = { ...options, settledSteps: 7 };
    const [short, long] = [rehearse(cut, 4, settled, 1), rehearse(history, 4, settled, 1)];
    expect(long.slice(0, short.length)).toEqual(short);
  });

  test('the card holds the score of its own past beside the baseline, and decides what is shown', () => {
    const { recentByHorizon, backtest, baselineShare } = answer.card;
    expect(backtest!.model.cells).toBeGreaterThan(500);
    expect(baselineShare).toBeGreaterThanOrEqual(0.25);
    expect(baselineShare).toBeLessThanOrEqual(0.5);
    // each week is judged by itself: the combination is shown as long as it is in one of them
    const better = recentByHorizon.map((own) => own!.relativeWis <= 1);
    expect(answer.areas[0]!.method).toBe(better.some(Boolean) ? 'combination' : 'baseline');
    answer.areas[0]!.weeks.forEach(({ quantiles, baseline }, h) => {
      // the district's own row is the sum that the wards are fitted to: where the baseline is shown it is the baseline
      if (!better[h]) expect(quantiles[median]).toBeCloseTo(baseline[median]!, 6);
    });
  });
});

test('a model that lost lately, or has no record, gives way to the baseline, and says by how much', () => {
  expect(whyFlat(0.9, 20, 15)).toBeNull();
  expect(whyFlat(1.31, 20, 15)).toContain('1.31 times');
  expect(whyFlat(0.5, 14, 15)).toBe('no track record yet: 14 past forecasts scored, at least 15 needed');
  // noise without growth, known at once: nothing can be learned in four and a half weeks
  const { areas, ...list } = simulateDistrict({ seed: 3, days: 33, wards: 4, startCases: 9 });
  const triangle = reportTriangle({ areas, ...list }, list.firstDay, list.lastDay);
  const moments = [30, 31, 32].map((day) => seenReports(triangle, list.firstDay + day, true));
  const young = forecastDistrictSeries(
    request({ areas: ['all', ...areas], total: 0, step: 'day', kind: 'flow', moments }),
  );
  expect(young.areas[0]).toMatchObject({ method: 'baseline', reason: expect.stringContaining('no track record yet') });
  expect(young.areas[1]!.weeks[0]!.baseline[median]).toBeCloseTo(
    moments[2]!.values.slice(33 * 2 - 7, 33 * 2).reduce((a, b) => a + b, 0),
    6,
  );
});

describe('what must not be forecast', () => {
  const weekly = (change: (values: Float64Array, steps: number) => void, weeks = 30) => {
    const moments = Array.from({ length: weeks - 4 }, (_, m) => {
      const steps = m + 5;
      const values = Float64Array.from({ length: 3 * steps }, (_, at) => {
        const [area, t] = [Math.floor(at / steps), at % steps];
        const cases = 40 + 20 * Math.sin(t / 4);
        return Math.round(area === 0 ? 2 * cases : cases);
      });
      if (m === weeks - 5) change(values, steps);
      return { first: 100, last: 100 + steps - 1, values };
    });
    return { areas: ['all', 'A', 'B'], total: 0, step: 'week', kind: 'flow', moments } satisfies SeenHistory;
  };
  const weeklyRules = { leastPeriods: 8, mostAge: 2, mostGap: 2, within: 12 };
  const ask = (history: SeenHistory, more: Partial<DistrictRequest> = {}) =>
    forecastDistrictSeries(request(history, { rules: weeklyRules, ...more }));

  test('a suppressed last week, a negative correction: that area abstains by name, the others are forecast', () => {
    const suppressed = ask(
      weekly((values, steps) => {
        values[3 * steps - 1] = Number.NaN;
      }),
    );
    expect(suppressed.abstentions).toEqual([expect.objectContaining({ area: 'B', reason: 'gap' })]);
    expect(suppressed.areas.map(({ area }) => area)).toEqual(['all', 'A']);
    const negative = ask(
      weekly((values, steps) => {
        values[2 * steps - 3] = -4;
      }),
    );
    expect(negative.abstentions).toEqual([expect.objectContaining({ area: 'A', reason: 'negative-correction' })]);
  });

  test('weekly numbers have no days', () => {
    expect(ask(weekly(() => {})).areas[0]!.days).toBeUndefined();
  });

  test('a definition that changed lately, reports that are too old, too few weeks: nothing at all', () => {
    const fine = weekly(() => {});
    const of = (run: () => unknown) => {
      try {
        run();
      } catch (error) {
        if (error instanceof ForecastAbstainedError) return error.abstentions.map(({ reason }) => reason);
        throw error;
      }
      return [];
    };
    expect(of(() => ask(fine, { breaks: [{ period: 125 }] }))).toEqual(Array(3).fill('definition-break'));
    expect(of(() => ask(fine, { now: 134 }))).toEqual(Array(3).fill('stale'));
    expect(of(() => ask(weekly(() => {}, 6)))).toEqual(Array(3).fill('too-little'));
    expect(() => ask(fine, { horizonWeeks: 5 })).toThrow('horizonWeeks must be 1, 2, 3 or 4, got 5');
  });

  test('a stock is forecast as a level, and starts at the present one', () => {
    const moments = Array.from({ length: 40 }, (_, m) => ({
      first: 0,
      last: m + 28,
      values: Float64Array.from({ length: m + 29 }, (_, t) => 200 + Math.round(40 * Math.sin(t / 9))),
    }));
    const { areas } = forecastDistrictSeries(
      request({ areas: ['D'], total: -1, step: 'day', kind: 'stock', moments }, { options: stockOptions() }),
    );
    const now = moments.at(-1)!.values.at(-1)!;
    expect(areas[0]!.weeks[0]!.baseline[median]).toBeCloseTo(now, 6);
    const tomorrow = areas[0]!.days![0]!.quantiles;
    expect(tomorrow[1]!).toBeLessThan(now);
    expect(tomorrow[21]!).toBeGreaterThan(now);
    const width = (day: number) => areas[0]!.days![day]!.quantiles[21]! - areas[0]!.days![day]!.quantiles[1]!;
    expect(width(6)).toBeGreaterThan(width(0));
  });
});

test('a series that never moves: the flat baseline is perfect, is shown, and says so', () => {
  const moments = Array.from({ length: 70 }, (_, m) => ({
    first: 0,
    last: m + 30,
    values: new Float64Array(2 * (m + 31)).fill(273),
  }));
  const { areas, card } = forecastDistrictSeries(
    request({ areas: ['D', 'W'], total: 0, step: 'day', kind: 'stock', moments }, { options: stockOptions() }),
  );
  expect(areas[0]!.reason).toContain('the flat baseline made no error at all');
  expect(areas[0]!.weeks[3]!.quantiles[median]).toBeCloseTo(273, 6);
  expect(card.members[0]!.weight).toBe(1);
});

test('on districts that no constant was chosen on it beats the flat baseline, and its bands hold', () => {
  const [model, baseline] = [new ScoreSum(), new ScoreSum()];
  for (const { history, truth } of simulatedRehearsals([201, 202, 203, 204, 205, 206], 7))
    for (const { last, quantiles, baseline: flat } of rehearse(history, 4, { ...options, settledSteps: 7 }, 2021))
      for (let i = 0; i < history.areas.length; i++)
        for (let h = 0; h < 4; h++) {
          const observed = truth(i, last + 7 * (h + 1));
          const at = (i * 4 + h) * 23;
          if (last - history.moments[0]!.first < 35 || Number.isNaN(observed) || Number.isNaN(quantiles[at]!)) continue;
          model.add(quantiles.subarray(at, at + 23), observed);
          baseline.add(flat.subarray(at, at + 23), observed);
        }
  const [m, b] = [model.summary(), baseline.summary()];
  expect(m.cells).toBeGreaterThan(2000);
  expect(m.wis / b.wis).toBeLessThan(0.98);
  expect(m.logWis / b.logWis).toBeLessThan(0.92);
  expect(m.coverage95).toBeGreaterThan(0.88);
  expect(m.coverage50).toBeGreaterThan(0.4);
  expect(m.coverage50).toBeLessThan(0.66);
});
