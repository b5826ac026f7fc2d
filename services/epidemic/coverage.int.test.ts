// Coverage on PostgreSQL: figure, list and rows beside each other, each value computed apart.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

type Figures = { areas: { areaId: string; figures: Record<string, Figure> }[] };
interface Row {
  areaId: string;
  ageGroup: string;
  basis: string;
  denominator: number | null;
  peopleAtLeastOneDose: number;
  peopleFullCourse: number;
}
type List = { total: number; items: Row[] };
const at = '2021-08-03T05:00:00.000Z';
const wards = ['W0', 'W1', 'W2', 'W3'];
const groups = ['18-49', '50-64', '65+'];
/** One dose, full course and people of a ward's age group. */
const people = (ward: number, group: number) => [
  500 - 30 * ward - 100 * group,
  300 - 20 * ward - 90 * group,
  520 - 110 * group,
];

describe('coverage', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic();
  });
  afterAll(() => service.stop());

  const figures = async (district: string) => {
    const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}&onDay=2021-08-03`);
    return (areaId: string, formula: string) => areas.find((area) => area.areaId === areaId)!.figures[formula]!;
  };
  const publish = (
    district: string,
    areaId: string,
    ageGroup: string,
    one: number,
    full: number,
    population?: number,
  ) =>
    message(
      district,
      'vaccination-count-published',
      {
        ...{ areaId, ageGroup, asOfDate: '2021-08-02', peopleAtLeastOneDose: one, peopleFullCourse: full },
        ...(population === undefined ? {} : { population }),
      },
      at,
    );
  const dose = (district: string, person: string, areaId: string, doseNumber: number, ageYears = 70) =>
    message(
      district,
      'dose-administered',
      {
        ...{ doseId: `${person}-${doseNumber}`, personKey: person, areaId, doseNumber },
        ...{ courseDoses: 2, ageYears, administeredDate: '2021-08-01' },
      },
      at,
    );

  test('groups of wards beside a sample of single doses: figure = list = the published groups, over their own people', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [
      ...wards.flatMap((areaId, ward) =>
        groups.map((name, group) => {
          const [one, full, all] = people(ward, group);
          return publish(district, areaId, name, one!, full!, all);
        }),
      ),
      dose(district, 'p', 'W0a', 1),
      dose(district, 'q', 'W2b', 1),
    ]);
    const figure = await figures(district);
    for (const [age, first] of [
      [18, 0],
      [50, 1],
      [65, 2],
    ] as const)
      for (const [which, formula, key] of [
        [0, 'coverage-one-dose', 'peopleAtLeastOneDose'],
        [1, 'coverage-full', 'peopleFullCourse'],
      ] as const) {
        for (const areaId of ['D', ...wards]) {
          let [numerator, denominator] = [0, 0];
          for (let ward = 0; ward < 4; ward++)
            for (let group = first; group < 3; group++) {
              if (areaId !== 'D' && areaId !== `W${ward}`) continue;
              numerator += people(ward, group)[which]!;
              denominator += people(ward, group)[2]!;
            }
          const found = figure(areaId, `${formula}-${age}`);
          expect([areaId, age, found.numerator, found.denominator]).toEqual([areaId, age, numerator, denominator]);
          expect(found.value).toBeCloseTo(numerator / denominator, 5);
          const list = await get<List>(service, found.list!);
          expect(list.items.reduce((sum, row) => sum + row[key], 0)).toBe(numerator);
          expect(list.items.every(({ basis }) => basis === 'published')).toBe(true);
        }
        for (const areaId of ['W0a', 'W1b'])
          expect(figure(areaId, `${formula}-${age}`)).toMatchObject({
            ...{ value: null, numerator: null, reason: 'not-published' },
            note: { vi: 'không công bố ở cấp này', en: 'not published at this level' },
          });
      }
    // adults' doses are not the coverage of all ages
    for (const areaId of ['D', 'W0']) {
      expect(figure(areaId, 'coverage-one-dose')).toMatchObject({ value: null, reason: 'other-ages' });
      const all = await get<List>(
        service,
        `/api/epidemic/vaccination?district=${district}&areaId=${areaId}&onDay=2021-08-03`,
      );
      expect(all.items.filter(({ ageGroup, basis }) => ageGroup === 'all' || basis !== 'published')).toEqual([]);
      expect(all.total).toBe(areaId === 'D' ? 12 : 3);
    }
  });

  test('without a denominator of just these ages there is no share, and the people are said', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [publish(district, 'W0', '18+', 500, 100)]);
    const before = await figures(district);
    expect(before('W0', 'coverage-one-dose-18')).toMatchObject({ value: null, numerator: 500, denominator: null });
    expect(before('W0', 'coverage-one-dose-18').reason).toBe('no-denominator');
    const { database } = service.parts;
    for (const [group, count] of [
      ['0-17', 200],
      ['18-64', 600],
      ['65+', 150],
    ] as const)
      await database.query(
        `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
         VALUES ($1, 'W0', $2, $3, '2000-01-01', '2000-01-01Z', true, $2, 90)`,
        [district, group, count],
      );
    expect((await figures(district))('W0', 'coverage-one-dose-18')).toMatchObject({
      ...{ value: 0.66667, denominator: 750, estimated: true },
    });
  });

  test('single doses, where nothing is published: a person who completes a course and has a third dose counts once', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [
      ...[1, 2, 3].map((number) => dose(district, 'p', 'W0a', number)),
      ...[1, 2].map((number) => dose(district, 'q', 'W0b', number, 17)),
      dose(district, 'r', 'W0b', 1, 18),
    ]);
    const figure = await figures(district);
    expect(figure('W0', 'coverage-full')).toMatchObject({ numerator: 2, denominator: 1000, value: 0.002 });
    expect(figure('W0', 'coverage-one-dose-18')).toMatchObject({ numerator: 2, value: null, reason: 'no-denominator' });
    expect(figure('W1', 'coverage-full')).toMatchObject({ numerator: 0, value: 0 });
    for (const formula of ['coverage-one-dose', 'coverage-one-dose-18', 'coverage-full-65']) {
      const list = await get<List>(service, figure('D', formula).list!);
      expect(list.items).toHaveLength(1);
      const key = formula.startsWith('coverage-full') ? 'peopleFullCourse' : 'peopleAtLeastOneDose';
      expect(list.items[0]![key]).toBe(figure('D', formula).numerator);
    }
  });
});
