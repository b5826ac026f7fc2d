import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { append, get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { message, startEpidemic } from './testing/service.ts';

describe('what happened to a case and to a facility', () => {
  let service: ServiceUnderTest;
  let district: string;
  beforeAll(async () => {
    service = await startEpidemic(() => new Date('2026-03-02T03:00:00Z'));
    district = await openTestDistrict(service, { clock: 'live' });
  });
  afterAll(() => service.stop());

  const at = (path: string, more = '') => `/api/epidemic/${path}?district=${district}${more}`;
  interface Told {
    status?: string;
    bedsFree?: number;
    lawfulSteps?: string[];
    firstSequence: number;
    version: number;
    history: { type: string; occurredAt: string; source: string; data: Record<string, unknown> }[];
  }

  test('a case: each event with what it said anew, when, and by whom; as known at an earlier moment too', async () => {
    await append(service, district, [
      message(
        district,
        'case-confirmed',
        { caseId: 'h', confirmedDate: '2026-02-27', areaId: 'W0a', ageYears: 4 },
        '2026-02-28T03:00:00Z',
      ),
    ]);
    await post(service, at('cases/h/status'), { status: 'home-care', since: '2026-03-01T01:00:00Z' });
    const answer = await post(service, at('cases/h/correction'), { ageYears: 44 });
    expect(answer.status).toBe(201);
    const told = await get<Told>(service, at('cases/h'));
    expect(told.history.map(({ type, occurredAt, source, data }) => [type, occurredAt, source, data])).toEqual([
      [
        'case-confirmed',
        '2026-02-27',
        'test',
        {
          areaId: 'W0a',
          ageYears: 4,
          confirmedDate: '2026-02-27',
          eventDate: '2026-02-27',
          exposure: 'unknown',
          status: 'active',
        },
      ],
      ['case-status-changed', '2026-03-01T01:00:00.000Z', '/epidemic', { status: 'home-care' }],
      ['case-corrected', '2026-03-02T03:00:00.000Z', '/epidemic', { ageYears: 44 }],
    ]);
    expect(`"${told.version}"`).toBe(answer.headers.get('etag'));
    expect(told.lawfulSteps).toContain('recovered');
    const before = await get<Told>(service, at('cases/h', '&asOf=2026-02-28T04:00:00Z'));
    expect([before.status, before.history.length]).toEqual(['active', 1]);
    const unknown = await service.app.request(at('cases/h', '&asOf=2026-02-28T02:00:00Z'));
    expect(unknown.status).toBe(404);
  });

  test('the case of a point is found by its first sequence, ruled out or not', async () => {
    await post(service, at('cases'), { caseId: 'p', confirmedDate: '2026-03-01', areaId: 'W0a' });
    const { firstSequence } = await get<Told>(service, at('cases/p'));
    const found = () =>
      get<{ total: number; items: { caseId: string }[] }>(service, at('cases', `&firstSequence=${firstSequence}`));
    expect((await found()).items.map(({ caseId }) => caseId)).toEqual(['p']);
    await post(service, at('cases/p/status'), { status: 'not-a-case' });
    expect((await found()).items.map(({ caseId }) => caseId)).toEqual(['p']);
  });

  test('a facility: each report with the numbers that changed; one that nobody reported is 404', async () => {
    const report = (bedsOccupied: number) =>
      post(service, at('capacity'), { facilityId: 'f', name: 'F', kind: 'hospital', bedsTotal: 50, bedsOccupied });
    await report(10);
    await report(30);
    const told = await get<Told>(service, at('facilities/f'));
    expect(told.bedsFree).toBe(20);
    expect(told.history.map(({ type, source, data }) => [type, source, data])).toEqual([
      [
        'capacity-reported',
        '/epidemic',
        { bedsTotal: 50, bedsOccupied: 10, intensiveCareTotal: 0, intensiveCareOccupied: 0 },
      ],
      ['capacity-reported', '/epidemic', { bedsOccupied: 30 }],
    ]);
    expect((await service.app.request(at('facilities/nobody'))).status).toBe(404);
  });
});
