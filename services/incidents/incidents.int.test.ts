import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { areaOfEntity } from '../district/area-of-entity.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import define from './app.ts';
import { incidents } from './declaration.ts';

// 21:00 of the 29th in the district.
const now = new Date('2026-11-29T14:00:00Z');
const inW1 = { lon: 106.712, lat: 10.705 };

/** What is looked at in the answer of a command. */
const bodyOf = async (response: Response) =>
  (await response.json()) as { incident?: Record<string, unknown>; errors?: { field: string }[] };

describe('incidents by REST', () => {
  let service: ServiceUnderTest;
  let district: string;
  const at = (path = '', query: Record<string, string> = {}) =>
    `/api/incidents/incidents${path}?${new URLSearchParams({ district, ...query })}`;
  const report = (incidentId: string, more: Record<string, unknown> = {}) =>
    post(service, at(), { incidentId, kind: 'crash', severity: 2, location: inW1, ...more });
  const figures = async (areaId?: string, query: Record<string, string> = {}) => {
    const answer = await get<{
      day: string;
      areas: { areaId: string | null; figures: { formula: string; value: number }[] }[];
    }>(service, `/api/incidents/figures?${new URLSearchParams({ district, ...query })}`);
    const { figures } = answer.areas.find((area) => area.areaId === (areaId ?? null))!;
    return Object.fromEntries(figures.map(({ formula, value }) => [formula, value]));
  };
  const idsOf = async (query: Record<string, string>) =>
    (await get<{ items: { incidentId: string }[] }>(service, at('', query))).items.map(({ incidentId }) => incidentId);

  beforeAll(async () => {
    service = await startDeclared(incidents, define(), () => now);
  });
  afterAll(() => service.stop());
  const opened: string[] = [];
  beforeAll(async () => {
    district = await openTestDistrict(service, { clock: 'live' });
    opened.push(district);
  });
  afterAll(async () => {
    for (const one of opened) await deleteDistrictStream(service.parts.broker, one);
  });

  test('from the report to the end: row, figure, point, list, history; a second end is refused', async () => {
    const reported = await report('a', { severity: 3, description: 'hai xe máy', source: 'hotline', address: 'Cầu' });
    expect(reported.status).toBe(201);
    expect((await bodyOf(reported)).incident).toMatchObject({
      incidentId: 'a',
      kind: 'crash',
      severity: 3,
      status: 'reported',
      areaId: 'W1a',
      occurredAt: now.toISOString(),
      lawfulSteps: ['clear', 'dismiss'],
    });
    expect(await figures('W1')).toEqual({
      'incidents-open': 1,
      'incidents-serious': 1,
      'incidents-1d': 1,
      'incidents-7d': 1,
    });
    expect(await figures('W0')).toMatchObject({ 'incidents-open': 0 });

    const etag = reported.headers.get('etag')!;
    const cleared = await post(service, at('/a/clear'), { outcome: 'handled', note: 'xong' }, { 'if-match': etag });
    expect([cleared.status, (await bodyOf(cleared)).incident]).toMatchObject([
      200,
      { status: 'cleared', statusSince: now.toISOString(), outcome: 'handled', lawfulSteps: [] },
    ]);
    for (const step of ['clear', 'dismiss']) {
      const again = await post(service, at(`/a/${step}`), {});
      expect([again.status, await again.json()]).toMatchObject([409, { currentStatus: 'cleared', lawfulSteps: [] }]);
    }
    const stale = await post(service, at('/a/clear'), {}, { 'if-match': etag });
    expect(stale.status).toBe(412);
    expect(await figures('W1')).toMatchObject({ 'incidents-open': 0, 'incidents-serious': 0, 'incidents-1d': 1 });
    const one = await get<{ history: { type: string }[] }>(service, at('/a'));
    expect(one.history.map(({ type }) => type)).toEqual(['incident-reported', 'incident-cleared']);
    const points = await service.app.request(`/api/incidents/points?district=${district}`);
    expect(points.headers.get('x-total-count')).toBe('1');
  });

  test('severities 1 and 4 are taken, 0 and 5 are not; a step says no kind', async () => {
    const answers = await Promise.all([0, 1, 4, 5].map((severity) => report(`severity-${severity}`, { severity })));
    expect(answers.map(({ status }) => status)).toEqual([422, 201, 201, 422]);
    expect((await bodyOf(answers[0]!)).errors![0]!.field).toContain('severity');
    expect(await idsOf({ severity: '4', status: 'reported' })).toEqual(['severity-4']);
    expect((await idsOf({ severity: '1,4' })).toSorted()).toEqual(['severity-1', 'severity-4']);
    expect((await service.app.request(at('', { severity: '5' }))).status).toBe(422);
    expect(await idsOf({ formula: 'incidents-serious' })).toEqual(['severity-4']);
  });

  test('a false report leaves every figure', async () => {
    const before = await figures();
    await report('false', { severity: 4 });
    expect((await figures())['incidents-open']).toBe(before['incidents-open']! + 1);
    expect((await post(service, at('/false/dismiss'), { note: 'không có gì' })).status).toBe(200);
    expect(await figures()).toEqual(before);
    expect(await idsOf({ status: 'dismissed' })).toEqual(['false']);
  });

  test('days are the district’s: today since its midnight, seven with today', async () => {
    const before = await figures('W3');
    const inW3 = { location: { lon: 106.732, lat: 10.705 } };
    // Local 00:00 of the 29th is 17:00 of the 28th in UTC; local 00:00 of the 23rd is the first instant of the seven days.
    for (const [id, occurredAt] of [
      ['today-first', '2026-11-28T17:00:00Z'],
      ['yesterday-last', '2026-11-28T16:59:59Z'],
      ['week-first', '2026-11-22T17:00:00Z'],
      ['before-week', '2026-11-22T16:59:59Z'],
    ])
      expect((await report(id!, { ...inW3, occurredAt })).status).toBe(201);
    const after = await figures('W3');
    expect(after['incidents-1d']! - before['incidents-1d']!).toBe(1);
    expect(after['incidents-7d']! - before['incidents-7d']!).toBe(3);
    expect(await idsOf({ areaId: 'W3', from: '2026-11-23', to: '2026-11-28' })).toEqual([
      'yesterday-last',
      'week-first',
    ]);
  });

  test('nothing is reported from the future, and no end lies before its report', async () => {
    expect((await report('future', { occurredAt: '2026-11-29T14:06:00Z' })).status).toBe(422);
    await report('late');
    const early = await post(service, at('/late/clear'), { occurredAt: '2026-11-29T13:00:00Z' });
    expect(early.status).toBe(422);
  });

  test('what others may read has neither description nor note', async () => {
    const { rows } = await service.parts.database.query<{ column_name: string }>(
      `SELECT column_name FROM information_schema.columns WHERE table_schema = 'incidents' AND table_name = 'published_incidents'`,
    );
    const columns = rows.map((row) => row.column_name);
    expect(columns).toContain('severity');
    expect(columns).not.toContain('description');
    expect(columns).not.toContain('note');
  });

  test('where an incident lies is told by its rows: who is limited to areas is held to it', async () => {
    expect((await report('of-w1a')).status).toBe(201);
    const of = areaOfEntity(service.parts.database, { table: 'incidents.incident_versions', key: 'incident_id' });
    expect(await of(district, 'of-w1a')).toBe('W1a');
    expect(await of(district, 'nobody-knows')).toBeUndefined();
    expect(await of('another', 'of-w1a')).toBeUndefined();
  });
});
