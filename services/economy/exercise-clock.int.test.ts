import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { deleteDistrictStream, lastMessage, streamOf } from '#platform/journal.ts';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEconomy } from './testing/district.ts';

const wall = '2026-11-30T03:00:00.000Z';
// Already the 22nd in Vietnam.
const newest = '2021-08-21T18:00:00.000Z';

describe('a command in an exercise moves no clock', () => {
  let service: ServiceUnderTest;
  let district: string;
  const url = (path: string) => `/api/economy/${path}?district=${district}`;
  const clock = async () => {
    const { asOf, on, areas } = await get<{
      asOf: string;
      on: string;
      areas: { areaId: string | null; figures: { formula: string; value: number }[] }[];
    }>(service, url('figures'));
    const whole = areas.find(({ areaId }) => areaId === null)!.figures;
    return {
      asOf,
      on,
      lapsed: whole.find(({ formula }) => formula === 'businesses-active-lapsed')!.value,
      active: whole.find(({ formula }) => formula === 'businesses-active')!.value,
    };
  };
  const journalled = async (noun: string) =>
    (await lastMessage<CloudEvent>(service.parts.broker, streamOf(district), `vx.${district}.economy.${noun}`))!.event;

  beforeAll(async () => {
    service = await startEconomy(() => new Date(wall));
    district = await openTestDistrict(service);
    // Licences that end before and after the newest day: by the clock on the wall all have lapsed.
    await append(
      service,
      district,
      ['2021-07-31', '2021-08-31', '2021-12-31'].map((licensedUntil, index) =>
        message(district, 'business-registered', newest, {
          businessId: `b${index}`,
          name: `Cửa hàng ${index}`,
          registeredDate: '2021-01-04',
          status: 'open',
          licensedUntil,
        }),
      ),
    );
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  test('a registration, a change of status without a day and a published value are of the exercise', async () => {
    const before = await clock();
    expect(before).toEqual({ asOf: newest.replace('.000Z', '.000000Z'), on: '2021-08-22', lapsed: 1, active: 3 });
    const registered = await post(service, url('businesses'), {
      businessId: 'new',
      name: 'Quán mới',
      registeredDate: '2021-08-01',
    });
    expect(registered.status).toBe(201);
    expect(await clock()).toEqual({ ...before, active: 4 });
    expect(await journalled('business.new')).toMatchObject({ time: newest, recordedtime: newest, exercise: true });

    const closed = await post(service, url('businesses/new/status'), { status: 'closed' });
    expect(closed.status).toBe(200);
    expect(await clock()).toEqual({ ...before, active: 3 });
    // Left out: today, in the district and in its time.
    expect(await journalled('business.new')).toMatchObject({
      recordedtime: newest,
      data: { effectiveDate: '2021-08-22' },
    });

    const published = await post(
      service,
      url('indicators'),
      {
        indicatorId: 'retail',
        periodStart: '2021-07-01',
        periodEnd: '2021-07-31',
        value: 7,
        unit: 'VND',
        source: 'Chi cục Thống kê',
      },
      { 'x-request-id': 'request-8' },
    );
    expect(published.status).toBe(201);
    expect(await clock()).toEqual({ ...before, active: 3 });
    const event = await journalled('indicator.>');
    expect(event).toMatchObject({
      time: newest,
      recordedtime: newest,
      authtype: 'unauthenticated',
      correlationid: 'request-8',
    });
    expect(event).not.toHaveProperty('authid');
  });
});
