import { expect, test } from 'vitest';
import { countBehind, figureBook, figureNow, momentOfAnswer } from './figure-book.ts';

const figure = (formula: string, value: number) => ({
  formula,
  formulaVersion: 3,
  value,
  unit: 'cases',
  list: `/list/${formula}`,
});

test('areas of several services share one entry, whichever shape their figures have', () => {
  const book = figureBook(
    [
      { asOf: '', areas: [{ areaId: 'a', figures: { 'cases-7d': figure('cases-7d', 4) } }] },
      { asOf: '', areas: [{ areaId: 'a', figures: [figure('violations-open', 2)] }] },
      undefined,
    ],
    'root',
  );
  expect(Object.keys(book.get('a')!)).toEqual(['cases-7d', 'violations-open']);
});

test('the nameless whole is the root, but a named root comes first', () => {
  const nameless = { areaId: null, figures: [figure('violations', 9)] };
  expect(figureBook([{ asOf: '', areas: [nameless] }], 'root').get('root')?.violations?.value).toBe(9);
  const named = { areaId: 'root', figures: [figure('violations', 8)] };
  expect(figureBook([{ asOf: '', areas: [named, nameless] }], 'root').get('root')?.violations?.value).toBe(8);
});

test('what the stream told wins over what was loaded, and keeps its list and version', () => {
  const book = figureBook([{ asOf: '', areas: [{ areaId: 'a', figures: [figure('cases-7d', 4)] }] }], undefined);
  const told = new Map([
    ['a', { 'cases-7d': { areaId: 'a', formula: 'cases-7d', value: 5, unit: 'cases', throughSequence: 9 } }],
  ]);
  expect(figureNow(book, told, 'a', 'cases-7d')).toMatchObject({ value: 5, formulaVersion: 3, list: '/list/cases-7d' });
  expect(figureNow(book, undefined, 'a', 'cases-7d')?.value).toBe(4);
  expect(figureNow(book, told, 'b', 'cases-7d')).toBeUndefined();
});

test('the rows behind a rate are its numerator, behind a count the count itself', () => {
  expect(countBehind({ ...figure('incidence-7d', 48.2), numerator: 12, denominator: 24_900 })).toBe(12);
  expect(countBehind(figure('cases-7d', 12))).toBe(12);
  expect(countBehind({ ...figure('coverage', 0.6), denominator: 100 })).toBeNull();
});

test('why a loaded figure had no number is not said of the number that was told since, and the other way round', () => {
  const silent = { ...figure('cases-7d', 0), value: null, reason: 'no-report', note: { vi: 'x', en: 'x' } };
  const book = figureBook([{ asOf: '', areas: [{ areaId: 'a', figures: [silent] }] }], undefined);
  const told = (more: object) =>
    new Map([
      ['a', { 'cases-7d': { areaId: 'a', formula: 'cases-7d', value: 5, unit: 'cases', throughSequence: 9, ...more } }],
    ]);
  expect(figureNow(book, told({}), 'a', 'cases-7d')).toMatchObject({ value: 5, reason: undefined, note: undefined });
  expect(figureNow(book, told({ value: null, reason: 'suppressed' }), 'a', 'cases-7d')).toMatchObject({
    value: null,
    reason: 'suppressed',
  });
});

test('what was told of a moment before the loaded one is out of date; an answer without a number is of no moment', () => {
  const said = (value: number | null) => ({ ...figure('cases-7d', 0), value });
  const answer = (value: number | null) => ({
    asOf: '2021-08-01T10:00:00.000Z',
    areas: [{ areaId: 'W1', figures: { 'cases-7d': said(value) } }],
  });
  const loaded = figureBook([answer(7)], 'q7');
  const at = (asOf: string | undefined) =>
    figureNow(
      loaded,
      new Map([['W1', { 'cases-7d': { areaId: 'W1', ...said(9), throughSequence: 3, ...(asOf ? { asOf } : {}) } }]]),
      'W1',
      'cases-7d',
      momentOfAnswer(answer(7)),
    )!.value;
  expect(['2021-08-01T09:59:59.999Z', '2021-08-01T10:00:00.000Z', undefined].map(at)).toEqual([7, 9, 9]);
  expect([momentOfAnswer(answer(null)), momentOfAnswer(undefined)]).toEqual([undefined, undefined]);
});
