import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import '../services.ts';
import { pointFeeds } from '#contracts/feeds.ts';
import { newEventOf } from '#contracts/new-event.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { temporaryDistrict } from '#platform/testing/servers.ts';
import { registerPack } from '../geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from '../geography/district7/pack.ts';
import { stepsOf } from '../geography/points/z-order.ts';
import { type GeographyUnderTest, startGeography } from '../geography/testing.ts';
import { incidentCleared, incidentDismissed, incidentReported } from './incident.ts';

const district = temporaryDistrict();
const at = { lon: 106.728, lat: 10.734 };
const occurredAt = '2021-08-01T03:00:00.000Z';
const words = 'words that may name a person';

describe('incidents on the map of others', () => {
  let geography: GeographyUnderTest;
  beforeAll(async () => {
    geography = await startGeography();
    const placement = { district, clock: 'recorded', exercise: true, recordedTime: '2021-05-01T00:00:00Z' } as const;
    const { sequence } = await registerPack(geography.appender, geography.broker, loadDistrict7Pack(), placement);
    expect(await geography.places.reached(district, sequence, 90_000)).toBe(true);
    const fact = (id: string, data: object) => ({
      district,
      source: 'test',
      id,
      time: occurredAt,
      recordedTime: occurredAt,
      exercise: true,
      data: { occurredAt, ...data },
    });
    const told = { kind: 'flooding', severity: 3, description: words, location: at };
    const results = await geography.appender.appendAll([
      ...['a', 'b', 'c'].map(
        (incidentId) => newEventOf(incidentReported, fact(`${incidentId} told`, { incidentId, ...told })).message,
      ),
      newEventOf(incidentCleared, fact('b over', { incidentId: 'b', note: words })).message,
      newEventOf(incidentDismissed, fact('c none', { incidentId: 'c' })).message,
    ]);
    const last = results.at(-1)!;
    if (!last.ok) throw new Error(last.detail);
    const projection = geography.points[pointFeeds().findIndex(({ name }) => name === 'incidents')]!;
    expect(await projection.reached(district, last.sequence, 90_000)).toBe(true);
  }, 120_000);
  afterAll(async () => {
    await deleteDistrictStream(geography.broker, district);
    await geography.stop();
  });

  test('a tile of their layer has kind and status', async () => {
    const z = 14;
    const steps = stepsOf(at.lon, at.lat);
    const [x, y] = [steps.x, steps.y].map((step) => Math.floor(step / 2 ** (31 - z)));
    const response = await geography.app.request(`/api/tiles/incidents/${z}/${x}/${y}.mvt?district=${district}`);
    expect(response.status).toBe(200);
    const { layers } = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer())));
    const layer = layers.incidents!;
    const features = Array.from({ length: layer.length }, (_, index) => layer.feature(index).properties);
    expect(features.length).toBeGreaterThan(0);
    expect(JSON.stringify(features)).not.toContain(words);
  });

  test('an OGC collection has each with kind, status and time, and no words of people', async () => {
    const response = await geography.app.request(
      `http://map.example/api/ogc/collections/${district}.incident/items?limit=10`,
    );
    const { features } = (await response.json()) as { features: { id: string; properties: object }[] };
    expect(features.map(({ id, properties }) => [id, properties])).toEqual(
      expect.arrayContaining([
        ['a', { kind: 'flooding', status: 'reported', occurredAt: expect.stringContaining('2021-08-01T03:00:00') }],
        ['b', { kind: 'flooding', status: 'cleared', occurredAt: expect.stringContaining('2021-08-01T03:00:00') }],
      ]),
    );
    expect(JSON.stringify(features)).not.toContain(words);
  });
});
