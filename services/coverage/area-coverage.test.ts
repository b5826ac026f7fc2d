import { describe, expect, test } from 'vitest';
import { groupsOfAges } from './age-ranges.ts';
import { coverageOfAreas, type VaccinatedArea } from './area-coverage.ts';

type Group = [ageGroup: string, oneDose: number | null, population?: number, date?: string];
const area = (
  areaId: string,
  parentId: string | null,
  groups: Group[] = [],
  people: [ageGroup: string, people: number][] = [],
  single?: Record<number, number>,
): VaccinatedArea => ({
  areaId,
  parentId,
  groups: groups.map(([ageGroup, oneDose, population, date = '2021-10-01']) => ({
    ...{ ageGroup, date, population: population ?? null, oneDose, fullCourse: null, additionalDose: null },
  })),
  people: people.map(([ageGroup, count]) => ({ ageGroup, date: '2020-01-01', people: count, estimated: true })),
  single: new Map(Object.entries(single ?? {}).map(([age, oneDose]) => [Number(age), { oneDose, fullCourse: 0 }])),
});
const of = (areas: VaccinatedArea[], areaId: string, fromAge: number) => {
  const { numerator, denominator, reason, estimated } = coverageOfAreas(areas).coverage(areaId, fromAge, 'oneDose');
  return { numerator, denominator, reason, estimated };
};
const adults: Group[] = [
  ['18-49', 600, 700],
  ['50-64', 150, 160],
  ['65+', 90, 100],
];

describe('which groups are exactly some ages', () => {
  const chosen = (names: string[], from: number, to = Number.POSITIVE_INFINITY) =>
    groupsOfAges(
      names.map((ageGroup) => ({ ageGroup, date: '2021-10-01' })),
      { from, to },
    )
      ?.map(({ ageGroup }) => ageGroup)
      .join(' ');

  test('each age once, to the end; one age more or less is another group', () => {
    expect(chosen(['0-17', '18-64', '65+'], 0)).toBe('0-17 18-64 65+');
    expect(chosen(['0-17', '18-64', '65+'], 18)).toBe('18-64 65+');
    expect(chosen(['0-16', '18-64', '65+'], 0)).toBeUndefined();
    expect(chosen(['0-18', '18-64', '65+'], 0)).toBeUndefined();
    expect(chosen(['1-17', '18+'], 0)).toBeUndefined();
    expect(chosen(['0-17', '18-64'], 0)).toBeUndefined();
    expect(chosen(['0-17', '18-64', '65-120'], 0)).toBe('0-17 18-64 65-120');
    expect(chosen(['0-17', '18-64', '65-99'], 0)).toBeUndefined();
    expect(chosen(['18-49', '50-64', '65+'], 50)).toBe('50-64 65+');
    expect(chosen(['18-64', '65+'], 50)).toBeUndefined();
    expect(chosen(['18-29', '30-49', '50+'], 18, 49)).toBe('18-29 30-49');
    expect(chosen(['0-17', '18-64', '65-100'], 0)).toBe('0-17 18-64 65-100');
    expect(chosen(['adults', '18+'], 18)).toBe('18+');
  });

  test('a total before its parts, unless it is older than they are', () => {
    expect(chosen(['0-17', '18+', 'all'], 0)).toBe('all');
    const dated = [
      { ageGroup: 'all', date: '2021-08-01' },
      { ageGroup: '0-17', date: '2021-10-01' },
      { ageGroup: '18+', date: '2021-09-30' },
    ];
    expect(groupsOfAges(dated, { from: 0, to: Number.POSITIVE_INFINITY })).toEqual(dated.slice(1));
  });
});

describe('coverage of an age and over', () => {
  test('each numerator over the people of its own ages', () => {
    const ward = [area('W', null, adults, [['all', 1300]])];
    expect(of(ward, 'W', 18)).toEqual({ numerator: 840, denominator: 960, estimated: false });
    expect(of(ward, 'W', 50)).toEqual({ numerator: 240, denominator: 260, estimated: false });
    expect(of(ward, 'W', 65)).toEqual({ numerator: 90, denominator: 100, estimated: false });
    expect(of(ward, 'W', 0)).toMatchObject({ numerator: null, denominator: null, reason: 'other-ages' });
  });

  test('a number that is blank or masked is said so, and is none of other ages', () => {
    const masked = area('W', 'D', [['18+', null, 900]]);
    const told = area('V', 'D', [['18+', 700, 800]]);
    const why = (areas: VaccinatedArea[], areaId: string, fromAge = 18) => {
      const { reason, missingParts, numerator } = coverageOfAreas(areas).coverage(areaId, fromAge, 'oneDose');
      return [reason, missingParts, numerator];
    };
    expect(why([area('D', null), masked, told], 'W')).toEqual(['value-missing', ['W'], null]);
    expect(why([area('D', null), masked, told], 'D')).toEqual(['value-missing', ['W'], null]);
    expect(why([area('D', null), masked, told], 'V')).toEqual([undefined, [], 700]);
    expect(why([area('D', null), masked, told], 'W', 65)[0]).toBe('other-ages');
    // One ward masks these ages, another publishes others, a third nothing.
    expect(why([area('D', null), masked, area('V', 'D', [['65+', 70]])], 'D')[0]).toBe('other-ages');
    expect(why([area('D', null), masked, area('V', 'D')], 'D')).toEqual(['parts-missing', ['V'], null]);
  });

  test('beside a ward that was divided it is not known, also where others publish; what is published of the part itself is', () => {
    const part = { ...area('P', 'D'), divided: ['old'] };
    const why = (...areas: VaccinatedArea[]) => {
      const { reason, numerator, missingParts } = coverageOfAreas([area('D', null), ...areas]).coverage(
        'P',
        18,
        'oneDose',
      );
      return [reason, numerator, missingParts];
    };
    expect(why(part, area('V', 'D', adults))).toEqual(['borders-changed', null, ['old']]);
    expect(why({ ...area('P', 'D', adults), divided: ['old'] })[1]).toBe(840);
  });

  test('with children’s doses published too, all ages have a coverage', () => {
    const ward = [area('W', null, [...adults, ['0-17', 0, 240]], [['all', 1300]])];
    expect(of(ward, 'W', 0)).toMatchObject({ numerator: 840, denominator: 1200 });
  });

  test('without the publisher’s denominator the people of these ages; without them none, with a reason', () => {
    const without = adults.map(([name, one]): Group => [name, one]);
    const groups: [string, number][] = [
      ['0-17', 300],
      ['18-64', 880],
      ['65+', 110],
    ];
    expect(of([area('W', null, without, [['all', 1300], ...groups])], 'W', 18)).toEqual({
      ...{ numerator: 840, denominator: 990, estimated: true },
    });
    expect(of([area('W', null, without, groups)], 'W', 50)).toMatchObject({
      numerator: 240,
      denominator: null,
      reason: 'no-denominator',
    });
    expect(of([area('W', null, without, [['all', 1300]])], 'W', 18)).toMatchObject({
      denominator: null,
      reason: 'no-denominator',
    });
    expect(of([area('W', null, [['18+', 5, 0]])], 'W', 18)).toMatchObject({
      denominator: null,
      reason: 'no-denominator',
    });
  });

  test('a district is the sum of all its wards, each as it publishes; a ward without a number is said', () => {
    const wards = [area('D', null, [], [['all', 5000]]), area('A', 'D', adults), area('B', 'D', [['18+', 50, 100]])];
    expect(of(wards, 'D', 18)).toEqual({ numerator: 890, denominator: 1060, estimated: false });
    expect(of(wards, 'D', 65)).toMatchObject({ numerator: null, reason: 'other-ages' });
    const missing = coverageOfAreas([...wards, area('C', 'D')]).coverage('D', 18, 'oneDose');
    expect(missing).toMatchObject({ numerator: null, reason: 'parts-missing', missingParts: ['C'] });
  });

  test('single doses never speak beside published totals, of whatever area', () => {
    const single = { 0: 8, 18: 8, 50: 5, 65: 1 };
    const quiet = [area('D', null, [], [['all', 40]], single), area('W', 'D', [], [['all', 20]], single)];
    expect(of(quiet, 'W', 0)).toEqual({ numerator: 8, denominator: 20, estimated: true });
    expect(of(quiet, 'W', 18)).toMatchObject({ numerator: 8, denominator: null, reason: 'no-denominator' });
    const beside = [...quiet, area('V', 'D', adults)];
    expect(of(beside, 'W', 0)).toMatchObject({ numerator: null, reason: 'not-published' });
  });

  test('the rows behind it are those that were added up', () => {
    const { rows, dataThroughDate } = coverageOfAreas([
      area('D', null),
      area('A', 'D', [...adults, ['18+', 1, 1, '2021-09-30']]),
      area('B', 'D', [
        ['all', 70],
        ['18+', 50, 100, '2021-09-01'],
      ]),
    ]).coverage('D', 18, 'oneDose');
    expect(rows.map((row) => `${row.areaId} ${row.ageGroup} ${row.oneDose}`)).toEqual([
      ...['A 18-49 600', 'A 50-64 150', 'A 65+ 90', 'B 18+ 50'],
    ]);
    expect(dataThroughDate).toBe('2021-09-01');
  });
});
