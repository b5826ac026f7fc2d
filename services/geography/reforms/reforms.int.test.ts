// District 7's own reforms on its own pack: wards of each day, what becomes of what was said of the old ones, and a layer that draws the new ones later.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deleteDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { registerPack } from '../district-pack/register-pack.ts';
import { loadDistrict7Pack } from '../district7/pack.ts';
import { type GeographyUnderTest, startGeography } from '../testing.ts';

const district = temporaryDistrict();
const pack = loadDistrict7Pack();
let geography: GeographyUnderTest;
beforeAll(async () => {
  geography = await startGeography();
  const placement = { district, clock: 'recorded', exercise: true, recordedTime: '2021-05-01T00:00:00Z' } as const;
  const { sequence } = await registerPack(geography.appender, geography.broker, pack, placement);
  await geography.places.reached(district, sequence, 20_000);
});
afterAll(async () => {
  await deleteDistrictStream(geography.broker, district);
  await geography.stop();
});

interface Told {
  reforms: { from: string; begins: string[]; ends: string[] }[];
  sequence: number | null;
}
const apply = async (query: string) => {
  const response = await geography.app.request(`/api/geography/reforms?district=${district}&${query}`, {
    method: 'POST',
  });
  return { status: response.status, body: (await response.json()) as Told };
};
const areasOn = async (onDay: string, level = 'ward') => {
  const response = await geography.app.request(
    `/api/geography/areas?district=${district}&level=${level}&onDay=${onDay}`,
  );
  const { features } = (await response.json()) as {
    features: {
      geometry: object | null;
      properties: { areaId: string; name: string; areaKm2: number | null; population: number | null };
    }[];
  };
  return features.map(({ geometry, properties }) => ({ ...properties, isDrawn: geometry !== null }));
};
const ancestorsOf = async (areaId: string, onDay: string) => {
  const { rows } = await geography.database.query<{ ancestor_id: string }>(
    `SELECT ancestor_id FROM geography.ancestors_at($1, '9999-01-01Z', $2::date) WHERE area_id = $3 ORDER BY 1`,
    [district, onDay, areaId],
  );
  return rows.map(({ ancestor_id }) => ancestor_id);
};
const peopleOf = (ids: string[]) =>
  pack.areas.filter(({ id }) => ids.includes(id)).reduce((sum, { population }) => sum + population, 0);

test('a dry run changes nothing; an unknown reform is refused with those that there are', async () => {
  const { body } = await apply('from=2025-07-01&dryRun=true');
  expect(body.reforms.map(({ from, begins, ends }) => [from, begins.length, ends.length])).toEqual([
    ['2024-03-14', 0, 300],
    ['2025-07-01', 4, 10],
  ]);
  expect(await areasOn('2025-07-01')).toHaveLength(10);
  expect((await apply('from=2025-01-01')).status).toBe(422);
});

test('ten wards to the day before, four from the day on; tổ to March 2024', async () => {
  const { status, body } = await apply('from=2025-07-01');
  expect(status).toBe(200);
  await geography.places.reached(district, body.sequence!, 20_000);
  expect([
    (await areasOn('2024-03-13', 'neighbourhood')).length,
    (await areasOn('2024-03-14', 'neighbourhood')).length,
  ]).toEqual([300, 0]);
  expect((await areasOn('2025-06-30')).length).toBe(10);
  const wards = new Map((await areasOn('2025-07-01')).map((ward) => [ward.name, ward]));
  expect([...wards.keys()].sort()).toEqual([
    'Phường Phú Thuận',
    'Phường Tân Hưng',
    'Phường Tân Mỹ',
    'Phường Tân Thuận',
  ]);
  // Whole parts: outline and people are theirs. Parts that nobody published: neither is known.
  const tanThuan = ['q7-binh-thuan', 'q7-tan-thuan-dong', 'q7-tan-thuan-tay'];
  expect(wards.get('Phường Tân Thuận')).toMatchObject({
    areaId: 'q7-2025-tan-thuan',
    population: peopleOf(tanThuan),
    isDrawn: true,
  });
  const km2 = (await areasOn('2025-06-30'))
    .filter(({ areaId }) => tanThuan.includes(areaId))
    .reduce((sum, { areaKm2 }) => sum + areaKm2!, 0);
  expect(wards.get('Phường Tân Thuận')!.areaKm2).toBeCloseTo(km2, 3);
  expect(wards.get('Phường Tân Mỹ')).toMatchObject({ population: null, isDrawn: false });
  // The district has its people as before.
  expect(await areasOn('2025-07-01', 'district')).toMatchObject([{ population: 360_155 }]);
});

test('what was said of old areas: of the ward that they are whole in, or of the district', async () => {
  expect(await ancestorsOf('q7-tan-hung', '2025-06-30')).toEqual(['q7', 'q7-tan-hung']);
  expect(await ancestorsOf('q7-tan-hung', '2025-07-01')).toEqual(['q7', 'q7-2025-tan-hung']);
  expect(await ancestorsOf('q7-tan-hung-to-01', '2024-06-01')).toEqual(['q7', 'q7-tan-hung']);
  expect(await ancestorsOf('q7-tan-hung-to-01', '2025-07-01')).toEqual(['q7', 'q7-2025-tan-hung']);
  expect(await ancestorsOf('q7-phu-my', '2025-07-01')).toEqual([]);
  const { rows } = await geography.database.query(
    `SELECT predecessor_id AS before, share FROM geography.published_predecessors WHERE district = $1 AND area_id = 'q7-2025-tan-my' ORDER BY 1`,
    [district],
  );
  expect(rows).toEqual(['q7-phu-my', 'q7-phu-thuan', 'q7-tan-phu'].map((before) => ({ before, share: null })));
});

test('applied again it says nothing; what is published of a new ward stands before the sum of its parts', async () => {
  const again = await apply('from=2025-07-01');
  expect([again.body.sequence, again.body.reforms.flatMap(({ begins, ends }) => [...begins, ...ends])]).toEqual([
    null,
    [],
  ]);
  const people = (asked: string) =>
    geography.database.query<{ people: number }>(
      `SELECT people FROM geography.population_at($1, $2, '9999-01-01Z', '2025-07-01') WHERE area_id = 'q7-2025-tan-thuan'`,
      [district, asked],
    );
  expect((await people('all')).rows[0]!.people).toBe(
    peopleOf(['q7-binh-thuan', 'q7-tan-thuan-dong', 'q7-tan-thuan-tay']),
  );
  await geography.database.query(
    `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
     VALUES ($1, 'q7-2025-tan-thuan', 'all', 125281, '2025-01-01', '2025-07-01Z', false, 'published', 999999)`,
    [district],
  );
  expect((await people('all')).rows[0]!.people).toBe(125_281);
});
