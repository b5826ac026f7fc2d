import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type Database, inTransaction, migrate } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { placesProjection } from './places.ts';

const projection = placesProjection({});
const square = (west: number, south: number, size: number) => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  ],
});

let number = 0;
const entry = (type: string, recordedtime: string, data: Record<string, unknown>, id?: string): Entry<CloudEvent> => {
  const sequence = ++number;
  return {
    sequence,
    subject: '',
    event: {
      specversion: '1.0',
      id: id ?? `e${sequence}`,
      source: '/test',
      type,
      time: recordedtime,
      district: 't',
      recordedtime,
      data,
    },
  };
};
const area = (recorded: string, validFrom: string, data: Record<string, unknown> = {}, id?: string) =>
  entry(
    'area-revised',
    recorded,
    { areaId: 'a', parentId: null, level: 'ward', name: 'Tân Phú', validFrom, geometry: square(0, 0, 0.1), ...data },
    id,
  );

describe('places projection', () => {
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const temporary = await temporaryDatabase();
    ({ database, drop } = temporary);
    await migrate(temporary.url, 'geography', new URL('../migrations/', import.meta.url));
  });
  afterAll(() => drop());
  beforeEach(() => inTransaction(database, (transaction) => projection.forget(transaction, 't')));

  const apply = (...entries: Entry<CloudEvent>[]) =>
    inTransaction(database, (transaction) => projection.apply(transaction, 't', entries));
  const nameAt = async (asOf: string, onDay: string) =>
    (await database.query('SELECT name FROM geography.areas_at($1, $2, $3)', ['t', asOf, onDay])).rows.map(
      (row) => row.name,
    );
  const everything = async () =>
    (
      await database.query(
        `SELECT area_id, name, valid_from, valid_until, known_at::text, known_until::text, event_id, sequence, ST_AsText(geom) AS geom
         FROM geography.area_versions WHERE district = 't' ORDER BY sequence, valid_from`,
      )
    ).rows;

  test('a change on day D leaves the days before D, and the reads of before it was known, as they were', async () => {
    await apply(area('2021-01-01T00:00Z', '2000-01-01', { name: 'old' }));
    await apply(area('2021-06-01T00:00Z', '2021-07-01', { name: 'new', geometry: square(0, 0, 0.2) }));
    expect(await nameAt('2021-05-31T00:00Z', '2021-08-01')).toEqual(['old']);
    expect(await nameAt('2021-06-02T00:00Z', '2021-06-30')).toEqual(['old']);
    expect(await nameAt('2021-06-02T00:00Z', '2021-07-01')).toEqual(['new']);
    expect(await nameAt('2021-06-02T00:00Z', '1999-12-31')).toEqual([]);
    const areaOf = async (day: string) =>
      (
        await database.query(
          'SELECT geography.area_of_point($1, ST_SetSRID(ST_MakePoint(0.15, 0.15), 4326), $2) AS id',
          ['t', day],
        )
      ).rows[0].id;
    expect(await areaOf('2021-06-30')).toBeNull();
    expect(await areaOf('2021-07-01')).toBe('a');
  });

  test('a late correction of the middle keeps what follows it', async () => {
    await apply(
      area('2021-01-01T00:00Z', '2000-01-01', { name: 'one' }),
      area('2021-01-01T00:00Z', '2020-01-01', { name: 'three' }),
    );
    await apply(area('2021-02-01T00:00Z', '2010-01-01', { name: 'two' }));
    const now = '2022-01-01T00:00Z';
    expect([await nameAt(now, '2009-12-31'), await nameAt(now, '2015-01-01'), await nameAt(now, '2020-01-01')]).toEqual(
      [['one'], ['two'], ['three']],
    );
    expect(await nameAt('2021-01-15T00:00Z', '2015-01-01')).toEqual(['one']);
  });

  test('an abolished area ends the day before, and nothing follows', async () => {
    await apply(area('2021-01-01T00:00Z', '2000-01-01'), area('2021-01-02T00:00Z', '2030-01-01', { name: 'later' }));
    await apply(area('2021-03-01T00:00Z', '2021-07-01', { abolished: true, geometry: null }));
    expect(await nameAt('2022-01-01T00:00Z', '2021-06-30')).toEqual(['Tân Phú']);
    expect(await nameAt('2022-01-01T00:00Z', '2021-07-01')).toEqual([]);
    expect(await nameAt('2022-01-01T00:00Z', '2031-01-01')).toEqual([]);
    expect(await nameAt('2021-02-01T00:00Z', '2031-01-01')).toEqual(['later']);
  });

  test('knowledge does not run backwards: an event recorded earlier but journalled later is known from the newer moment', async () => {
    await apply(area('2021-05-01T00:00Z', '2000-01-01', { name: 'first' }));
    await apply(area('2021-04-01T00:00Z', '2000-01-01', { name: 'second' }));
    expect(await nameAt('2021-04-15T00:00Z', '2021-01-01')).toEqual([]);
    expect(await nameAt('2021-05-01T00:00Z', '2021-01-01')).toEqual(['second']);
  });

  test('the same event again changes nothing, and one batch or many give equal rows', async () => {
    const entries = [
      area('2021-01-01T00:00Z', '2000-01-01', { name: 'one' }, 'x1'),
      area('2021-01-01T00:00Z', '2021-01-01', { name: 'two' }, 'x2'),
      area('2021-02-01T00:00Z', '2010-01-01', { name: 'three' }, 'x3'),
      area('2021-03-01T00:00Z', '2015-01-01', { abolished: true, geometry: null }, 'x4'),
      area('2021-04-01T00:00Z', '2018-01-01', { name: 'back' }, 'x5'),
    ];
    await apply(...entries);
    const rows = await everything();
    expect(rows.length).toBeGreaterThan(5);
    await apply(area('2021-09-01T00:00Z', '2015-01-01', { abolished: true, geometry: null }, 'x4'));
    expect(await everything()).toEqual(rows);
    await inTransaction(database, (transaction) => projection.forget(transaction, 't'));
    expect(await everything()).toEqual([]);
    for (const one of entries) await apply(one);
    expect(await everything()).toEqual(rows);
  });

  test('denominators: a newer figure for a later day never rewrites an older day, nor what was known', async () => {
    const people = (recorded: string, validFrom: string, count: number) =>
      entry('population-published', recorded, { areaId: 'a', validFrom, people: count });
    await apply(
      people('2021-01-01T00:00Z', '2019-04-01', 100),
      people('2021-01-01T00:00Z', '2021-01-01', 120),
      people('2021-06-01T00:00Z', '2021-01-01', 130),
    );
    const at = async (asOf: string, onDay: string) =>
      (await database.query('SELECT people FROM geography.population_at($1, $2, $3, $4)', ['t', 'all', asOf, onDay]))
        .rows[0]?.people;
    expect([
      await at('2022-01-01T00:00Z', '2020-12-31'),
      await at('2022-01-01T00:00Z', '2021-01-01'),
      await at('2021-05-01T00:00Z', '2021-01-01'),
      await at('2020-01-01T00:00Z', '2021-01-01'),
    ]).toEqual([100, 130, 120, undefined]);
  });

  test('age groups that are every age once are the people of all ages, where no total is published; others are not', async () => {
    const groups: Record<string, [group: string, people: number][]> = {
      complete: [
        ['0-17', 5000],
        ['18-64', 12_000],
        ['65+', 3000],
      ],
      overlapping: [
        ['0-17', 5],
        ['18+', 15],
        ['18-64', 12],
        ['65+', 2],
      ],
      published: [
        ['all', 19],
        ['0-17', 5],
        ['18+', 15],
      ],
      open: [
        ['0-17', 5],
        ['18-100', 15],
      ],
      gap: [
        ['0-16', 5],
        ['18+', 15],
      ],
      doubled: [
        ['0-18', 5],
        ['18+', 15],
      ],
      adults: [['18+', 15]],
      ends: [
        ['0-17', 5],
        ['18-99', 15],
      ],
    };
    let sequence = 9000;
    for (const [areaId, rows] of Object.entries(groups))
      for (const [group, people] of rows)
        await database.query(
          `INSERT INTO geography.population_versions (district, area_id, age_group, people, valid_from, known_at, estimated, event_id, sequence)
           VALUES ('ages', $1, $2, $3, '2020-01-01', '2020-01-01Z', $2 = '65+', $2, $4)`,
          [areaId, group, people, sequence++],
        );
    const of = async (group: string) =>
      (
        await database.query<{ area_id: string; people: number; estimated: boolean }>(
          `SELECT area_id, people, estimated FROM geography.population_at('ages', $1, '2022-01-01Z', '2022-01-01') ORDER BY area_id`,
          [group],
        )
      ).rows.map(({ area_id, people, estimated }) => [area_id, people, estimated]);
    expect(await of('all')).toEqual([
      ['complete', 20_000, true],
      ['open', 20, false],
      ['overlapping', 20, false],
      ['published', 19, false],
    ]);
    expect(await of('65+')).toEqual([
      ['complete', 3000, true],
      ['overlapping', 2, true],
    ]);
  });

  test('the minimal and the full fixture of each event of ours can be written', async () => {
    const types = ['district-registered', 'area-revised', 'population-published', 'map-feature-revised'];
    const fixture = (name: string) =>
      JSON.parse(readFileSync(new URL(`../../contracts/fixtures/${name}.json`, import.meta.url), 'utf8'));
    for (const type of types)
      for (const size of ['minimal', 'full']) {
        const event = { recordedtime: '2021-08-02T00:00:00Z', ...fixture(`${type}.${size}`) } as CloudEvent;
        await apply({ sequence: ++number, subject: '', event });
      }
    const count = async (table: string) =>
      (await database.query(`SELECT count(*) FROM geography.${table} WHERE district = 't'`)).rows[0].count;
    expect(await Promise.all(['districts', 'area_versions', 'population_versions', 'map_features'].map(count))).toEqual(
      [1, 2, 2, 2],
    );
    const { rows } = await database.query(
      `SELECT name_plain, area_km2, ST_Within(label, geom) AS inside FROM geography.area_versions WHERE area_id = 'q7-tan-phu'`,
    );
    expect(rows[0]).toMatchObject({ name_plain: 'phuong tan phu', inside: true });
    // 0.01° × 0.01° at 10.7° north: 1.0937 km × 1.1061 km.
    expect(rows[0].area_km2).toBeCloseTo(1.21, 1);
  });
});
