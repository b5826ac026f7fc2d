import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Figure } from '#contracts/http.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

type Figures = { areas: { areaId: string; figures: Record<string, Figure> }[] };

describe('a line list of which nothing is in the last seven days', () => {
  let service: ServiceUnderTest;
  let clock = new Date('2021-09-30T03:00:00Z');
  const districts: string[] = [];
  beforeAll(async () => {
    service = await startEpidemic(() => clock);
  });
  afterAll(async () => {
    for (const district of districts) await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });
  const open = async () => {
    const district = await openTestDistrict(service, { clock: 'live' });
    districts.push(district);
    return district;
  };
  const confirmed = (district: string, caseId: string, areaId: string, day: string, recorded: string) =>
    message(district, 'case-confirmed', { caseId, areaId, confirmedDate: day }, recorded);
  const figures = async (district: string, query = '') => {
    const { areas } = await get<Figures>(service, `/api/epidemic/figures?district=${district}${query}`);
    return (areaId: string, formula = 'cases-7d') => areas.find((area) => area.areaId === areaId)!.figures[formula]!;
  };

  test('zero says of which day the newest case is, of the area and of the list, and when the list came last', async () => {
    const district = await open();
    await append(service, district, [
      confirmed(district, 'one', 'W0', '2021-06-01', '2021-09-29T03:00:00Z'),
      confirmed(district, 'two', 'W1', '2021-06-20', '2021-09-29T03:00:00Z'),
    ]);
    const of = await figures(district);
    expect(of('D')).toMatchObject({
      value: 0,
      dataThroughDate: '2021-06-20',
      note: {
        vi: 'ca mới nhất ngày 20/06/2021, 102 ngày trước; danh sách nhận lần cuối ngày 29/09/2021',
        en: 'newest case of 2021-06-20, 102 days before; the list came last on 2021-09-29',
      },
    });
    expect(of('W0').note!.vi).toBe(
      'ca mới nhất ngày 01/06/2021, của cả danh sách: ngày 20/06/2021, 102 ngày trước; danh sách nhận lần cuối ngày 29/09/2021',
    );
    expect(of('W0', 'incidence-7d').note).toEqual(of('W0').note);
    expect(of('W2').note?.vi ?? of('W2').reason).toMatch(/danh sách chưa có ca nào ở đây|no-report/);
    // From a past moment nothing is said of when it came since.
    const past = await figures(district, '&asOf=2021-09-30T02:00:00Z');
    expect(past('D').note!.en).toBe('newest case of 2021-06-20, 102 days before');
  });

  test('a district whose list goes on needs no such word, and one case more takes it away', async () => {
    const district = await open();
    await append(service, district, [confirmed(district, 'one', 'W0', '2021-06-01', '2021-09-29T03:00:00Z')]);
    expect((await figures(district))('D').note).toBeDefined();
    await append(service, district, [confirmed(district, 'new', 'W1', '2021-09-29', '2021-09-30T02:00:00Z')]);
    const of = await figures(district);
    expect([of('D').value, of('D').note, of('W0').value, of('W0').note]).toEqual([1, undefined, 0, undefined]);
    // Eight days later it is quiet again: the list is heard of as of then.
    clock = new Date('2021-10-08T03:00:00Z');
    expect((await figures(district))('D')).toMatchObject({ value: 0, dataThroughDate: '2021-09-29' });
  });
});
