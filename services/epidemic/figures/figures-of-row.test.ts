import { describe, expect, test } from 'vitest';
import { coverageOfAreas } from '../../coverage/area-coverage.ts';
import type { Moment } from '../../district/moment.ts';
import { type CountedArea, windowCounts } from '../counts/window-count.ts';
import { type FigureRow, figuresOfRow, type KnownOfAll } from './figures-of-row.ts';

const moment: Moment = {
  district: 'q',
  timeZone: 'Asia/Ho_Chi_Minh',
  exercise: false,
  clock: 'live',
  asOf: undefined,
  instant: '2021-08-10T03:00:00.000Z',
  day: '2021-08-10',
  now: '2021-08-10T03:00:00.000Z',
};
const today = Date.UTC(2021, 7, 10) / 86_400_000;
const row: FigureRow = {
  ...{ area_id: 'w', parent_id: null, name: 'W', level: 'ward', line_7: 4, line_14: 6, active: 2 },
  ...{ line_heard: true, cases_heard: true, beds_free: null, published: null, line_days: null, named: true },
};
type Given = { people?: number; published?: CountedArea['published']; division?: ReturnType<KnownOfAll['divisionOf']> };

/** Figures of one ward, of a line list unless counts are published. */
const figuresOf = ({ people, published = [], division }: Given, change: Partial<FigureRow> = {}) => {
  const area = { areaId: 'w', parentId: null, published, lineDays: new Map(), named: true };
  return figuresOfRow(
    { ...row, ...change },
    {
      moment,
      counts: windowCounts([area], { day: today, lineHeard: change.line_heard ?? true }),
      coverage: coverageOfAreas([{ areaId: 'w', parentId: null, groups: [], people: [], single: new Map() }]).coverage,
      peopleOf: () => (people === undefined ? undefined : { people, estimated: false }),
      runningDay: today,
      nameOf: (areaId) => `ward ${areaId}`,
      divisionOf: () => division,
    },
  ).figures;
};
/** Ten cases a day up to yesterday, for as many days. */
const daily = (days: number) =>
  Array.from({ length: days }, (_, i) => ({
    ...{ start: today - 1 - i, end: today - 1 - i, cases: 10, ratePer100k: null, suppressed: false },
  }));

describe('a rate has a reason of its own when it has no number', () => {
  test('nobody lives there; nobody said how many do', () => {
    const reasons = [0, undefined].map((people) => {
      const { value, reason, note, numerator } = figuresOf({ people })['incidence-7d'];
      return [value, numerator, reason, note!.en];
    });
    expect(reasons).toEqual([
      [null, 4, 'no-denominator', 'nobody lives in the area'],
      [null, 4, 'no-denominator', 'the population of the area is not known'],
    ]);
  });

  test('no case is no reason: 0 of people is 0', () => {
    expect(figuresOf({ people: 1000 }, { line_7: 0 })['incidence-7d']).toMatchObject({ value: 0, numerator: 0 });
  });

  test('a printed rate stands without the reason for which its count has no number', () => {
    const week = [{ start: today - 7, end: today - 1, cases: null, ratePer100k: 123.4, suppressed: false }];
    const { 'cases-7d': cases, 'incidence-7d': rate } = figuresOf({ people: 1000, published: week });
    expect([cases.value, cases.reason]).toEqual([null, 'rate-only']);
    expect([rate.value, rate.reason, rate.note, rate.explanation]).toEqual([123.4, undefined, undefined, undefined]);
  });
});

test('where parts of the district publish counts, a ward that the list never named has no active cases, which is not zero', () => {
  const area = (areaId: string, published: CountedArea['published'], named: boolean) => ({
    ...{ areaId, parentId: 'd', published, lineDays: new Map(), named },
  });
  const district = { areaId: 'd', parentId: null, published: [], lineDays: new Map(), named: true };
  const active = (named: boolean) =>
    figuresOfRow(
      { ...row, parent_id: 'd', active: 2 },
      {
        ...{ moment, runningDay: today, nameOf: (areaId: string) => areaId, divisionOf: () => undefined },
        counts: windowCounts([district, area('w', [], named), area('o', daily(7), false)], {
          day: today,
          lineHeard: true,
        }),
        coverage: coverageOfAreas([{ areaId: 'w', parentId: null, groups: [], people: [], single: new Map() }])
          .coverage,
        peopleOf: () => undefined,
      },
    ).figures['active-cases'];
  expect(active(true)).toMatchObject({ value: 2, numerator: 2 });
  expect(active(false)).toMatchObject({
    ...{ value: null, numerator: null, reason: 'no-report' },
    note: { en: 'the list of cases has never named this area' },
  });
});

describe('a ward that was made of parts of others', () => {
  const division = { since: today - 3, parts: ['old'], active: 0 };

  test('says that a window which reaches before the change is not known, and names the parts', () => {
    const { 'cases-7d': cases, 'incidence-7d': rate, 'active-cases': active } = figuresOf({ people: 1000, division });
    for (const figure of [cases, rate])
      expect([figure.value, figure.reason, figure.note!.en]).toEqual([
        null,
        'borders-changed',
        'not known: a part of it was ward old before, and nobody published which',
      ]);
    // Nobody of the old ward is under care: all who are, are of this one.
    expect([active.value, active.reason]).toEqual([2, undefined]);
    expect(figuresOf({ division: { ...division, active: 1 } })['active-cases']).toMatchObject({
      value: null,
      reason: 'borders-changed',
    });
  });

  test('has its own figures as soon as the whole window lies after it', () => {
    expect(figuresOf({ people: 1000, division: { ...division, since: today - 6 } })['cases-7d'].value).toBe(4);
    expect(figuresOf({ people: 1000, division: { ...division, since: today - 5 } })['cases-7d'].value).toBe(null);
  });

  test('the same of published counts', () => {
    const value = (since: number, days: number) => {
      const figure = figuresOf({ people: 1000, published: daily(days), division: { ...division, since } })['cases-7d'];
      return [figure.value, figure.reason];
    };
    expect(value(today - 3, 3)).toEqual([null, 'borders-changed']);
    expect(value(today - 20, 3)).toEqual([null, 'days-missing']);
    expect(value(today - 7, 7)).toEqual([70, undefined]);
  });
});

test('running totals are something that was said, and no new cases', () => {
  const reasons = [true, null].map((cumulative) => {
    const figure = figuresOf({}, { cumulative, line_heard: false })['cases-7d'];
    return [figure.value, figure.reason];
  });
  expect(reasons).toEqual([
    [null, 'cumulative-only'],
    [null, 'no-report'],
  ]);
});
