import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import './services.ts';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from './district/testing/district.ts';
import { startEconomy } from './economy/testing/district.ts';
import { message as messageOf, startEpidemic } from './epidemic/testing/service.ts';
import defineIncidents from './incidents/app.ts';
import { incidents } from './incidents/declaration.ts';
import { startUrbanOrder } from './urban-order/testing/district.ts';

const now = () => new Date('2026-11-30T03:00:00Z');
const latest = '2026-11-30T03:05:00.000Z';

const services: Record<string, [start: () => Promise<ServiceUnderTest>, reads: string[]]> = {
  epidemic: [
    () => startEpidemic(now),
    ['figures', 'cases', 'points', 'series', 'counts', 'vaccination', 'facilities', 'feeds'].map(
      (read) => `epidemic/${read}`,
    ),
  ],
  economy: [() => startEconomy(now), ['economy/businesses', 'economy/figures', 'economy/indicators']],
  'urban order': [() => startUrbanOrder(now), ['urban-order/violations', 'urban-order/figures']],
  incidents: [() => startDeclared(incidents, defineIncidents(), now), ['incidents/incidents', 'incidents/figures']],
};

describe.each(Object.entries(services))('what %s will know', (_, [start, reads]) => {
  let service: ServiceUnderTest;
  let live: string;
  let recorded: string;
  beforeAll(async () => {
    service = await start();
    live = await openTestDistrict(service, { clock: 'live' });
    recorded = await openTestDistrict(service);
  });
  afterAll(() => service.stop());
  const ask = async (district: string, path: string, asOf: string, language = 'en') => {
    const answer = await service.app.request(`/api/${path}?district=${district}&asOf=${encodeURIComponent(asOf)}`, {
      headers: { 'accept-language': language },
    });
    const body = answer.status === 200 ? undefined : await answer.json();
    return { status: answer.status, body };
  };

  test.each(reads)('%s: is not answered; clocks may differ by five minutes', async (path) => {
    for (const district of [live, recorded]) {
      expect(await ask(district, path, latest)).toEqual({ status: 200, body: undefined });
      const asOf = '2026-11-30T10:05:00.001+07:00';
      expect(await ask(district, path, asOf)).toMatchObject({
        status: 422,
        body: {
          title: 'The moment has not come yet',
          errors: [
            {
              field: 'query.asOf',
              value: asOf,
              reason: `at most ${latest} (5 minutes ahead of the district's clock): nobody knows yet what comes after it`,
            },
          ],
        },
      });
    }
    expect(await ask(live, path, '2027-01-01T00:00:00Z', 'vi')).toMatchObject({
      body: {
        title: 'Thời điểm này chưa đến',
        errors: [{ reason: expect.stringMatching(/^muộn nhất là 2026-11-30T03:05/) }],
      },
    });
  });
});

describe('a window', () => {
  let service: ServiceUnderTest;
  let live: string;
  beforeAll(async () => {
    service = await startEpidemic(now);
    live = await openTestDistrict(service, { clock: 'live' });
    const body = { caseId: 'a', confirmedDate: '2026-11-29', areaId: 'W0' };
    expect((await post(service, `/api/epidemic/cases?district=${live}`, body)).status).toBe(201);
  });
  afterAll(() => service.stop());

  test('ends today at the latest: of the days after it nobody knows that there were no cases', async () => {
    const of = async (onDay: string) => {
      const answer = await service.app.request(`/api/epidemic/figures?district=${live}&onDay=${onDay}`);
      return { status: answer.status, body: await answer.json() };
    };
    expect((await of('2026-11-30')).status).toBe(200);
    expect(await of('2026-12-01')).toMatchObject({
      status: 422,
      body: {
        errors: [{ field: 'query.onDay', value: '2026-12-01', reason: 'at most 2026-11-30, today in the district' }],
      },
    });
  });
});

test('recorded history that is asked beyond its clock answers with the day on which it stands: of the days after nobody ever told', async () => {
  const service = await startEpidemic(now);
  try {
    const district = await openTestDistrict(service);
    const tell = async (caseId: string, day: string) => {
      const data = { caseId, confirmedDate: day, areaId: 'W0' };
      const appended = await service.parts.appender.append(
        messageOf(district, 'case-confirmed', data, `${day}T05:00:00.000Z`),
      );
      expect(appended.ok && (await service.projections[0]!.reached(district, appended.sequence, 90_000))).toBe(true);
    };
    await tell('a', '2021-07-01');
    await tell('b', '2021-07-05');
    const figures = async (query: string) => {
      const answer = await service.app.request(`/api/epidemic/figures?district=${district}${query}`);
      const { asOf, onDay, areas } = (await answer.json()) as {
        asOf: string;
        onDay: string;
        areas: { areaId: string; figures: Record<string, { value: number | null }> }[];
      };
      return [Date.parse(asOf), onDay, areas.find(({ areaId }) => areaId === 'W0')!.figures['cases-7d']!.value];
    };
    const stands = [Date.parse('2021-07-05T05:00:00Z'), '2021-07-05', 2];
    expect(await figures('')).toEqual(stands);
    expect(await figures('&asOf=2023-01-01T00:00:00Z')).toEqual(stands);
    expect(await figures('&asOf=2021-07-05T05:00:00Z')).toEqual(stands);
    // Within what was told, the clock goes by the moment asked.
    expect(await figures('&asOf=2021-07-03T05:00:00Z')).toEqual([Date.parse('2021-07-03T05:00:00Z'), '2021-07-03', 1]);
  } finally {
    await service.stop();
  }
});

test('an exercise of a year to come is asked by its own clock', async () => {
  const service = await startEpidemic(now);
  try {
    const district = await openTestDistrict(service);
    const time = '2027-07-01T05:00:00.000Z';
    const message = messageOf(
      district,
      'case-confirmed',
      { caseId: 'a', confirmedDate: '2027-07-01', areaId: 'W0' },
      time,
    );
    const appended = await service.parts.appender.append(message);
    expect(appended.ok && (await service.projections[0]!.reached(district, appended.sequence, 90_000))).toBe(true);
    const of = async (asOf: string) =>
      (await service.app.request(`/api/epidemic/figures?district=${district}&asOf=${asOf}`)).status;
    // The clock that was read last is kept for a moment.
    await expect.poll(() => of('2027-07-01T05:05:00Z'), { timeout: 90_000 }).toBe(200);
    expect(await of('2027-07-01T05:05:01Z')).toBe(422);
  } finally {
    await service.stop();
  }
});
