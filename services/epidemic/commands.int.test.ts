import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDistrictStream } from '#platform/journal.ts';
import { get, post } from '#platform/testing/requests.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { startEpidemic } from './testing/service.ts';

describe('commands', () => {
  let service: ServiceUnderTest;
  let district: string;
  beforeAll(async () => {
    service = await startEpidemic(() => new Date('2026-03-02T03:00:00Z'));
    district = await openTestDistrict(service, { clock: 'live' });
  });
  afterAll(() => service.stop());

  const report = (caseId: string) =>
    post(service, `/api/epidemic/cases?district=${district}`, { caseId, confirmedDate: '2026-03-01', areaId: 'W0a' });
  const status = (caseId: string, to: string, headers: Record<string, string> = {}) =>
    post(service, `/api/epidemic/cases/${caseId}/status?district=${district}`, { status: to }, headers);

  test('a report is in the journal and in the rows when the answer comes, with its ETag', async () => {
    const answer = await report('a');
    expect(answer.status).toBe(201);
    const { sequence, projected } = (await answer.json()) as { sequence: number; projected: boolean };
    expect([projected, answer.headers.get('etag')]).toEqual([true, `"${sequence}"`]);
    expect((await findDistrictStream(service.parts.broker, district))!.lastSequence).toBe(sequence);
    expect(await get(service, `/api/epidemic/cases/a?district=${district}`)).toMatchObject({
      status: 'active',
      areaId: 'W0a',
      knownAt: '2026-03-02T03:00:00.000Z',
    });
  });

  test('the same case again is 409, and says what is known', async () => {
    await report('b');
    const again = await report('b');
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({ title: 'The case is known already', current: { caseId: 'b' } });
  });

  test('a stale edit is 412 with the current state; of two at once exactly one wins', async () => {
    const etag = (await report('c')).headers.get('etag')!;
    const both = await Promise.all([
      status('c', 'home-care', { 'if-match': etag }),
      status('c', 'hospitalised', { 'if-match': etag }),
    ]);
    expect(both.map((answer) => answer.status).sort()).toEqual([201, 412]);
    const late = await status('c', 'recovered', { 'if-match': etag });
    expect(late.status).toBe(412);
    const winner = both.find((answer) => answer.status === 201)!;
    expect(late.headers.get('etag')).toBe(winner.headers.get('etag'));
    expect(((await late.json()) as { current: { status: string } }).current.status).toMatch(/home-care|hospitalised/);
  });

  test('without If-Match six at once go through, one after another', async () => {
    await report('d');
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        post(service, `/api/epidemic/cases/d/correction?district=${district}`, { ageYears: 30 }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((code) => code === 201).length).toBeGreaterThan(0);
    expect(statuses.every((code) => code === 201 || code === 409)).toBe(true);
    const { versions } = await get<{ versions: unknown[] }>(service, `/api/epidemic/cases/d?district=${district}`);
    expect(versions.length).toBe(1 + statuses.filter((code) => code === 201).length);
  });

  test('an unlawful step is 409 and names the lawful ones', async () => {
    await report('e');
    await status('e', 'deceased');
    const answer = await status('e', 'home-care');
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      allowed: ['not-a-case'],
      errors: [{ field: 'json.status', value: 'home-care' }],
    });
  });

  test.each([
    [{ caseId: 'f', confirmedDate: '2026-03-01', onsetDate: '2026-03-05' }, 'json.onsetDate'],
    [{ caseId: 'f', confirmedDate: '01/03/2026' }, 'json.confirmedDate'],
    [{ caseId: 'f g', confirmedDate: '2026-03-01' }, 'json.caseId'],
    [{ caseId: 'f', confirmedDate: '2026-03-01', ageYears: -1 }, 'json.ageYears'],
    [{ caseId: 'f', confirmedDate: '2026-03-01', location: { lon: 10.7, lat: 106.7 } }, 'json.location.lat'],
  ])('a wrong field is named with its value: %j', async (body, field) => {
    const answer = await post(service, `/api/epidemic/cases?district=${district}`, body);
    expect(answer.status).toBe(422);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    const { errors } = (await answer.json()) as { errors: { field: string; value: unknown; reason: string }[] };
    expect(errors.map((error) => error.field)).toContain(field);
    expect(errors.every((error) => error.reason.length > 3 && error.value !== undefined)).toBe(true);
  });

  test('an unknown district is 404 and nothing is written', async () => {
    const answer = await post(service, `/api/epidemic/cases?district=${temporaryDistrict()}`, {
      caseId: 'z',
      confirmedDate: '2026-03-01',
    });
    expect(answer.status).toBe(404);
  });
});
