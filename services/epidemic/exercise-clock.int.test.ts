import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { lastMessage, streamOf } from '#platform/journal.ts';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message as violation } from '../urban-order/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

const wall = '2026-11-30T03:00:00.000Z';
const newest = '2021-08-21T03:00:00.000Z';

describe('a command in an exercise moves no clock', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startEpidemic(() => new Date(wall));
  });
  afterAll(() => service.stop());

  const last = async (district: string) =>
    (await lastMessage<CloudEvent>(service.parts.broker, streamOf(district), `vx.${district}.epidemic.>`))!.event;
  const clock = async (district: string) => {
    const { asOf, onDay } = await get<{ asOf: string; onDay: string }>(
      service,
      `/api/epidemic/figures?district=${district}`,
    );
    return { asOf, onDay };
  };
  const capacity = { facilityId: 'h1', name: 'Bệnh viện', kind: 'hospital', bedsTotal: 10, bedsOccupied: 2 };

  test('a case, a step and a count of beds are of the exercise', async () => {
    const district = await openTestDistrict(service);
    await append(service, district, [
      message(district, 'case-confirmed', { caseId: 'a', confirmedDate: '2021-08-20' } as never, newest),
    ]);
    const before = await clock(district);
    expect(before).toEqual({ asOf: newest, onDay: '2021-08-21' });
    const headers = { 'x-request-id': 'request-9' };
    for (const [path, body] of [
      ['cases', { caseId: 'b', confirmedDate: '2021-08-20' }],
      ['cases/b/status', { status: 'home-care' }],
      ['cases/b/correction', { ageYears: 40 }],
      ['capacity', capacity],
    ] as const) {
      const answer = await post(service, `/api/epidemic/${path}?district=${district}`, body, headers);
      expect([path, answer.status]).toEqual([path, 201]);
      expect([path, await clock(district)]).toEqual([path, before]);
      const event = await last(district);
      expect(event).toMatchObject({
        time: newest,
        recordedtime: newest,
        exercise: true,
        authtype: 'unauthenticated',
        correlationid: 'request-9',
      });
      expect(event).not.toHaveProperty('authid');
    }
  });

  test('where this service has heard nothing, the clock stands nowhere: a command is refused and says what to do', async () => {
    const district = await openTestDistrict(service);
    const elsewhere = await service.parts.appender.append(
      violation(district, 'violation-reported', { violationId: 'v', kind: 'other', occurredAt: newest }),
    );
    expect(elsewhere.ok).toBe(true);
    const answer = await post(service, `/api/epidemic/capacity?district=${district}`, capacity);
    expect([answer.status, await answer.json()]).toMatchObject([
      409,
      { title: 'The clock of the district stands nowhere yet', errors: [{ field: 'district', value: district }] },
    ]);
    const unknown = await post(service, '/api/epidemic/capacity?district=nowhere', capacity);
    expect(unknown.status).toBe(404);
  });

  test('in a live district a command has the time of the centre', async () => {
    const district = await openTestDistrict(service, { clock: 'live' });
    expect((await post(service, `/api/epidemic/capacity?district=${district}`, capacity)).status).toBe(201);
    expect(await last(district)).toMatchObject({ time: wall, recordedtime: wall });
  });
});
