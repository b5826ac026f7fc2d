// Figures of entities across a change of borders: W0 and W1 became N, W2 went to P and Q in parts that nobody published, W3 stays.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import './services.ts';
import type { Figure } from '#contracts/http.ts';
import { startDeclared } from '#lifecycle/testing/declared.ts';
import { get, post } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openTestDistrict } from './district/testing/district.ts';
import { startEconomy } from './economy/testing/district.ts';
import defineIncidents from './incidents/app.ts';
import { incidents } from './incidents/declaration.ts';
import { readPopulation } from './scenarios/reads/district-facts.ts';
import { startUrbanOrder } from './urban-order/testing/district.ts';

const now = () => new Date('2026-11-30T03:00:00Z');
const reform = '2026-11-15';

async function applyReform({ parts: { database } }: ServiceUnderTest, district: string): Promise<void> {
  await database.query(
    `UPDATE geography.area_versions SET valid_until = $2 WHERE district = $1 AND area_id ~ '^W[012]'`,
    [district, reform],
  );
  for (const [index, id] of ['N', 'P', 'Q'].entries())
    await database.query(
      `INSERT INTO geography.area_versions (district, area_id, parent_id, level, name, name_plain, valid_from, known_at, geom, estimated, event_id, sequence)
       VALUES ($1, $2, 'D', 'ward', $2, lower($2), $3, '2000-01-01Z', NULL, true, $2 || ' new', $4)`,
      [district, id, reform, 100 + index],
    );
  for (const [area, successor, share] of [
    ['W0', 'N', 1],
    ['W1', 'N', 1],
    ['W2', 'P', null],
    ['W2', 'Q', null],
  ])
    await database.query(
      `INSERT INTO geography.area_successors (district, area_id, from_day, successor_id, share, known_at, sequence) VALUES ($1, $2, $3, $4, $5, '2000-01-01Z', 50)`,
      [district, area, reform, successor, share],
    );
}

const services: Record<
  string,
  { start: () => Promise<ServiceUnderTest>; path: string; figures: string; body: () => object; counts: string }
> = {
  economy: {
    start: () => startEconomy(now),
    path: 'economy/businesses',
    figures: 'economy/figures',
    body: () => ({ name: 'Quán', registeredDate: '2026-11-10' }),
    counts: 'active-businesses',
  },
  'urban order': {
    start: () => startUrbanOrder(now),
    path: 'urban-order/violations',
    figures: 'urban-order/figures',
    body: () => ({ kind: 'sanitation', occurredAt: '2026-11-10T02:00:00Z' }),
    counts: 'violations-open',
  },
  incidents: {
    start: () => startDeclared(incidents, defineIncidents(), now),
    path: 'incidents/incidents',
    figures: 'incidents/figures',
    body: () => ({ kind: 'crash', severity: 2, occurredAt: '2026-11-10T02:00:00Z' }),
    counts: 'incidents-open',
  },
};

describe.each(Object.entries(services))('%s', (_, { start, path, figures, body, counts }) => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await start();
  });
  afterAll(() => service.stop());
  const open = async (...wards: string[]) => {
    const district = await openTestDistrict(service, { clock: 'live' });
    for (const areaId of wards)
      expect((await post(service, `/api/${path}?district=${district}`, { ...body(), areaId })).status).toBe(201);
    await applyReform(service, district);
    const { areas } = await get<{ areas: { areaId: string | null; figures: Figure[] }[] }>(
      service,
      `/api/${figures}?district=${district}`,
    );
    return (areaId: string | null) => {
      const own = areas.find((area) => area.areaId === areaId)!.figures;
      return own.find(({ formula }) => formula === counts) ?? own[0]!;
    };
  };

  test('of wards that became one is their sum; beside a ward that was divided it is not known, with the reason', async () => {
    const figure = await open('W0', 'W0', 'W1', 'W2', 'W3');
    expect(['N', 'W3', 'D', null].map((area) => figure(area).value)).toEqual([3, 1, 5, 5]);
    for (const area of ['P', 'Q'])
      expect(figure(area)).toMatchObject({
        value: null,
        numerator: null,
        reason: 'borders-changed',
        note: { en: expect.stringContaining('a part of it was W2 before'), vi: expect.stringContaining('W2') },
      });
  });

  test('a ward that had nothing leaves nothing unknown', async () => {
    const figure = await open('W0', 'W3');
    expect(['N', 'P', 'Q', 'W3'].map((area) => figure(area).value)).toEqual([1, 0, 0, 1]);
    expect(figure('P')).not.toHaveProperty('reason');
  });
});

test('people of a scenario: of wards that became one the sum of theirs, by age group; of parts nobody knows', async () => {
  const service = await startEconomy(now);
  try {
    const district = await openTestDistrict(service, { clock: 'live' });
    await service.parts.database.query(
      `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
       SELECT $1, area_id, '18+', people, '2000-01-01', '2000-01-01Z', false, area_id || '18+', 900
       FROM unnest($2::text[], $3::int[]) AS t (area_id, people)`,
      [district, ['W0', 'W1', 'W3'], [700, 650, 600]],
    );
    await applyReform(service, district);
    const moment = { district, asOf: undefined, day: '2026-11-30', instant: now().toISOString() };
    const found = await readPopulation(service.parts.database, moment as Parameters<typeof readPopulation>[1], [
      'N',
      'P',
      'W3',
    ]);
    expect([...found].map(([areaId, { groups }]) => [areaId, Object.fromEntries(groups)])).toEqual([
      ['N', { all: 2000, '18+': 1350 }],
      ['W3', { all: 1000, '18+': 600 }],
    ]);
  } finally {
    await service.stop();
  }
});
