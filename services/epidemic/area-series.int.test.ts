import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Principal } from '#contracts/access/principal.ts';
import { callerOf } from '#contracts/access/product-permit.ts';
import type { AreaSeriesAnswer } from '#contracts/http/epidemic.ts';
import { append, get } from '#platform/testing/requests.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '#platform/testing/service.ts';
import { geographySchema, openTestDistrict } from '../district/testing/district.ts';
import { smallCellsOf } from '../small-cells.ts';
import { epidemic } from './app.ts';
import { message, startEpidemic } from './testing/service.ts';

const day = (offset: number) => new Date(Date.UTC(2021, 7, 1 + offset)).toISOString().slice(0, 10);
const moment = (offset: number) => `${day(offset)}T05:00:00.000Z`;

describe('cases a day of every area', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic();
  });
  afterAll(() => service.stop());

  const ask = (district: string, more = '') =>
    get<AreaSeriesAnswer>(service, `/api/epidemic/area-series?district=${district}${more}`);
  const confirmed = (
    district: string,
    caseId: string,
    areaId: string | undefined,
    confirmed: number,
    known = confirmed,
  ) =>
    message(
      district,
      'case-confirmed',
      { caseId, ...(areaId ? { areaId } : {}), confirmedDate: day(confirmed) },
      moment(known),
    );

  test('each day is there, each ward has what lies in it and below, and equals the series of its own', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [
      confirmed(district, 'a', 'W1', 20),
      confirmed(district, 'b', 'W1a', 20),
      confirmed(district, 'c', 'W1a', 22),
      confirmed(district, 'd', 'W2', 21),
      confirmed(district, 'gone', 'W2', 21),
      message(district, 'case-status-changed', { caseId: 'gone', status: 'not-a-case' }, moment(23)),
    ]);
    const window = `&from=${day(20)}&to=${day(23)}`;
    const answer = await ask(district, window);
    expect([answer.from, answer.to]).toEqual([day(20), day(23)]);
    const cases = Object.fromEntries(answer.areas.map((area) => [area.areaId, area.cases]));
    expect([cases.W1, cases.W2]).toEqual([
      [2, 0, 1, 0],
      [0, 1, 0, 0],
    ]);
    for (const [areaId, own] of Object.entries(cases)) {
      const { days } = await get<{ days: { cases: number }[] }>(
        service,
        `/api/epidemic/series?district=${district}&areaId=${areaId}${window}`,
      );
      expect(
        days.map((one) => one.cases),
        areaId,
      ).toEqual(own);
    }
    const below = await ask(district, `${window}&level=neighbourhood`);
    expect(below.areas.find(({ areaId }) => areaId === 'W1a')).toMatchObject({ parentId: 'W1', cases: [1, 0, 1, 0] });
  });

  test('what was known at a moment; the newest three days are not complete', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [confirmed(district, 'a', 'W1', 20), confirmed(district, 'late', 'W1', 20, 24)]);
    const at = async (asOf: string) => {
      const { areas, completeUntil } = await ask(district, `&from=${day(20)}&to=${day(20)}&asOf=${asOf}`);
      return [areas.find(({ areaId }) => areaId === 'W1')!.cases, completeUntil];
    };
    expect(await at(moment(21))).toEqual([[1], day(18)]);
    expect(await at(moment(25))).toEqual([[2], day(21)]);
  });

  test('where no single case was ever heard of there is no 0', async () => {
    const district = await openTestDistrict(service);
    const { areas } = await ask(district, `&from=${day(1)}&to=${day(2)}`);
    expect(areas.length).toBeGreaterThan(0);
    for (const area of areas) expect(area).toMatchObject({ cases: null, reason: 'no-single-cases' });
  });

  test('a span that ends before it begins, or of more than a year, is refused', async () => {
    const district = await openTestDistrict(service);
    const status = async (from: string, to: string) =>
      (await service.app.request(`/api/epidemic/area-series?district=${district}&from=${from}&to=${to}`)).status;
    expect([await status('2021-08-02', '2021-08-01'), await status('2020-08-01', '2021-08-02')]).toEqual([422, 422]);
    expect(await status('2020-08-02', '2021-08-02')).toBe(200);
  });
});

// A live district is of persons: whoever may see no rows is told no daily count, whoever may see those of one area is told its alone.
test('exact counts of an area are told to those who may be told them', async () => {
  let grants: Principal['grants'] = [];
  const now = () => new Date(moment(24));
  const service = await startServiceUnderTest(epidemic(), {
    now,
    batchEntries: 40,
    others: [geographySchema],
    permit: () => callerOf({ actor: { authtype: 'user', authid: 'a' }, known: true, grants }, () => now().getTime()),
    smallCellsBy: smallCellsOf,
  });
  onTestFinished(() => service.stop());
  const district = await openTestDistrict(service, { clock: 'live', exercise: false, peopleOfWard: 2000 });
  await append(service, district, [
    message(district, 'case-confirmed', { caseId: 'a', areaId: 'W1', confirmedDate: day(20) }, moment(20)),
  ]);
  const told = async (given: Principal['grants']) => {
    grants = given;
    const { areas } = await get<AreaSeriesAnswer>(
      service,
      `/api/epidemic/area-series?district=${district}&from=${day(20)}&to=${day(20)}`,
    );
    return Object.fromEntries(areas.map(({ areaId, cases, reason }) => [areaId, cases ?? reason]));
  };
  expect(await told([{ role: 'analyst', districts: 'all', areas: 'all' }])).toMatchObject({
    W1: 'rows-only',
    W2: 'rows-only',
  });
  expect(await told([{ role: 'epidemiologist', districts: 'all', areas: ['W1'] }])).toMatchObject({
    W1: [1],
    W2: 'rows-only',
  });
  expect(await told([{ role: 'district-leader', districts: 'all', areas: 'all' }])).toMatchObject({ W1: [1], W2: [0] });
});
