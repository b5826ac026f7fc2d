import type { Figure } from '@vungxanh/services/contracts/http.ts';
import type { LiveFigure } from '@vungxanh/services/contracts/live.ts';
import { describe, expect, test } from 'vitest';
import { countBehind, figureBook, figureNow } from './figure-book.ts';

const loaded: Figure = {
  formula: 'incidence-7d',
  formulaVersion: 3,
  value: 10,
  unit: 'per 100,000',
  numerator: 2,
  denominator: 20_000,
  list: '/list',
  explanation: 'x',
};
const book = figureBook([{ asOf: '', areas: [{ areaId: 'W1', figures: [loaded] }] }], undefined);
const told = (change: Partial<LiveFigure> = {}) =>
  new Map([
    [
      'W1',
      {
        'incidence-7d': {
          areaId: 'W1',
          formula: 'incidence-7d',
          value: 15,
          unit: 'per 100,000 people',
          throughSequence: 9,
          ...change,
        },
      },
    ],
  ]);
const now = (change?: Partial<LiveFigure>) => figureNow(book, told(change), 'W1', 'incidence-7d');

describe('a figure that the stream told', () => {
  test('takes value and unit, and keeps list, version and explanation', () => {
    expect(now()).toEqual({ ...loaded, value: 15, unit: 'per 100,000 people' });
    expect(now({ value: null })).toMatchObject({ value: null });
  });

  test('with its parts: those win; told as unknown they are unknown; not told they stay', () => {
    expect(now({ numerator: 3, denominator: 25_000 })).toMatchObject({ numerator: 3, denominator: 25_000 });
    expect(now({ numerator: 0, denominator: 25_000 })).toMatchObject({ numerator: 0 });
    // A rate whose cases are not known any more is not shown with the cases of before.
    expect(now({ numerator: null, denominator: 25_000 })).toMatchObject({ numerator: null, denominator: 25_000 });
    expect(now({ numerator: null, denominator: null })).toMatchObject({ numerator: null, denominator: 20_000 });
    expect(now({ numerator: null })).toMatchObject({ numerator: 2, denominator: 20_000 });
  });

  test('of an area or a formula that was not loaded stands alone', () => {
    expect(figureNow(new Map(), told(), 'W1', 'incidence-7d')).toEqual({
      formula: 'incidence-7d',
      formulaVersion: 1,
      value: 15,
      unit: 'per 100,000 people',
      numerator: undefined,
      denominator: undefined,
    });
    expect(figureNow(book, told(), 'W1', 'deaths')).toBeUndefined();
    expect(figureNow(book, told(), 'W2', 'incidence-7d')).toBeUndefined();
    expect(figureNow(book, new Map(), 'W1', 'incidence-7d')).toBe(loaded);
  });
});

test('figures of an area that nobody names, where there is no root, belong nowhere', () => {
  const nameless = { asOf: '', areas: [{ areaId: null, figures: [loaded] }] };
  expect(figureBook([nameless], undefined).size).toBe(0);
  expect(figureBook([], 'root').size).toBe(0);
  const named = { asOf: '', areas: [{ areaId: 'root', figures: { 'incidence-7d': { ...loaded, value: 1 } } }] };
  // Whichever answer or row comes first, the one that names the root has the last word.
  expect(figureBook([{ asOf: '', areas: [...named.areas, ...nameless.areas] }], 'root').get('root')).toEqual({
    'incidence-7d': { ...loaded, value: 1 },
  });
});

test('the count behind a figure', () => {
  const count = (figure: Partial<Figure>) => countBehind({ ...loaded, numerator: undefined, ...figure });
  expect(count({ numerator: 0 })).toBe(0);
  expect(count({ denominator: undefined, value: 12 })).toBe(12);
  expect(count({ denominator: 100, value: 0.5 })).toBeNull();
});
