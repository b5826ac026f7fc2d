import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newEvent } from '#contracts/new-event.ts';
import { inTransaction } from '#platform/database.ts';
import { areaEvents } from './import/area-events.ts';
import { importAreas } from './import/import-areas.ts';
import { placesProjection } from './projections/places.ts';
import { type GeographyUnderTest, startGeography } from './testing.ts';

const shared = process.env.VX_SHARED ?? resolve(import.meta.dirname, '../../../shared');
const there = existsSync(join(shared, 'data/chicago-complaints/complaints.csv.gz'));
if (!there)
  console.log('point → area is not compared with a city’s own label: ../shared/data/chicago-complaints is not here');

describe.skipIf(!there)('point → area (../shared/data/chicago-complaints)', () => {
  let geography: GeographyUnderTest;
  beforeAll(async () => {
    geography = await startGeography();
    const text = readFileSync(join(shared, 'data/chicago-community-areas/community_areas.geojson'), 'utf8');
    const { areas } = await importAreas(geography.database, text, {
      validFrom: '2000-01-01',
      root: { areaId: 'chicago', name: 'Chicago' },
    });
    const events = areaEvents(areas, { district: 'chicago', recordedTime: '2011-01-01T00:00:00Z' });
    const entries = events.map((event, i) => ({ sequence: i + 1, subject: '', event: newEvent(event).event }));
    await inTransaction(geography.database, (transaction) =>
      placesProjection({}).apply(transaction, 'chicago', entries as never),
    );
  });
  afterAll(() => geography.stop());

  test('agrees with the area that the city printed on its complaints as well as these simplified outlines can: 98.0 %', async () => {
    const file = gunzipSync(readFileSync(join(shared, 'data/chicago-complaints/complaints.csv.gz')));
    const rows = (parse(file, { columns: true }) as Record<string, string>[]).filter(
      (row) => row.lat && row.lon && row.community_area && row.community_area !== '0',
    );
    const sample = rows.filter((_, i) => i % 5 === 0);
    expect(sample.length).toBeGreaterThan(10_000);
    const { rows: found } = await geography.database.query(
      `SELECT count(*) AS all, count(*) FILTER (WHERE a.area_id = label) AS agree, count(*) FILTER (WHERE geography.area_of_point('chicago', at, day) IS DISTINCT FROM a.area_id) AS differ
       FROM (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS at, label, day FROM unnest($1::float8[], $2::float8[], $3::text[], $4::date[]) AS t (lon, lat, label, day)) p
       LEFT JOIN LATERAL geography.area_at_point('chicago', at, day) a ON true`,
      [
        sample.map((row) => row.lon),
        sample.map((row) => row.lat),
        sample.map((row) => row.community_area),
        sample.map((row) => row.created_date),
      ],
    );
    const { all, agree, differ } = found[0];
    expect(differ).toBe(0);
    expect(agree / all).toBeGreaterThan(0.975);
    expect(agree / all).toBeLessThan(0.99);
  });
});
