import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

type Figures = { areas: { areaId: string; figures: Record<string, Figure> }[] };
const day = (offset: number) => new Date(Date.UTC(2021, 7, 1 + offset)).toISOString().slice(0, 10);
const moment = (offset: number) => `${day(offset)}T05:00:00.000Z`;

describe('windows of days', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic();
  });
  afterAll(() => service.stop());

  const figures = async (district: string, onDay: number, more = '') => {
    const { areas } = await get<Figures>(
      service,
      `/api/epidemic/figures?district=${district}&areaId=W1&onDay=${day(onDay)}${more}`,
    );
    return (formula: string) => areas[0]!.figures[formula]!.value;
  };

  test("a case counts on the specimen's day, however late it was confirmed, and on the confirmation's for want of one", async () => {
    const district = await openTestDistrict(service);
    const confirmed = (caseId: string, confirmedDay: number, specimenDay?: number) =>
      message(
        district,
        'case-confirmed',
        {
          caseId,
          areaId: 'W1a',
          confirmedDate: day(confirmedDay),
          ...(specimenDay === undefined ? {} : { specimenDate: day(specimenDay) }),
        },
        moment(25),
      );
    await append(service, district, [
      confirmed('specimen-on-the-first-of-seven-days', 22, 14),
      confirmed('specimen-on-the-eighth-day-back', 15, 13),
      confirmed('specimen-on-the-first-of-fourteen-days', 21, 7),
      confirmed('specimen-on-the-fifteenth-day-back', 14, 6),
      confirmed('specimen-tomorrow', 20, 21),
      confirmed('no-specimen', 20),
    ]);
    const value = await figures(district, 20);
    expect([value('cases-7d'), value('cases-14d')]).toEqual([2, 4]);
    // The case that was confirmed first and sampled later has its day later.
    expect((await figures(district, 21))('cases-7d')).toBe(2);
  });

  test('of published counts: a period of seven days, none longer, that ended within four weeks', async () => {
    const published = async (first: number, last: number) => {
      const district = await openTestDistrict(service);
      await append(service, district, [
        message(
          district,
          'case-count-published',
          { areaId: 'W1', measure: 'new-cases', periodStart: day(first), periodEnd: day(last), cases: 40 },
          moment(30),
        ),
      ]);
      return (await figures(district, 30))('cases-7d');
    };
    expect(await published(24, 30)).toBe(40);
    expect(await published(23, 30)).not.toBe(40);
    expect(await published(25, 31)).not.toBe(40);
    expect(await published(-3, 3)).toBe(40);
    expect(await published(-4, 2)).not.toBe(40);
  });

  test('what was known at the very moment is known', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [
      message(district, 'case-confirmed', { caseId: 'a', areaId: 'W1a', confirmedDate: day(3) }, moment(4)),
      message(district, 'case-status-changed', { caseId: 'a', status: 'not-a-case' }, moment(6)),
    ]);
    const known = async (asOf: string) => (await figures(district, 5, `&asOf=${asOf}`))('cases-7d');
    const before = (instant: string) => new Date(Date.parse(instant) - 1).toISOString();
    expect([await known(before(moment(4))), await known(moment(4))]).toEqual([0, 1]);
    expect([await known(before(moment(6))), await known(moment(6))]).toEqual([1, 0]);
  });
});
