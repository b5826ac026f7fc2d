import { describe, expect, test } from 'vitest';
import type { LiveFigure } from '#contracts/live.ts';
import { filterFigures, parseFilter, permittedFilter } from './filter.ts';

const everything = () => 'all' as const;
const aggregate = (dataClass: string) => (dataClass === 'person' ? undefined : ('all' as const));
const figure = (areaId: string, formula: string): LiveFigure => ({
  ...{ areaId, formula, value: 3, unit: '', throughSequence: 1 },
});
const figures = [
  'cases-7d',
  'active-cases',
  'coverage-full',
  'beds-free',
  'businesses-active',
  'declared-by-nobody',
].flatMap((formula) => [figure('a', formula), figure('b', formula)]);
const told = (filter: ReturnType<typeof permittedFilter>) =>
  filterFigures(filter, figures).map(({ areaId, formula }) => `${areaId} ${formula}`);

describe('who may see no rows of persons', () => {
  const filter = permittedFilter(parseFilter({}), aggregate, new Set());

  test('hears no figure of persons, and none that nobody declared', () => {
    expect(told(filter)).toEqual(['a beds-free', 'b beds-free', 'a businesses-active', 'b businesses-active']);
  });

  test('hears no layer that is computed of cases, and is refused it by name', () => {
    for (const layer of ['risk', 'forecasts', 'clusters', 'scenarios', 'cases']) {
      expect([layer, filter.layers!.has(layer)]).toEqual([layer, false]);
      expect(() => permittedFilter(parseFilter({ layers: layer }), aggregate, new Set())).toThrow('does not permit');
    }
    for (const layer of ['counts', 'capacity', 'violations'])
      expect([layer, filter.layers!.has(layer)]).toEqual([layer, true]);
  });
});

test('who may see rows in some areas hears the figures of persons of those', () => {
  const filter = permittedFilter(parseFilter({}), aggregate, new Set(['a']));
  expect(told(filter)).toEqual([
    ...['a cases-7d', 'a active-cases', 'a coverage-full', 'a beds-free', 'b beds-free'],
    ...['a businesses-active', 'b businesses-active', 'a declared-by-nobody'],
  ]);
  expect(filter.limited!.get('risk')).toEqual(new Set(['a']));
});

test('who may see all rows hears everything, and shares no text with who may not', () => {
  const all = permittedFilter(parseFilter({}), everything, 'all');
  expect(told(all)).toHaveLength(figures.length);
  const keys = [
    all,
    permittedFilter(parseFilter({}), everything, new Set(['a'])),
    permittedFilter(parseFilter({}), everything, new Set()),
  ];
  expect(new Set(keys.map(({ key }) => key)).size).toBe(3);
});
