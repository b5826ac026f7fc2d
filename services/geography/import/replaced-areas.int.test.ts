import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { type GeographyUnderTest, startGeography } from '../testing.ts';

let geography: GeographyUnderTest;
let district: string;
beforeAll(async () => {
  geography = await startGeography();
});
afterAll(() => geography.stop());

const square = (west: number, south: number, width = 0.01, height = 0.01) => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + width, south],
      [west + width, south + height],
      [west, south + height],
      [west, south],
    ],
  ],
});
const layer = (features: [id: string, geometry: object, more?: object][]) =>
  JSON.stringify({
    type: 'FeatureCollection',
    features: features.map(([id, geometry, more]) => ({
      type: 'Feature',
      properties: { area_id: id, name: `Phường ${id}`, ...more },
      geometry,
    })),
  });
/** A square kilometre in four wards. */
const four = layer([
  ['w1', square(106.7, 10.7)],
  ['w2', square(106.71, 10.7)],
  ['w3', square(106.7, 10.71)],
  ['w4', square(106.71, 10.71)],
]);
/** The west and the east. */
const merged = layer([
  ['west', square(106.7, 10.7, 0.01, 0.02)],
  ['east', square(106.71, 10.7, 0.01, 0.02)],
]);

interface Report {
  ended: { areaId: string; coveredShare: number; successors: { areaId: string; share: number }[] }[];
  unclear: { areaId: string; coveredShare: number }[];
  moved: { areaId: string; parentId: string }[];
}
const load = async (text: string, query: Record<string, string>) => {
  const asked = new URLSearchParams({ district, rootId: 'D', rootName: 'Quận', ...query });
  const response = await geography.app.request(`/api/geography/imports/areas?${asked}`, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/geo+json' },
  });
  return {
    status: response.status,
    body: (await response.json()) as { report: Report; errors: object[]; sequence: number },
  };
};
const wardsOn = async (onDay: string, level = 'ward') => {
  const response = await geography.app.request(
    `/api/geography/areas?${new URLSearchParams({ district, onDay, level })}`,
  );
  const { features } = (await response.json()) as { features: { properties: { areaId: string } }[] };
  return features.map(({ properties }) => properties.areaId).sort();
};
const ancestorsOf = async (areaId: string, onDay: string) => {
  const { rows } = await geography.database.query<{ ancestor_id: string }>(
    `SELECT ancestor_id FROM geography.ancestors_at($1, '9999-01-01Z', $2::date) WHERE area_id = $3 ORDER BY 1`,
    [district, onDay, areaId],
  );
  return rows.map(({ ancestor_id }) => ancestor_id);
};

describe('a new layer of a level', () => {
  beforeEach(async () => {
    district = temporaryDistrict();
    await openDistrictStream(geography.broker, district, { clock: 'live', exercise: true });
    await geography.database.query(
      `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
       VALUES ($1, 'Quận thử', 'Asia/Ho_Chi_Minh', 'live', true, ST_SetSRID(ST_MakePoint(106.71, 10.71), 4326), '2000-01-01Z', 1)`,
      [district],
    );
    const { status, body } = await load(four, { validFrom: '2015-01-01' });
    expect(status).toBe(200);
    await geography.places.reached(district, body.sequence, 20_000);
    return () => deleteDistrictStream(geography.broker, district);
  });

  test('ends the areas that it covers and does not name, from its day on; before it they hold as they did', async () => {
    const { status, body } = await load(merged, { validFrom: '2025-07-01' });
    expect(status).toBe(200);
    expect(body.report.ended.map(({ areaId, coveredShare, successors }) => [areaId, coveredShare, successors])).toEqual(
      [
        ['w1', 1, [{ areaId: 'west', share: 1 }]],
        ['w2', 1, [{ areaId: 'east', share: 1 }]],
        ['w3', 1, [{ areaId: 'west', share: 1 }]],
        ['w4', 1, [{ areaId: 'east', share: 1 }]],
      ],
    );
    await geography.places.reached(district, body.sequence, 20_000);
    expect(await wardsOn('2025-06-30')).toEqual(['w1', 'w2', 'w3', 'w4']);
    expect(await wardsOn('2025-07-01')).toEqual(['east', 'west']);
    // What was said of an old ward counts in the new one and in the district after the day, and in the old one before.
    expect(await ancestorsOf('w3', '2025-06-30')).toEqual(['D', 'w3']);
    expect(await ancestorsOf('w3', '2025-07-01')).toEqual(['D', 'west']);
    expect(await ancestorsOf('east', '2025-07-01')).toEqual(['D', 'east']);
  });

  test('loaded a second time it ends nothing more', async () => {
    await load(merged, { validFrom: '2025-07-01' });
    const { body } = await load(merged, { validFrom: '2025-07-01' });
    await geography.places.reached(district, body.sequence, 20_000);
    const again = await load(merged, { validFrom: '2025-07-01' });
    expect([again.body.report.ended, again.body.report.unclear]).toEqual([[], []]);
    expect(await wardsOn('2025-07-01')).toEqual(['east', 'west']);
  });

  test('that is a part of the wards, corrected, ends none of the others', async () => {
    const { body } = await load(layer([['w1', square(106.7, 10.7, 0.0101)]]), { validFrom: '2020-01-01' });
    expect([body.report.ended, body.report.unclear]).toEqual([[], []]);
    await geography.places.reached(district, body.sequence, 20_000);
    expect(await wardsOn('2020-01-01')).toEqual(['w1', 'w2', 'w3', 'w4']);
    // The district is known: its outline is not joined from one ward.
    const { rows } = await geography.database.query<{ km2: number }>(
      `SELECT area_km2 AS km2 FROM geography.areas_at($1, '9999-01-01Z', '2020-01-01') WHERE area_id = 'D'`,
      [district],
    );
    expect(rows[0]!.km2).toBeCloseTo(4.84, 1);
  });

  test('that covers a ward in part asks, and does as it is told', async () => {
    const half = layer([['new', square(106.7, 10.7, 0.015)]]);
    const { status, body } = await load(half, { validFrom: '2020-01-01' });
    expect([status, body.errors]).toEqual([
      422,
      [
        {
          field: 'query.ends',
          value: 'w2',
          reason: 'the new layer covers 50 % of “Phường w2” and does not name it: say --ends w2 or --keeps w2',
        },
      ],
    ]);
    expect(await wardsOn('2020-01-01')).toEqual(['w1', 'w2', 'w3', 'w4']);
    const dry = await load(half, { validFrom: '2020-01-01', dryRun: 'true' });
    expect(dry.body.report.unclear).toMatchObject([{ areaId: 'w2', coveredShare: 0.5 }]);
    const kept = await load(half, { validFrom: '2020-01-01', keeps: 'w2' });
    await geography.places.reached(district, kept.body.sequence, 20_000);
    expect(await wardsOn('2020-01-01')).toEqual(['new', 'w2', 'w3', 'w4']);
    const ended = await load(half, { validFrom: '2021-01-01', ends: 'w2' });
    await geography.places.reached(district, ended.body.sequence, 20_000);
    expect(await wardsOn('2021-01-01')).toEqual(['new', 'w3', 'w4']);
    // It was divided: what was said of it counts in the district and in no ward.
    expect(await ancestorsOf('w2', '2021-01-01')).toEqual([]);
  });

  test.each([
    [0.0004, [], []],
    [0.0006, [], ['w1']],
    [0.0094, [], ['w1']],
    [0.0096, ['w1'], []],
  ])('%f degrees of the 0.01 of a ward: 5 %% are asked about, 95 %% end it', async (width, ended, unclear) => {
    const { body } = await load(layer([['new', square(106.7, 10.7, width)]]), {
      validFrom: '2020-01-01',
      dryRun: 'true',
    });
    const ids = (areas: { areaId: string }[]) => areas.map(({ areaId }) => areaId);
    expect([ids(body.report.ended), ids(body.report.unclear)]).toEqual([ended, unclear]);
  });

  test('new areas that lie on each other cover their ground once', async () => {
    const lying = layer([
      ['x', square(106.7, 10.7, 0.006)],
      ['y', square(106.7, 10.7, 0.005)],
    ]);
    const { body } = await load(lying, { validFrom: '2020-01-01', dryRun: 'true' });
    expect([body.report.ended, body.report.unclear]).toMatchObject([[], [{ areaId: 'w1', coveredShare: 0.6 }]]);
  });

  test('from a day on which the old ones began would make them vanish, and asks', async () => {
    const { status, body } = await load(merged, { validFrom: '2015-01-01' });
    expect([status, body.errors.length]).toEqual([422, 4]);
  });

  test('gives what lay below an ended area to the new one on which most of it lies', async () => {
    const below = await load(
      layer([['t1', square(106.702, 10.702, 0.002, 0.002), { parent: 'w1', level: 'neighbourhood' }]]),
      {
        validFrom: '2015-01-01',
        parentProperty: 'parent',
        levelProperty: 'level',
      },
    );
    await geography.places.reached(district, below.body.sequence, 20_000);
    const { body } = await load(merged, { validFrom: '2025-07-01' });
    expect(body.report.moved).toEqual([{ areaId: 't1', name: 'Phường t1', parentId: 'west' }]);
    await geography.places.reached(district, body.sequence, 20_000);
    expect(await ancestorsOf('t1', '2025-07-01')).toEqual(['D', 't1', 'west']);
    expect(await ancestorsOf('t1', '2025-06-30')).toEqual(['D', 't1', 'w1']);
  });
});

test('a layer of a district that is not there yet can be tried, and makes no district', async () => {
  const nowhere = temporaryDistrict();
  const tried = await load(four, {
    district: nowhere,
    validFrom: '2020-01-01',
    dryRun: 'true',
    centre: '106.71,10.71',
  });
  expect(tried).toMatchObject({
    status: 200,
    body: { report: { accepted: 4, refused: [], ended: [] }, sequence: null },
  });
  const far = await load(four, { district: nowhere, validFrom: '2020-01-01', dryRun: 'true', centre: '-73.9,40.7' });
  expect(far.body.report).toMatchObject({ accepted: 0 });
  expect((await load(four, { district: nowhere, validFrom: '2020-01-01', dryRun: 'true' })).status).toBe(404);
  expect((await load(four, { district: nowhere, validFrom: '2020-01-01', centre: '106.71,10.71' })).status).toBe(404);
  const listed = (await (await geography.app.request('/api/districts')).json()) as { district: string }[];
  expect(listed.map(({ district: id }) => id)).not.toContain(nowhere);
});
