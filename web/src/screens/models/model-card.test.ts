import { expect, test } from 'vitest';
import { bandSize, familiesOf, type ModelCard, relativeOf, type StoredModel, scoreRows } from './model-card.ts';

const model = (modelId: string, kind: string, knownAt: string, card: ModelCard = {}): StoredModel => ({
  district: 'q7',
  modelId,
  kind,
  dataThroughDate: knownAt.slice(0, 10),
  knownAt,
  card,
});
const pair = (relativeWis: number | null) => ({
  model: { cells: 10, wis: 2 },
  baseline: { cells: 10, wis: 4 },
  relativeWis,
});

test('runs are grouped by what they answer, newest first, in a fixed order', () => {
  const families = familiesOf(
    [
      model('b', 'forecast', '2021-08-03T00:00:00Z', { target: 'beds' }),
      model('r1', 'risk', '2021-08-01T00:00:00Z'),
      model('x', 'unheard-of', '2021-08-09T00:00:00Z'),
      model('f1', 'forecast', '2021-08-01T00:00:00Z'),
      model('f2', 'forecast', '2021-08-02T00:00:00Z'),
    ],
    ['forecast', 'risk'],
  );
  expect(families.map(({ newest, earlier }) => [newest.modelId, ...earlier.map(({ modelId }) => modelId)])).toEqual([
    ['f2', 'f1'],
    ['b'],
    ['r1'],
    ['x'],
  ]);
});

test('the last rounds count before all rounds, and a score that is no number is none', () => {
  expect(relativeOf({ recent: pair(1.7), backtest: pair(0.8) })).toBe(1.7);
  expect(relativeOf({ recent: null, backtest: pair(0.8) })).toBe(0.8);
  expect(relativeOf({ relativeScore: 0.4 })).toBe(0.4);
  expect(relativeOf({ backtest: pair(null) })).toBeNull();
  expect(relativeOf({})).toBeNull();
});

test('bands are judged by what is accepted of them', () => {
  expect([0.3, 0.5, 0.7].map((held) => bandSize(50, held))).toEqual(['tooNarrow', 'wellSized', 'tooWide']);
  expect([0.68, 0.95, 1].map((held) => bandSize(95, held))).toEqual(['tooNarrow', 'wellSized', 'tooWide']);
});

test('horizons that were never scored have no row', () => {
  const card = { backtest: pair(1), byHorizon: [pair(1), null, pair(2)] };
  expect(scoreRows(card).map(({ weeks }) => weeks)).toEqual([null, 1, 3]);
  expect(scoreRows({})).toEqual([]);
});
