import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { deleteDistrictStream, lastMessage, streamOf } from '#platform/journal.ts';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startUrbanOrder } from './testing/district.ts';

const wall = '2026-11-30T03:00:00.000Z';
const newest = '2021-08-21T03:00:00.000Z';
interface Figures {
  asOf: string;
  areas: { areaId: string | null; figures: { formula: string; value: number }[] }[];
}

describe('a command in an exercise moves no clock', () => {
  let service: ServiceUnderTest;
  let district: string;
  const url = (path: string) => `/api/urban-order/${path}?district=${district}`;
  const figures = async () => {
    const { asOf, areas } = await get<Figures>(service, url('figures'));
    const whole = areas.find(({ areaId }) => areaId === null)!.figures;
    const figure = (formula: string) => whole.find((one) => one.formula === formula)!.value;
    return { asOf, overdue: figure('violations-overdue'), open: figure('violations-open') };
  };
  const journalled = async (violationId: string) =>
    (await lastMessage<CloudEvent>(
      service.parts.broker,
      streamOf(district),
      `vx.${district}.urban-order.violation.${violationId}`,
    ))!.event;

  beforeAll(async () => {
    service = await startUrbanOrder(() => new Date(wall));
    district = await openTestDistrict(service);
    // A report is overdue after 48 hours: on the newest day nine are, by the clock on the wall all twelve would be.
    const reportedOn = (day: number) => new Date(Date.parse(newest) - day * 86_400_000).toISOString();
    await append(
      service,
      district,
      Array.from({ length: 12 }, (_, index) => 11 - index).map((day) =>
        message(district, 'violation-reported', { violationId: `v${day}`, kind: 'other', occurredAt: reportedOn(day) }),
      ),
    );
  });
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  test('a report and a step are of the exercise, and what is overdue stays', async () => {
    const before = await figures();
    expect(before).toEqual({ asOf: newest.replace('.000Z', '.000000Z'), overdue: 10, open: 12 });
    const report = await post(service, url('violations'), { violationId: 'new', kind: 'other' });
    expect(report.status).toBe(201);
    expect(await figures()).toEqual({ ...before, open: 13 });
    expect(await journalled('new')).toMatchObject({
      time: newest,
      recordedtime: newest,
      exercise: true,
      data: { occurredAt: newest },
    });
    const step = await post(service, url('violations/new/verify'), {});
    expect(step.status).toBe(200);
    expect(await figures()).toEqual({ ...before, open: 13 });
    expect(await journalled('new')).toMatchObject({ type: 'violation-verified', time: newest, recordedtime: newest });
  });

  test('what would lie ahead of the clock of the exercise is refused with it', async () => {
    const answer = await post(service, url('violations'), { kind: 'other', occurredAt: '2021-08-21T09:00:00Z' });
    expect([answer.status, await answer.json()]).toMatchObject([
      422,
      { errors: [{ field: 'occurredAt', reason: `not after ${newest}` }] },
    ]);
  });

  test('the event says that a person at this machine spoke, and by which request', async () => {
    await post(service, url('violations'), { violationId: 'said', kind: 'other' }, { 'x-request-id': 'request-7' });
    const event = await journalled('said');
    expect(event).toMatchObject({ authtype: 'unauthenticated', correlationid: 'request-7', dataversion: 1 });
    expect(event).not.toHaveProperty('authid');
    await post(service, url('violations/said/verify'), {});
    const verified = await journalled('said');
    expect(verified.correlationid).toMatch(/^[0-9a-f-]{36}$/);
  });
});
