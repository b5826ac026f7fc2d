import { expect, test } from 'vitest';
import { serviceOfFormula } from '../faces.ts';
import { figureOrder, shownAtOnce } from './figure-order.ts';
import { listColumns, nextPage } from './list-columns.ts';
import { sumOfList } from './list-sum.ts';

test('most figures count the rows, whatever page is at hand', () => {
  expect(sumOfList('cases-7d', { total: 189, items: [{ caseId: 'a' }] })).toBe(189);
  expect(sumOfList('violations-open', { total: 0, items: [] })).toBe(0);
});

test('beds add up, coverage is the row of all ages, else the groups; published counts add up', () => {
  expect(sumOfList('beds-free', { total: 2, items: [{ bedsFree: 12 }, { bedsFree: -3 }] })).toBe(9);
  const coverage = [
    { ageGroup: '65+', peopleFullCourse: 1 },
    { ageGroup: 'all', peopleFullCourse: 7 },
  ];
  expect(sumOfList('coverage-full', { total: 2, items: coverage })).toBe(7);
  const periods = [
    { periodEnd: '2021-08-14', cases: 5 },
    { periodEnd: '2021-08-21', cases: 8 },
    { periodEnd: '2021-08-07', cases: 1 },
  ];
  // The list behind a figure holds just the periods of its window.
  expect(sumOfList('cases-7d', { total: 3, items: periods })).toBe(14);
  const wards = ['18-64', '65+'].flatMap((ageGroup) =>
    ['w0', 'w1'].map((areaId) => ({ areaId, ageGroup, peopleAtLeastOneDose: 10, peopleFullCourse: 3 })),
  );
  expect(sumOfList('coverage-one-dose-18', { total: 4, items: wards })).toBe(40);
  expect(sumOfList('coverage-full-18', { total: 4, items: wards })).toBe(12);
  const mixed = [...wards.slice(0, 3), { areaId: 'w1', ageGroup: 'all', peopleAtLeastOneDose: 50 }];
  expect(sumOfList('coverage-one-dose', { total: 4, items: mixed })).toBe(70);
  expect(sumOfList('coverage-one-dose-18', { total: 9, items: wards })).toBeNull();
  expect(sumOfList('cases-7d', { total: 1, items: [{ periodEnd: '2021-08-21', cases: null }] })).toBeNull();
});

test('a sum over a part of the rows is not claimed', () => {
  expect(sumOfList('beds-free', { total: 3, items: [{ bedsFree: 12 }] })).toBeNull();
});

test('columns: what names the row first, no place, no empty or nested values, the name of an area instead of its key', () => {
  const items = [
    { knownAt: 'x', areaId: 'a', areaName: 'Tân Phú', lon: 1, caseId: 'c', onsetDate: null, location: { lon: 1 } },
  ];
  expect(listColumns(items)).toEqual(['caseId', 'areaName', 'knownAt']);
});

test('the next page is an address, or a cursor for the same one', () => {
  expect(nextPage('/api/list?x=1', '/api/list?x=1&after=9')).toEqual({ path: '/api/list?x=1&after=9' });
  expect(nextPage('/api/list?x=1', '2021-08-24~88')).toEqual({ path: '/api/list?x=1', cursor: '2021-08-24~88' });
});

test('coverage without a number waits with the other figures, but one when none has a number', () => {
  const coverage = ['coverage-one-dose-18', 'coverage-full-18', 'coverage-full'];
  const shown = (values: (number | null)[]) =>
    shownAtOnce([
      { formula: 'cases-7d', value: null },
      ...coverage.map((formula, i) => ({ formula, value: values[i]! })),
      { formula: 'cases-14d', value: 4 },
    ]);
  expect(shown([null, 0, 0.5])).toEqual(['cases-7d', 'coverage-full-18', 'coverage-full']);
  expect(shown([null, null, null])).toEqual(['cases-7d', 'coverage-one-dose-18']);
});

test('figures are read in one order, unknown ones last, and belong to a service', () => {
  expect(figureOrder(['zeta', 'violations-open', 'incidence-7d', 'alpha'])).toEqual([
    'incidence-7d',
    'violations-open',
    'alpha',
    'zeta',
  ]);
  expect(['violations-overdue', 'businesses-active', 'beds-free'].map(serviceOfFormula)).toEqual([
    'urban-order',
    'economy',
    'epidemic',
  ]);
});
