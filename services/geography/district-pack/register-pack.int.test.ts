import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { loadDistrict7Pack } from '../district7/pack.ts';
import { placesProjection } from '../projections/places.ts';
import { packEvents } from './pack-events.ts';
import { registerPack } from './register-pack.ts';

const pack = loadDistrict7Pack();
const placement = { clock: 'recorded', exercise: true, recordedTime: '2021-05-01T00:00:00Z' } as const;

test('ids follow from content: the same pack says the same facts under unique ids', () => {
  const ids = packEvents(pack, placement).map((event) => event.id);
  expect(packEvents(pack, placement).map((event) => event.id)).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('a pack in a journal', () => {
  let broker: Broker;
  let appender: Appender;
  let database: Database;
  let drop: () => Promise<void>;
  let followed: FollowedProjection;
  const district = temporaryDistrict();
  beforeAll(async () => {
    broker = await testBroker();
    appender = new Appender(broker);
    const temporary = await temporaryDatabase();
    ({ database, drop } = temporary);
    await migrate(temporary.url, 'geography', new URL('../migrations/', import.meta.url));
    followed = await followDistricts(placesProjection({}), { database, broker, log: silentLog });
  });
  afterAll(async () => {
    await deleteDistrictStream(broker, district);
    await followed.stop();
    appender.close();
    await broker.close();
    await drop();
  });

  test('is there once, whole, under the drill’s district, and again after nothing', async () => {
    const registered = await registerPack(appender, broker, pack, { ...placement, district });
    expect(registered.appended).toBe(packEvents(pack, placement).length);
    expect(await followed.reached(district, registered.sequence, 20_000)).toBe(true);
    expect(await registerPack(appender, broker, pack, { ...placement, district })).toEqual({
      district,
      appended: 0,
      sequence: 0,
    });
    const { rows: levels } = await database.query(
      `SELECT level, count(*), sum(people) AS people FROM geography.areas_at($1, now(), '2021-08-01')
       JOIN geography.population_at($1, 'all', now(), '2021-08-01') USING (area_id) GROUP BY level ORDER BY level`,
      [district],
    );
    expect(levels).toEqual([
      { level: 'district', count: 1, people: 360155 },
      { level: 'neighbourhood', count: 300, people: 360155 },
      { level: 'ward', count: 10, people: 360155 },
    ]);
    const { rows: groups } = await database.query(
      `SELECT sum(people) AS people FROM geography.population_versions WHERE district = $1 AND area_id = 'q7' AND age_group <> 'all'`,
      [district],
    );
    expect(groups[0].people).toBe(360155);
    const { rows: features } = await database.query(
      `SELECT kind, count(*) FROM geography.published_map_features WHERE district = $1 GROUP BY kind ORDER BY kind`,
      [district],
    );
    expect(features).toEqual([
      { kind: 'place', count: pack.places.length },
      { kind: 'planning-zone', count: pack.planningZones.length },
      { kind: 'road', count: pack.roads.length },
      { kind: 'surrounding', count: pack.surroundings.length },
      { kind: 'waterway', count: pack.waterways.length },
    ]);
    const { rows: repaired } = await database.query(
      `SELECT count(*) FROM geography.area_versions WHERE district = $1 AND (NOT ST_IsValid(geom) OR ST_GeometryType(geom) <> 'ST_MultiPolygon' OR NOT ST_Within(label, geom))`,
      [district],
    );
    expect(repaired[0].count).toBe(0);
  });

  test('each tổ’s label point is found in that tổ', async () => {
    const { rows } = await database.query(
      `SELECT count(*) FILTER (WHERE geography.area_of_point($1, label, '2021-08-01') = area_id) AS right, count(*) AS all
       FROM geography.area_versions WHERE district = $1 AND level = 'neighbourhood'`,
      [district],
    );
    expect(rows[0]).toEqual({ right: 300, all: 300 });
  });
});
