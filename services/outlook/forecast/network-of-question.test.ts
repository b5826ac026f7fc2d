import { loadNetwork } from '@vungxanh/ml';
import { expect, test } from 'vitest';
import { forecastOfSeries, type SeriesQuestion } from './forecast-of-series.ts';
import { networkFor } from './network-of-question.ts';

const question = (withNetwork: boolean, kind: 'flow' | 'stock' = 'flow', days = 60): SeriesQuestion => ({
  series: {
    target: kind === 'flow' ? 'admissions' : 'beds',
    areas: ['q7'],
    total: -1,
    step: 'day',
    kind,
    now: 20_000 + days - 1,
    firstWeekEnd: 0,
    source: {
      form: 'table',
      first: 20_000,
      last: 20_000 + days - 1,
      values: Float64Array.from({ length: days }, (_, t) => Math.round(4 * 1.04 ** t)),
      earlier: [],
    },
    breaks: [],
  },
  seed: 2021,
  version: 'test',
  rules: {
    day: { leastPeriods: 35, mostAge: 3, mostGap: 3, within: 28 },
    week: { leastPeriods: 8, mostAge: 2, mostGap: 2, within: 12 },
  },
  settledDays: 7,
  serial: { meanDays: 4.7, sdDays: 2.9, longestDays: 21 },
  withNetwork,
});

test('the card names the network, its weights, what it learned from and where it fails; its share is among the members', async () => {
  const asked = question(true);
  const [said] = forecastOfSeries(asked, await networkFor(asked));
  const { network, members } = said!.card as {
    network: { weightsHash: string; dataWindow: string[]; fails: { vi: string; en: string }[] };
    members: { name: string; weight: number }[];
  };
  const { card } = await loadNetwork();
  expect(network.weightsHash).toBe(card.weightsHash);
  expect(network.dataWindow).toEqual(card.dataWindow);
  expect(network.fails).toEqual(card.fails);
  expect(members.map(({ name }) => name)).toEqual(['growth', 'renewal', 'network']);
  expect(members.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
});

test('a version without it, and a level, go without it', async () => {
  expect(await networkFor(question(false))).toBeUndefined();
  expect(await networkFor(question(true, 'stock'))).toBeUndefined();
  const [said] = forecastOfSeries(question(false));
  expect(said!.card).not.toHaveProperty('network');
});

test('weights that are refused leave the forecast as it was without them, and the card says so', async () => {
  const asked = question(true);
  const refused = await networkFor(asked, () => Promise.reject(new Error('weights have the hash 12')));
  const [without] = forecastOfSeries(question(false));
  const [said] = forecastOfSeries(asked, refused);
  expect(said!.card).toMatchObject({ network: { refused: 'weights have the hash 12' } });
  expect(said!.horizons).toEqual(without!.horizons);
});

test('before the district has a record the baseline is shown without the network, and the combination with it', async () => {
  const young = question(true, 'flow', 37);
  const [without] = forecastOfSeries(young);
  expect(without).toMatchObject({ method: 'baseline', reason: expect.stringContaining('no track record yet') });
  const [said] = forecastOfSeries(young, await networkFor(young));
  expect(said).toMatchObject({ method: 'combination' });
  expect(said).not.toHaveProperty('reason');
  // five weeks that grew by a third each: the next is foreseen above the last, not flat
  const last = young.series.source.form === 'table' ? young.series.source.values.slice(-7).reduce((a, b) => a + b) : 0;
  expect(said!.horizons![0]!.quantiles[11]!).toBeGreaterThan(1.05 * last);
});
