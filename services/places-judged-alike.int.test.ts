import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import './services.ts';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { findDistrictStream } from '#platform/journal.ts';
import { post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { readKnownPlaces } from './district/known-places.ts';
import { openTestDistrict } from './district/testing/district.ts';
import { startEconomy } from './economy/testing/district.ts';
import { startEpidemic } from './epidemic/testing/service.ts';
import defineIncidents from './incidents/app.ts';
import { incidents } from './incidents/declaration.ts';
import { judgeEvents } from './intake/events-api.ts';
import { startUrbanOrder } from './urban-order/testing/district.ts';

const now = () => new Date('2026-11-30T03:00:00Z');
let number = 0;
const newId = () => `n${++number}`;

type Said = [path: string, type: string, data: () => Record<string, unknown>];
const services: Record<string, { start: () => Promise<ServiceUnderTest>; said: Said[] }> = {
  epidemic: {
    start: () => startEpidemic(now),
    said: [
      ['epidemic/cases', 'case-confirmed', () => ({ caseId: newId(), confirmedDate: '2026-11-29' })],
      [
        'epidemic/doses',
        'dose-administered',
        () => ({
          doseId: newId(),
          personKey: 'p',
          doseNumber: 1,
          ageYears: 40,
          administeredDate: '2026-11-29',
        }),
      ],
      [
        'epidemic/counts',
        'case-count-published',
        () => ({ periodStart: '2026-11-23', periodEnd: '2026-11-29', cases: 1 }),
      ],
      [
        'epidemic/vaccination',
        'vaccination-count-published',
        () => ({ asOfDate: '2026-11-29', peopleAtLeastOneDose: 1, peopleFullCourse: 1 }),
      ],
      [
        'epidemic/capacity',
        'capacity-reported',
        () => ({ facilityId: newId(), name: 'Trạm', kind: 'health-station', bedsTotal: 1, bedsOccupied: 0 }),
      ],
    ],
  },
  economy: {
    start: () => startEconomy(now),
    said: [
      [
        'economy/businesses',
        'business-registered',
        () => ({ businessId: newId(), name: 'Quán', registeredDate: '2026-11-29' }),
      ],
      [
        'economy/indicators',
        'indicator-published',
        () => ({
          indicatorId: 'gdp',
          periodStart: '2026-11-01',
          periodEnd: '2026-11-29',
          value: 1,
          unit: 'đ',
          source: 's',
        }),
      ],
    ],
  },
  'urban order': {
    start: () => startUrbanOrder(now),
    said: [
      [
        'urban-order/violations',
        'violation-reported',
        () => ({ violationId: newId(), kind: 'sanitation', occurredAt: '2026-11-30T02:00:00Z' }),
      ],
    ],
  },
  incidents: {
    start: () => startDeclared(incidents, defineIncidents(), now),
    said: [
      [
        'incidents/incidents',
        'incident-reported',
        () => ({ incidentId: newId(), kind: 'crash', severity: 2, occurredAt: '2026-11-30T02:00:00Z' }),
      ],
    ],
  },
};

describe.each(Object.entries(services))('a place of a fact, told to %s', (_, { start, said }) => {
  let service: ServiceUnderTest;
  let district: string;
  beforeAll(async () => {
    service = await start();
    district = await openTestDistrict(service, { clock: 'live' });
    // W3 ended, and lies in W2 since; Q is not of the district's rows yet.
    await service.parts.database.query(
      "UPDATE geography.area_versions SET valid_until = '2026-11-01' WHERE district = $1 AND area_id LIKE 'W3%'",
      [district],
    );
    await service.parts.database.query(
      `INSERT INTO geography.area_successors (district, area_id, from_day, successor_id, share, known_at, sequence)
       VALUES ($1, 'W3', '2026-11-01', 'W2', 0.97, '2026-11-01Z', 99)`,
      [district],
    );
  });
  afterAll(() => service.stop());
  const lastOf = async () => (await findDistrictStream(service.parts.broker, district))!.lastSequence;

  /** What the door says of the same data, by the same rows. */
  async function atTheDoor(type: string, data: object) {
    const places = await readKnownPlaces(service.parts.database, district);
    const time = (data as { occurredAt?: string }).occurredAt ?? now().toISOString();
    const event = { specversion: '1.0', id: newId(), source: '/door', type, time, district, data };
    const rules = () => ({ clock: 'live' as const, exercise: true, timeZone: 'Asia/Ho_Chi_Minh', places });
    return judgeEvents([event], { rules, now }, { programme: undefined, requestId: undefined }).receipt.rejected;
  }
  async function atTheCommand(path: string, data: object, language: string) {
    const answer = await post(service, `/api/${path}?district=${district}`, data, { 'accept-language': language });
    const { errors = [] } = (await answer.json()) as { errors?: { field: string; reason: string }[] };
    return { status: answer.status, errors };
  }

  test.each(said)('%s: an area that is unknown or ended, in the words of the door', async (path, type, dataOf) => {
    for (const [areaId, reason] of [
      ['W9', /^no such area in the district; known: D, W0, W1, W2/],
      ['W3', /^"W3" ended on 2026-11-01; its ground is in W2 \(W2, 97 %\)$/],
    ] as const) {
      const data = { ...dataOf(), areaId };
      const before = await lastOf();
      const door = await atTheDoor(type, data);
      expect(door).toMatchObject([{ field: 'data.areaId', reason: expect.stringMatching(reason) }]);
      for (const [language, told] of [
        ['en', door[0]!.reason],
        ['vi', door[0]!.reasonVi],
      ] as const)
        expect(await atTheCommand(path, data, language)).toMatchObject({
          status: 422,
          errors: [{ field: 'json.areaId', reason: told }],
        });
      expect(await lastOf()).toBe(before);
    }
    // What was before the end may name the area; a fact of two days is held to the earlier one.
    expect((await atTheCommand(path, { ...dataOf(), areaId: 'W2' }, 'en')).status).toBe(201);
  });

  test.each(said)('%s: a position that is not of the district', async (path, type, dataOf) => {
    for (const location of [
      { lon: 0, lat: 0 },
      { lon: 10.705, lat: 89 },
      { lon: 10.705, lat: 10.705 },
    ]) {
      const data = { ...dataOf(), areaId: 'W0', location };
      const door = await atTheDoor(type, data);
      const command = await atTheCommand(path, data, 'en');
      // Facts without a position leave it out, at both doors.
      expect(command.errors.map(({ reason }) => reason)).toEqual(door.map(({ reason }) => reason));
      expect(command.status).toBe(door.length > 0 ? 422 : 201);
    }
  });

  test.each(said)('%s: no text with a NUL', async (path, _type, dataOf) => {
    const data = { ...dataOf(), areaId: 'W0' } as Record<string, unknown>;
    const field = ['name', 'note', 'reporter', 'product', 'source'].find((name) => name in data);
    if (!field) return;
    const command = await atTheCommand(path, { ...data, [field]: 'a\u0000b' }, 'en');
    expect(command).toMatchObject({ status: 422, errors: [{ field: `json.${field}` }] });
  });
});

describe('what was before an area ended', () => {
  let service: ServiceUnderTest;
  let district: string;
  beforeAll(async () => {
    service = await startEpidemic(now);
    district = await openTestDistrict(service, { clock: 'live' });
    await service.parts.database.query(
      "UPDATE geography.area_versions SET valid_until = '2026-11-01' WHERE district = $1 AND area_id = 'W3'",
      [district],
    );
  });
  afterAll(() => service.stop());

  test.each([
    ['2026-10-31', 201],
    ['2026-11-01', 422],
  ])('may name it: a case of %s is %i', async (confirmedDate, status) => {
    const data = { caseId: newId(), confirmedDate, areaId: 'W3' };
    expect((await post(service, `/api/epidemic/cases?district=${district}`, data)).status).toBe(status);
  });

  test('numbers and days that are judged with an event are judged with a command', async () => {
    const of = async (path: string, data: object) => {
      const answer = await post(service, `/api/epidemic/${path}?district=${district}`, data);
      const { errors = [] } = (await answer.json()) as { errors?: { field: string }[] };
      return [answer.status, ...errors.map(({ field }) => field)];
    };
    const counted = { areaId: 'W0', periodStart: '2026-11-23', periodEnd: '2026-11-29' };
    expect(await of('counts', { ...counted, cases: 1, population: 2 ** 41 })).toEqual([422, 'json.population']);
    const tooFar = { caseId: newId(), confirmedDate: '2026-11-29', specimenDate: '2026-01-01' };
    expect(await of('cases', tooFar)).toEqual([422, 'json.specimenDate']);
  });
});
