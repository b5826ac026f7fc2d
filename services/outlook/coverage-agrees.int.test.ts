// One coverage everywhere: the figure, the risk's context and the scenario's start say the same people, beside a sample of single doses.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { readPlaces } from '../district/places.ts';
import { readFigures } from '../epidemic/figures/read-figures.ts';
import { momentOf } from '../epidemic/moment.ts';
import { message } from '../epidemic/testing/service.ts';
import { readCoverage } from '../scenarios/reads/district-facts.ts';
import { readContext } from './risk/context.ts';
import { dayOf, openDistrict, startMl } from './testing/service.ts';

const wards = [0, 1, 2, 3, 4, 5].map((ward) => `W${ward}`);
const groups = ['18-49', '50-64', '65+'];
const full = (ward: number, group: number) => 4000 + 300 * ward - 1000 * group;
const people = (group: number) => [10_000, 4000, 3000][group]!;

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startMl();
}, 120_000);
afterAll(() => service?.stop());

async function say(district: string, messages: ReturnType<typeof message>[]) {
  let last = 0;
  for (const result of await service.parts.appender.appendAll(messages)) {
    if (!result.ok) throw new Error(result.detail);
    last = result.sequence;
  }
  const epidemic = service.projections.find(({ name }) => name === 'epidemic')!;
  while (!(await epidemic.reached(district, last, 1000)));
}

const published = (
  district: string,
  areaId: string,
  ageGroup: string,
  day: number,
  doses: number,
  population?: number,
) =>
  message(
    district,
    'vaccination-count-published',
    {
      ...{ areaId, ageGroup, asOfDate: dayOf(day), peopleAtLeastOneDose: doses, peopleFullCourse: doses },
      ...(population === undefined ? {} : { population }),
    },
    `${dayOf(day)}T04:00:00.000Z`,
  );

async function read(district: string) {
  const { database } = service.parts;
  const moment = await momentOf(database, district, undefined, new Date());
  const places = await readPlaces(database, moment);
  const figures = new Map(
    (await readFigures(database, moment)).map((area) => [area.areaId, area.figures as Record<string, Figure>]),
  );
  const context = await readContext(database, moment, places, wards);
  const [scenario] = await readCoverage(database, moment, wards, [moment.day]);
  return { figures, series: context.find(({ name }) => name.startsWith('coverage')), scenario: scenario! };
}

test('published groups of adults beside single doses', async () => {
  const district = await openDistrict(service);
  await say(district, [
    ...wards.flatMap((areaId, ward) =>
      groups.flatMap((name, group) => [
        published(district, areaId, name, 10, full(ward, group) / 2, people(group)),
        published(district, areaId, name, 40, full(ward, group), people(group)),
      ]),
    ),
    message(
      district,
      'dose-administered',
      {
        ...{ doseId: 'x', personKey: 'x', areaId: 'W1a', doseNumber: 2, courseDoses: 2, ageYears: 70 },
        administeredDate: dayOf(39),
      },
      `${dayOf(40)}T04:00:00.000Z`,
    ),
  ]);
  const { figures, series, scenario } = await read(district);
  expect(series!.name).toBe('coverage18');
  expect(scenario.source).toBe('published-counts');
  wards.forEach((areaId, ward) => {
    const sum = full(ward, 0) + full(ward, 1) + full(ward, 2);
    expect(figures.get(areaId)!['coverage-full-18']).toMatchObject({ numerator: sum, denominator: 17_000 });
    expect(series!.rows.at(-1)![ward]).toBeCloseTo(sum / 17_000, 9);
    // three weeks before, what had been published by then
    expect(series!.rows.at(-4)![ward]).toBeCloseTo(sum / 2 / 17_000, 9);
    expect(series!.rows.at(-6)![ward]).toBeNaN();
    expect([...scenario.coverage.full.get(areaId)!]).toEqual(groups.map((name, group) => [name, full(ward, group)]));
  });
});

test('a total of the district alone: the wards are not said, and the scenario takes their share of it', async () => {
  const district = await openDistrict(service);
  await say(district, [published(district, 'D', 'all', 40, 60_000)]);
  const { figures, series, scenario } = await read(district);
  expect(figures.get('D')!['coverage-full']).toMatchObject({ value: 0.5 });
  expect(figures.get('W3')!['coverage-full']).toMatchObject({ value: null, reason: 'not-published' });
  expect(series).toBeUndefined();
  expect(scenario.coverage.full.get('W3')!.get('all')).toBe(10_000);
});

test('single doses alone: all say them', async () => {
  const district = await openDistrict(service);
  await say(
    district,
    [17, 18, 64, 65].map((ageYears, n) =>
      message(
        district,
        'dose-administered',
        {
          ...{ doseId: `d${n}`, personKey: `p${n}`, areaId: 'W2b', doseNumber: 2, courseDoses: 2, ageYears },
          administeredDate: dayOf(39),
        },
        `${dayOf(40)}T04:00:00.000Z`,
      ),
    ),
  );
  const { figures, series, scenario } = await read(district);
  expect(figures.get('W2')!['coverage-full']).toMatchObject({ numerator: 4, denominator: 20_000 });
  expect(series).toMatchObject({ name: 'coverage' });
  expect([series!.rows.at(-1)![2], series!.rows.at(-1)![3], series!.rows[0]![2]]).toEqual([0.0002, 0, 0]);
  expect(scenario.source).toBe('single-doses');
  expect([...scenario.coverage.full.get('W2')!].filter(([, count]) => count > 0)).toEqual([
    ['0-17', 1],
    ['18-49', 1],
    ['50-64', 1],
    ['65+', 1],
  ]);
  const list = await get<{ items: { peopleFullCourse: number }[] }>(
    service,
    figures.get('W2')!['coverage-full']!.list!,
  );
  expect(list.items.map((row) => row.peopleFullCourse)).toEqual([4]);
});
