import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import './services.ts';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { findDistrictStream } from '#platform/journal.ts';
import { post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from './district/testing/district.ts';
import { startEconomy } from './economy/testing/district.ts';
import { startEpidemic } from './epidemic/testing/service.ts';
import defineIncidents from './incidents/app.ts';
import { incidents } from './incidents/declaration.ts';
import { startUrbanOrder } from './urban-order/testing/district.ts';

// The door's side of the same is in intake/judged-alike.test.ts.
const today = '2026-11-30';
const tomorrow = '2026-12-01';
let clock = new Date();
const atLocal = (time: string) => {
  clock = new Date(`${today}T${time}+07:00`);
};
const now = () => clock;

let number = 0;
const newId = () => `n${++number}`;
const period = (periodEnd: string) => ({
  indicatorId: 'gdp',
  periodStart: '2026-11-01',
  periodEnd,
  value: 1,
  unit: 'đ',
  source: 's',
});

/** Commands of every service that say a day: path, body of a day, and the field that has it. */
const commands: Record<
  string,
  { start: () => Promise<ServiceUnderTest>; said: [string, (day: string) => object, string][] }
> = {
  epidemic: {
    start: () => startEpidemic(now),
    said: [
      ['epidemic/cases', (confirmedDate) => ({ caseId: newId(), confirmedDate }), 'json.confirmedDate'],
      [
        'epidemic/doses',
        (administeredDate) => ({
          doseId: newId(),
          personKey: 'p',
          areaId: 'W0',
          doseNumber: 1,
          ageYears: 40,
          administeredDate,
        }),
        'json.administeredDate',
      ],
      [
        'epidemic/counts',
        (periodEnd) => ({ areaId: 'W0', periodStart: '1990-01-01', periodEnd, cases: 1 }),
        'json.periodEnd',
      ],
      [
        'epidemic/vaccination',
        (asOfDate) => ({ areaId: 'W0', asOfDate, peopleAtLeastOneDose: 1, peopleFullCourse: 1 }),
        'json.asOfDate',
      ],
    ],
  },
  economy: {
    start: () => startEconomy(now),
    said: [
      ['economy/businesses', (registeredDate) => ({ name: 'Quán', registeredDate }), 'json.registeredDate'],
      ['economy/indicators', (periodStart) => ({ ...period('2027-01-31'), periodStart }), 'json.periodStart'],
    ],
  },
  'urban order': {
    start: () => startUrbanOrder(now),
    said: [
      ['urban-order/violations', (day) => ({ kind: 'sanitation', occurredAt: `${day}T00:00:00+07:00` }), 'occurredAt'],
    ],
  },
  incidents: {
    start: () => startDeclared(incidents, defineIncidents(), now),
    said: [
      [
        'incidents/incidents',
        (day) => ({ kind: 'crash', severity: 2, occurredAt: `${day}T00:00:00+07:00` }),
        'occurredAt',
      ],
    ],
  },
};

describe.each(Object.entries(commands))('commands of %s', (_, { start, said }) => {
  let service: ServiceUnderTest;
  let district: string;
  beforeAll(async () => {
    service = await start();
    district = await openTestDistrict(service, { clock: 'live' });
  });
  afterAll(() => service.stop());
  const answerOf = async (path: string, body: object, language = 'en') => {
    const answer = await post(service, `/api/${path}?district=${district}`, body, { 'accept-language': language });
    const { errors = [] } = (await answer.json()) as { errors?: { field: string; value: unknown; reason: string }[] };
    return { status: answer.status, errors };
  };

  test.each(said)('%s: today at every hour, tomorrow at none, and nothing of long ago', async (path, bodyOf, field) => {
    for (const time of ['00:34:00', '12:00:00', '23:54:00']) {
      atLocal(time);
      expect(await answerOf(path, bodyOf(today)), time).toEqual({ status: 201, errors: [] });
      const before = (await findDistrictStream(service.parts.broker, district))!.lastSequence;
      const refused = await answerOf(path, bodyOf(tomorrow));
      expect(refused, time).toMatchObject({
        status: 422,
        errors: [{ field, value: expect.stringContaining(tomorrow) }],
      });
      expect((await findDistrictStream(service.parts.broker, district))!.lastSequence).toBe(before);
    }
    const long = await answerOf(path, bodyOf('1790-01-01'), 'vi');
    expect([long.status, long.errors[0]!.field.replace('json.', '')]).toEqual([422, field.replace('json.', '')]);
    expect(long.errors[0]!.reason).toMatch(/^sớm nhất là 01\/01\/(1990|1945|1800)$/);
  });
});

describe('a correction of a case', () => {
  let service: ServiceUnderTest;
  let address: (path: string) => string;
  beforeAll(async () => {
    atLocal('12:00:00');
    service = await startEpidemic(now);
    const district = await openTestDistrict(service, { clock: 'live' });
    address = (path) => `/api/epidemic/cases${path}?district=${district}`;
    const case_ = { caseId: 'a', confirmedDate: '2026-11-20', specimenDate: '2026-11-19', onsetDate: '2026-11-15' };
    expect((await post(service, address(''), case_)).status).toBe(201);
  });
  afterAll(() => service.stop());

  test.each([
    [{ onsetDate: '2026-11-21' }, 'json.onsetDate', 'not after confirmedDate 2026-11-20'],
    [{ confirmedDate: '2026-11-18' }, 'json.confirmedDate', 'not before specimenDate 2026-11-19'],
    [{ onsetDate: '2026-11-26', confirmedDate: '2026-11-25' }, 'json.onsetDate', 'not after confirmedDate 2026-11-25'],
    [{ confirmedDate: tomorrow }, 'json.confirmedDate', `at most ${today}, today in the district`],
  ])('%j is held to the days that it leaves', async (correction, field, reason) => {
    const answer = await post(service, address('/a/correction'), correction);
    expect([answer.status, await answer.json()]).toMatchObject([422, { errors: [{ field, reason }] }]);
  });

  test('that leaves the days in their order is taken', async () => {
    for (const correction of [
      { ageYears: 40 },
      { onsetDate: '2026-11-20' },
      { confirmedDate: '2026-11-21', onsetDate: '2026-11-21' },
    ])
      expect((await post(service, address('/a/correction'), correction)).status).toBe(201);
  });
});
