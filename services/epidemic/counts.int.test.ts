// Published counts on PostgreSQL, each value beside one that is computed apart from the raw rows.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { committedSubject, type LiveFigure } from '#contracts/live.ts';
import { append, get, until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

type Figures = { areas: { areaId: string; figures: Record<string, Figure> }[] };
type List = {
  total: number;
  items: { areaId: string; cases: number | null; periodStart: string; periodEnd: string }[];
};
const day = (offset: number) => new Date(Date.UTC(2021, 7, 1 + offset)).toISOString().slice(0, 10);
const moment = (offset: number) => `${day(offset)}T05:00:00.000Z`;
const wards = ['W0', 'W1', 'W2', 'W3'];

interface Published {
  areaId: string;
  from: number;
  to: number;
  cases: number | null;
  rate?: number;
}

describe('counts as a department publishes them', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic();
  });
  afterAll(() => service.stop());

  const publish = (district: string, rows: Published[], at = 40) =>
    append(
      service,
      district,
      rows.map(({ areaId, from, to, cases, rate }) =>
        message(
          district,
          'case-count-published',
          {
            ...{ areaId, measure: 'new-cases', periodStart: day(from), periodEnd: day(to), cases },
            ...(rate === undefined ? {} : { ratePer100k: rate }),
            suppressed: cases === null && rate === undefined,
          },
          moment(at),
        ),
      ),
    );
  const figures = async (district: string, onDay: number, more = '') => {
    const { areas } = await get<Figures>(
      service,
      `/api/epidemic/figures?district=${district}&onDay=${day(onDay)}${more}`,
    );
    return (areaId: string, formula: string) => areas.find((area) => area.areaId === areaId)!.figures[formula]!;
  };
  /** Cases of days from..to, by a sum of its own. */
  const plainSum = (rows: Published[], areaIds: string[], from: number, to: number) =>
    rows
      .filter((row) => areaIds.includes(row.areaId) && row.from === row.to && row.from >= from && row.to <= to)
      .reduce((sum, { cases }) => sum + cases!, 0);

  test('daily counts of a wave: each ward and the district are the plain sum on each day, and so are their lists', async () => {
    const district = await openTestDistrict(service);
    const rows = wards.flatMap((areaId, ward) =>
      Array.from({ length: 40 }, (_, at) => ({
        ...{ areaId, from: at, to: at },
        cases: Math.round(30 * Math.exp(-(((at - 20 - ward) / 9) ** 2)) + ((at * 7 + ward) % 5)),
      })),
    );
    await publish(district, rows);
    for (const onDay of [13, 14, 21, 33, 39]) {
      const figure = await figures(district, onDay);
      for (const [areaId, of] of [...wards.map((ward) => [ward, [ward]] as const), ['D', wards] as const]) {
        const [seven, fourteen] = [7, 14].map((days) => plainSum(rows, [...of], onDay - days + 1, onDay));
        expect([areaId, onDay, figure(areaId, 'cases-7d').value, figure(areaId, 'cases-14d').value]).toEqual([
          ...[areaId, onDay, seven, fourteen],
        ]);
        expect(figure(areaId, 'incidence-7d').value).toBeCloseTo((seven! * 1e5) / (of.length * 1000), 3);
        for (const formula of ['cases-7d', 'cases-14d', 'incidence-14d']) {
          const list = await get<List>(service, figure(areaId, formula).list!);
          expect(list.items.reduce((sum, row) => sum + row.cases!, 0)).toBe(figure(areaId, formula).numerator);
        }
      }
    }
  });

  test('a file that ends yesterday keeps its figure, and says of which days it is; after a week it does not speak of now', async () => {
    const district = await openTestDistrict(service);
    await publish(
      district,
      wards.flatMap((areaId) => Array.from({ length: 14 }, (_, at) => ({ areaId, from: at, to: at, cases: 10 }))),
    );
    for (const areaId of ['W1', 'D']) {
      const cases = 70 * (areaId === 'D' ? 4 : 1);
      expect((await figures(district, 14))(areaId, 'cases-7d')).toMatchObject({
        ...{ value: cases, dataThroughDate: day(13), window: { days: 7, daysSaid: 7 } },
        note: { vi: expect.stringContaining('14/08/2021'), en: expect.stringContaining('2021-08-14') },
      });
      expect((await figures(district, 19))(areaId, 'incidence-7d').value).toBe(7000);
      expect((await figures(district, 20))(areaId, 'cases-7d')).toMatchObject({ value: null, reason: 'no-report' });
    }
  });

  test('a day that is missing is named, and what is said of the others is no figure; a suppressed one likewise', async () => {
    const district = await openTestDistrict(service);
    const daily = (areaId: string, change: (at: number) => number | null | undefined) =>
      Array.from({ length: 14 }, (_, at) => ({ areaId, from: at, to: at, cases: change(at) })).filter(
        (row): row is Published => row.cases !== undefined,
      );
    await publish(district, [
      ...daily('W0', (at) => (at === 10 ? undefined : 3)),
      ...daily('W1', (at) => (at === 10 ? null : 3)),
      ...daily('W2', (at) => (at === 6 ? undefined : 3)),
      ...daily('W3', () => 3),
    ]);
    const figure = await figures(district, 13);
    expect(figure('W0', 'cases-7d')).toMatchObject({
      ...{ value: null, numerator: null, reason: 'days-missing', window: { days: 7, daysSaid: 6 } },
      explanation: expect.stringMatching(/missing 2021-08-11; at least 18 cases/),
    });
    expect(figure('W0', 'incidence-7d')).toMatchObject({ value: null, reason: 'days-missing' });
    expect(figure('W1', 'cases-7d')).toMatchObject({ value: null, reason: 'suppressed' });
    expect(figure('W2', 'cases-7d').value).toBe(21);
    expect(figure('W2', 'cases-14d').reason).toBe('days-missing');
    expect(figure('D', 'cases-7d').value).toBeNull();
    // the missing day comes later, and the suppressed one is said: from then on
    await publish(
      district,
      [
        { areaId: 'W0', from: 10, to: 10, cases: 5 },
        { areaId: 'W1', from: 10, to: 10, cases: 4 },
      ],
      42,
    );
    const values = async (asOf: number) => {
      const at = await figures(district, 13, `&asOf=${moment(asOf)}`);
      return ['W0', 'W1', 'D'].map((areaId) => at(areaId, 'cases-7d').value);
    };
    expect([await values(41), await values(42)]).toEqual([
      [null, null, null],
      [23, 22, 87],
    ]);
  });

  test('days beside weeks, a ward beside its neighbourhoods, a district beside its wards: none is counted twice', async () => {
    const district = await openTestDistrict(service);
    const daily = (areaId: string, cases: number) =>
      Array.from({ length: 7 }, (_, at) => ({ areaId, from: 7 + at, to: 7 + at, cases }));
    await publish(district, [
      { areaId: 'W0', from: 7, to: 13, cases: 70 },
      ...daily('W0', 9),
      { areaId: 'W1', from: 7, to: 13, cases: 20 },
      ...daily('W1a', 1),
      ...daily('W1b', 1),
      ...daily('W2a', 2),
      ...daily('W2b', 3),
      { areaId: 'W3', from: 0, to: 13, cases: 44 },
      { areaId: 'W3', from: 7, to: 9, cases: 4 },
      { areaId: 'W3', from: 10, to: 13, cases: 5 },
    ]);
    const figure = await figures(district, 13);
    expect(wards.map((areaId) => figure(areaId, 'cases-7d').value)).toEqual([63, 20, 35, 9]);
    expect(figure('D', 'cases-7d').value).toBe(127);
    expect(figure('W3', 'cases-14d').value).toBe(44);
    const list = await get<List>(service, figure('D', 'cases-7d').list!);
    expect(list.items.reduce((sum, row) => sum + row.cases!, 0)).toBe(127);
  });

  test('a ward of which nothing was heard has no figure beside wards that report, and a neighbourhood of a ward neither', async () => {
    const district = await openTestDistrict(service);
    await publish(district, [
      { areaId: 'W0', from: 7, to: 13, cases: 12 },
      { areaId: 'W1', from: 7, to: 13, cases: null },
      { areaId: 'W2', from: 7, to: 13, cases: 0 },
    ]);
    const figure = await figures(district, 13);
    for (const formula of ['cases-7d', 'incidence-7d', 'cases-14d', 'active-cases']) {
      for (const areaId of ['W3', 'W0a'])
        expect([areaId, formula, figure(areaId, formula)]).toMatchObject([
          ...[areaId, formula],
          { value: null, numerator: null, reason: 'no-report', note: { vi: expect.any(String) } },
        ]);
    }
    expect(wards.map((areaId) => figure(areaId, 'incidence-7d').value)).toEqual([1200, null, 0, null]);
    expect(figure('W1', 'incidence-7d').reason).toBe('suppressed');
  });

  test('a line list of the district speaks for its quiet wards; beside published counts, for the wards that it names', async () => {
    const district = await openTestDistrict(service);
    const confirmed = (caseId: string, areaId: string | undefined) =>
      message(district, 'case-confirmed', { caseId, areaId, confirmedDate: day(12) }, moment(13));
    await append(service, district, [confirmed('a', 'W0a'), confirmed('b', 'W0b'), confirmed('c', undefined)]);
    const alone = await figures(district, 13);
    expect(['D', ...wards].map((areaId) => alone(areaId, 'cases-7d').value)).toEqual([3, 2, 0, 0, 0]);
    await publish(district, [
      { areaId: 'W1', from: 7, to: 13, cases: 20 },
      { areaId: 'W2', from: 7, to: 13, cases: 30 },
    ]);
    const beside = await figures(district, 13);
    expect(['D', ...wards].map((areaId) => beside(areaId, 'cases-7d').value)).toEqual([null, 2, 20, 30, null]);
    await publish(district, [{ areaId: 'W3', from: 7, to: 13, cases: 40 }]);
    const whole = (await figures(district, 13))('D', 'cases-7d');
    expect(whole.value).toBe(93);
    const list = await get<List>(service, whole.list!);
    expect(list.items.reduce((sum, row) => sum + row.cases!, 0)).toBe(93);
  });

  test('people of age groups that are every age once are the denominator, of a district those of its wards; nobody is no denominator', async () => {
    const district = await openTestDistrict(service);
    const { database } = service.parts;
    await database.query(`DELETE FROM geography.population_versions WHERE district = $1`, [district]);
    const people = (areaId: string, group: string, count: number) =>
      database.query(
        `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
         VALUES ($1, $2, $3, $4, '2000-01-01', '2000-01-01Z', false, $3, 90)`,
        [district, areaId, group, count],
      );
    for (const [group, count] of [
      ['0-17', 5000],
      ['18-64', 12_000],
      ['65+', 3000],
    ] as const)
      await people('W0', group, count);
    await people('W1', 'all', 0);
    await people('W2', '18+', 9000);
    await people('W3', 'all', 1000);
    await publish(
      district,
      wards.map((areaId) => ({ areaId, from: 7, to: 13, cases: 30 })),
    );
    const rates = async () => {
      const figure = await figures(district, 13);
      return [...wards, 'D'].map((areaId) => figure(areaId, 'incidence-7d').value);
    };
    expect(await rates()).toEqual([150, null, null, 3000, null]);
    expect((await figures(district, 13))('W2', 'incidence-7d')).toMatchObject({
      ...{ numerator: 30, denominator: null, reason: 'no-denominator' },
    });
    await people('W2', '0-17', 0);
    expect(await rates()).toEqual([150, null, 333.333, 3000, 400]);
  });

  test('the running day is marked, in the figure and in the series', async () => {
    const district = await openTestDistrict(service);
    const today = 13;
    await publish(
      district,
      Array.from({ length: 8 }, (_, at) => ({ areaId: 'W0', from: 6 + at, to: 6 + at, cases: 2 })),
      today,
    );
    const now = (await figures(district, today))('W0', 'cases-7d');
    expect(now).toMatchObject({ value: 14, incomplete: true, note: { en: expect.stringContaining('not over') } });
    expect((await figures(district, today - 1))('W0', 'cases-7d').incomplete).toBeUndefined();
    const series = await get<{ days: unknown[]; published: { periodEnd: string; incomplete: boolean }[] }>(
      service,
      `/api/epidemic/series?district=${district}&areaId=W0&onDay=${day(today)}`,
    );
    // no line list was heard: no day is said to be without a case
    expect(series.days).toEqual([]);
    expect(series.published.filter(({ incomplete }) => incomplete).map(({ periodEnd }) => periodEnd)).toEqual([
      day(today),
    ]);
  });

  test('a figure that loses its number is told on the stream, with the reason', async () => {
    const district = await openTestDistrict(service);
    const heard = new Map<string, LiveFigure>();
    const subscription = service.parts.broker.connection.subscribe(committedSubject(district, 'epidemic'), {
      callback: (_, { data }) => {
        const { figures = [] } = JSON.parse(new TextDecoder().decode(data)) as { figures?: LiveFigure[] };
        for (const figure of figures) heard.set(`${figure.areaId} ${figure.formula}`, figure);
      },
    });
    await publish(district, [{ areaId: 'W0', from: 7, to: 13, cases: 12 }], 14);
    await until(async () => (heard.get('W0 cases-7d')?.value === 12 ? true : undefined));
    await publish(district, [{ areaId: 'W0', from: 7, to: 13, cases: null }], 15);
    const told = await until(async () =>
      heard.get('W0 cases-7d')?.value === null ? heard.get('W0 cases-7d') : undefined,
    );
    expect(told).toMatchObject({ reason: 'suppressed', note: { vi: expect.stringContaining('không phải bằng 0') } });
    subscription.unsubscribe();
  });
});
