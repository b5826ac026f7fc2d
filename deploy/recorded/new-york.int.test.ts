// The whole path on New York's real, revised series: door → journal → PostGIS → answers. ../shared/data/nyc-covid is evaluation material and not ours
// to ship: without it beside the repository (or in VX_SHARED) these tests are skipped, and say so.
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { epidemic } from '../../services/epidemic/app.ts';
import { nycCounts } from '../../services/imports/recorded/nyc-events.ts';
import { NycPopulation } from '../../services/imports/recorded/nyc-population.ts';
import { acceptEvent } from '../../services/intake/accept.ts';
import { deleteDistrictStream, openDistrictStream } from '../../services/platform/journal.ts';
import { temporaryDistrict } from '../../services/platform/testing/servers.ts';
import { type ServiceUnderTest, startServiceUnderTest } from '../../services/platform/testing/service.ts';

const folder = join(process.env.VX_SHARED ?? resolve(import.meta.dirname, '../../../shared'), 'data/nyc-covid');
const present = existsSync(join(folder, 'weekly_rate_revisions.csv.gz'));
if (!present) console.log(`skipped: no recorded series of New York at ${folder} (set VX_SHARED)`);

interface Revision {
  published_at: string;
  area_id: string;
  week_end_date: string;
  case_rate_per_100k: string;
}

describe.skipIf(!present)('New York, all revisions in order of publication', () => {
  const district = temporaryDistrict();
  let service: ServiceUnderTest;
  let revisions: Revision[];
  let sent = 0;

  beforeAll(async () => {
    revisions = parse(gunzipSync(readFileSync(join(folder, 'weekly_rate_revisions.csv.gz'))), { columns: true });
    service = await startServiceUnderTest(epidemic(), {
      others: [{ schema: 'geography', migrations: new URL('../../services/geography/migrations/', import.meta.url) }],
    });
    const { database, broker, appender } = service.parts;
    await database.query(
      `INSERT INTO geography.districts (district, name, time_zone, clock, exercise, centre, known_at, sequence)
       VALUES ($1, 'New York', 'America/New_York', 'recorded', false, ST_SetSRID(ST_MakePoint(-74, 40.7), 4326), '2000-01-01Z', 1)`,
      [district],
    );
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: false });
    const population = await NycPopulation.read(folder);
    let batch: Parameters<typeof appender.appendAll>[0] = [];
    let last = 0;
    const flush = async () => {
      for (const result of await appender.appendAll(batch)) {
        if (!result.ok) throw new Error(result.detail);
        last = result.sequence;
      }
      batch = [];
    };
    for await (const event of nycCounts(folder, population)) {
      const accepted = acceptEvent({ ...event, district }, () => ({ clock: 'recorded', exercise: false }), new Date());
      if (!accepted.ok) throw new Error(JSON.stringify(accepted.errors));
      batch.push(accepted.message);
      sent++;
      if (batch.length === 4000) await flush();
    }
    await flush();
    while (!(await service.projections[0]!.reached(district, last, 1000)));
  }, 180_000);
  afterAll(async () => {
    await deleteDistrictStream(service.parts.broker, district);
    await service.stop();
  });

  const instant = (text: string) => new Date(text).toISOString();

  test('58,374 revisions are in the journal and each different one is a row', async () => {
    expect([revisions.length, sent]).toEqual([58_374, 58_374]);
    const { rows } = await service.parts.database.query<{ n: number }>(
      'SELECT count(*) AS n FROM epidemic.count_versions WHERE district = $1',
      [district],
    );
    // A value that vanished from a publication and came back the same is in the file again, and is no revision.
    const latest = new Map<string, string>();
    const different = revisions.filter((row) => {
      const cell = `${row.area_id} ${row.week_end_date}`;
      const changed = latest.get(cell) !== row.case_rate_per_100k;
      latest.set(cell, row.case_rate_per_100k);
      return changed;
    });
    expect(rows[0]!.n).toBe(different.length);
  });

  test('asOf any publication gives what was published then, value by value', async () => {
    const publications = [...new Set(revisions.map((row) => instant(row.published_at)))].sort();
    const { rows } = await service.parts.database.query<{
      area_id: string;
      period_end: string;
      rate_per_100k: number | null;
      known_at: Date;
      known_until: Date | number;
    }>(
      'SELECT area_id, period_end, rate_per_100k, known_at, known_until FROM epidemic.count_versions WHERE district = $1',
      [district],
    );
    // The state after each publication, by the file and by the rows; every cell of every publication is compared.
    const changes = Map.groupBy(revisions, (row) => instant(row.published_at));
    const begins = Map.groupBy(rows, (row) => row.known_at.toISOString());
    const published = new Map<string, number | null>();
    const known = new Map<string, { rate: number | null; until: number }>();
    let compared = 0;
    for (const moment of publications) {
      for (const row of changes.get(moment)!)
        published.set(
          `${row.area_id} ${row.week_end_date}`,
          row.case_rate_per_100k === '' ? null : Number(row.case_rate_per_100k),
        );
      for (const row of begins.get(moment) ?? [])
        known.set(`${row.area_id} ${row.period_end}`, {
          rate: row.rate_per_100k,
          until: row.known_until instanceof Date ? row.known_until.getTime() : Number.POSITIVE_INFINITY,
        });
      const wrong: unknown[] = [];
      for (const [cell, rate] of published) {
        const row = known.get(cell);
        compared++;
        if (!row || row.rate !== rate || row.until <= Date.parse(moment)) wrong.push([moment, cell, rate, row]);
      }
      expect(wrong).toEqual([]);
      expect(known.size).toBe(published.size);
    }
    console.log(`${publications.length} publications, ${compared} cells compared`);
    expect(compared).toBeGreaterThan(350_000);
  });

  test('the API answers the same, and shows a correction as a correction', async () => {
    const get = async (query: string) => {
      const answer = await service.app.request(`/api/epidemic/counts?district=${district}&${query}`);
      return (await answer.json()) as {
        items: {
          periodEnd: string;
          ratePer100k: number | null;
          suppressed: boolean;
          definition: string;
          knownAt: string;
          knownUntil: string | null;
        }[];
      };
    };
    // The definition was widened on 2021-08-05: the same week before and after.
    const week = revisions.filter((row) => row.area_id === '10025' && row.week_end_date === '2021-01-09');
    const query = 'areaId=10025&from=2021-01-09&to=2021-01-09';
    for (const row of week) {
      const { items } = await get(`${query}&asOf=${encodeURIComponent(instant(row.published_at))}`);
      expect([items.length, items[0]!.ratePer100k, items[0]!.knownAt]).toEqual([
        1,
        Number(row.case_rate_per_100k),
        instant(row.published_at),
      ]);
    }
    const { items } = await get(`${query}&revisions=true`);
    expect(items.map((item) => item.ratePer100k)).toEqual(week.map((row) => Number(row.case_rate_per_100k)).reverse());
    expect(new Set(items.map((item) => item.definition))).toEqual(new Set(['confirmed', 'confirmed and probable']));
  });
});
