import { existsSync, readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { definitionOf } from '#contracts/catalogue.ts';
import type { OutgoingEvent } from '../import-event.ts';
import '../../services.ts';
import { rowKind } from '../kinds.ts';
import { planImport } from '../plan-import.ts';
import { runImport } from '../run-import.ts';
import { fileOnDisk } from '../table/source-bytes.ts';
import { DamagedFile } from '../table/structural-damage.ts';
import { citySets } from './city-sets.ts';
import { nycEvents } from './nyc-events.ts';
import { nycLayer, undrawnAreas } from './nyc-places.ts';
import { readRows } from './read-rows.ts';

const shared = resolve(process.env.VX_SHARED ?? resolve(import.meta.dirname, '../../../../shared'), 'data');
const there = existsSync(shared);
if (!there) process.stdout.write(`recorded sets: skipped, ${shared} is not there\n`);

type Count = {
  areaId: string;
  periodEnd: string;
  ratePer100k: number | null;
  cases: number | null;
  suppressed?: boolean;
  population?: number;
};

describe.skipIf(!there)('New York', () => {
  const folder = resolve(shared, 'nyc-covid');

  test('every published revision once, in order; as of any publication the values are those of the file', async () => {
    const counts: OutgoingEvent[] = [];
    const ids = new Set<string>();
    let before = '';
    for await (const event of nycEvents(folder, { vaccination: false })) {
      ids.add(event.id);
      if (event.type !== 'case-count-published') continue;
      expect(event.recordedtime! >= before).toBe(true);
      before = event.recordedtime!;
      counts.push(event);
    }
    expect(counts).toHaveLength(58_374);
    expect(ids.size).toBeGreaterThanOrEqual(58_374 + 177 * 2);
    for (const { type, data } of [counts[0]!, counts[30_000]!, counts.at(-1)!])
      expect(definitionOf(type)!.schema.safeParse(data).error).toBeUndefined();

    // The file's own state at some publications, value by value.
    const publications = [...new Set(counts.map(({ recordedtime }) => recordedtime!))];
    const sampled = [0, 0.2, 0.5, 0.8, 1].map((share) => publications[Math.floor(share * (publications.length - 1))]!);
    for (const asOf of sampled) {
      const ours = new Map<string, number | null>();
      for (const { data, recordedtime } of counts) {
        const { areaId, periodEnd, ratePer100k } = data as Count;
        if (recordedtime! <= asOf) ours.set(`${areaId} ${periodEnd}`, ratePer100k);
      }
      const theirs = new Map<string, number | null>();
      for await (const row of readRows<'published_at' | 'area_id' | 'week_end_date' | 'case_rate_per_100k'>(
        resolve(folder, 'weekly_rate_revisions.csv.gz'),
      ))
        if (Date.parse(row.published_at) <= Date.parse(asOf))
          theirs.set(
            `${row.area_id} ${row.week_end_date}`,
            row.case_rate_per_100k === '' ? null : Number(row.case_rate_per_100k),
          );
      expect(ours).toEqual(theirs);
    }
  }, 120_000);

  test('counts are reckoned with the denominator of their day, and a new denominator makes no new case', async () => {
    const first = new Map<string, Count>();
    for await (const { type, data } of nycEvents(folder, { vaccination: false })) {
      if (type !== 'case-count-published') continue;
      const count = data as Count;
      if (count.areaId === '10001' && count.periodEnd === '2020-08-08' && !first.has(count.areaId))
        first.set(count.areaId, count);
    }
    // 10001: 23,563 people before 2020-11-09, 27,613 from then on; the first publication of weekly rates is of that day.
    expect(first.get('10001')).toMatchObject({ ratePer100k: 7.24, population: 27_613, cases: 2 });
  }, 60_000);

  test('178 polygons with parents, 99999 without data, 11096 without polygon', async () => {
    const { features } = await nycLayer(folder);
    expect(features).toHaveLength(178);
    expect(features.filter(({ properties }) => properties!.borough_id)).toHaveLength(177);
    const undrawn = await undrawnAreas(folder);
    expect(undrawn.map(({ data }) => (data as { areaId: string }).areaId)).toEqual(['11096']);
  });

  test('the two malformed files are refused with the lines of their conflicts', async () => {
    const lines: Record<string, number[]> = {};
    for (const file of readdirSync(resolve(folder, 'malformed'))) {
      const plan = planImport({
        kind: rowKind('case-counts'),
        source: await fileOnDisk(resolve(folder, 'malformed', file), file),
        sourceName: file,
        target: { district: 'nyc', timeZone: 'America/New_York', clock: 'recorded', areas: [] },
      });
      const error = await plan.then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).toBeInstanceOf(DamagedFile);
      lines[file.split('__')[0]!] = (error as DamagedFile).damage.map(({ line }) => line);
    }
    expect(lines).toEqual({ totals: [1, 180, 359], trends: [1, 20, 39] });
  });
});

describe.skipIf(!there)('cities', () => {
  // Rows and full copies, counted beside us with Python's csv module.
  test.each([
    ['chicago-complaints', { rows: 55_343, accepted: 55_342, rejected: 0, folded: 1, events: 110_606 }],
    ['boston-violations', { rows: 5612, accepted: 5606, rejected: 0, folded: 6, events: 9969 }],
    ['chicago-business', { rows: 13_364, accepted: 13_364, rejected: 0, folded: 0, events: 13_364 }],
  ])(
    '%s: accepted + rejected + folded = rows of the file, and each fact has its own id',
    async (name, expected) => {
      const set = citySets[name]!;
      const path = resolve(shared, set.file);
      const { district } = set;
      const areas = (set.undrawn?.ids ?? []).map((areaId) => ({ areaId, name: `Ward ${areaId}` }));
      const plan = await planImport({
        kind: rowKind(set.kind),
        source: await fileOnDisk(path, basename(path)),
        sourceName: basename(path),
        target: {
          district: district.districtId,
          timeZone: district.timeZone,
          clock: 'recorded',
          centre: district.centre,
          areas,
        },
        told: set.told,
      });
      const ids = new Set<string>();
      const byLabel = new Map<string, number>();
      const summary = await runImport(plan, {
        send: async (events) => {
          for (const { id, type, data } of events) {
            ids.add(id);
            const { areaId } = data as { areaId?: string };
            if (type === 'violation-reported' && areaId) byLabel.set(areaId, (byLabel.get(areaId) ?? 0) + 1);
          }
          return { accepted: events.length, duplicates: 0, rejected: [] };
        },
      });
      expect(summary).toMatchObject(expected);
      expect(ids.size).toBe(expected.events);
      if (set.undrawn) expect(byLabel.size).toBe(22);
    },
    120_000,
  );
});
