import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Committed, committedSubject } from '#contracts/live.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startUrbanOrder } from './testing/district.ts';

let clock = new Date('2021-11-10T03:00:00Z');
let service: ServiceUnderTest;
let district: string;
beforeAll(async () => {
  service = await startUrbanOrder(() => clock);
  district = await openTestDistrict(service, { clock: 'live' });
});
afterAll(async () => {
  await deleteDistrictStream(service.parts.broker, district);
  await service.stop();
});

test('a deadline that passes while nothing is committed is announced; the stream then says what the figures say', async () => {
  const told = new Map<string, number | null>();
  const subscription = service.parts.broker.connection.subscribe(committedSubject(district, 'urban-order'), {
    callback: (_error, received) => {
      for (const { areaId, formula, value } of received.json<Committed>().figures ?? [])
        told.set(`${areaId} ${formula}`, value);
    },
  });
  await append(service, district, [
    message(district, 'violation-reported', {
      violationId: 'late',
      kind: 'other',
      occurredAt: '2021-11-10T02:00:00Z',
      location: { lon: 106.702, lat: 10.705 },
    }),
  ]);
  await expect.poll(() => told.get('W0a violations-open')).toBe(1);
  expect(told.get('W0a violations-overdue')).toBe(0);
  clock = new Date('2021-11-18T03:00:00Z');
  await expect.poll(() => told.get('W0a violations-overdue')).toBe(1);
  const { areas } = await get<{ areas: { areaId: string | null; figures: { formula: string; value: number }[] }[] }>(
    service,
    `/api/urban-order/figures?district=${district}`,
  );
  for (const { areaId, figures } of areas)
    for (const { formula, value } of figures)
      if (areaId && told.has(`${areaId} ${formula}`))
        expect([areaId, formula, told.get(`${areaId} ${formula}`)]).toEqual([areaId, formula, value]);
  subscription.unsubscribe();
});
