import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import '../services.ts';
import { district7Wave } from '../drill/district7-wave.ts';
import { rowKind } from '../imports/kinds.ts';
import { planImport } from '../imports/plan-import.ts';
import { citySets } from '../imports/recorded/city-sets.ts';
import { nycEvents } from '../imports/recorded/nyc-events.ts';
import { runImport } from '../imports/run-import.ts';
import { fileOnDisk } from '../imports/table/source-bytes.ts';
import { acceptEvent, type DistrictRules } from './accept.ts';

const shared = resolve(process.env.VX_SHARED ?? resolve(import.meta.dirname, '../../../shared'), 'data');
const there = existsSync(shared);
if (!there) process.stdout.write(`recorded sets at the door: skipped, ${shared} is not there\n`);

const now = new Date('2026-11-30T00:00:00Z');

/** What the door refuses of events: type, fields and reasons, the first few. */
function refusals(events: Iterable<unknown>, rules: DistrictRules, programme: string) {
  const refused: unknown[] = [];
  let judged = 0;
  for (const event of events) {
    judged++;
    const answer = acceptEvent(event, () => rules, now, { programme, requestId: undefined });
    if (!answer.ok && refused.length < 5) refused.push([event, answer.errors]);
  }
  return { judged, refused };
}

test('the exercise of District 7 is plausible by its own clock, every event of it', () => {
  const events = function* () {
    for (const { event } of district7Wave().events()) yield event;
  };
  const rules = { clock: 'recorded', exercise: true, timeZone: 'Asia/Ho_Chi_Minh' } as const;
  const { judged, refused } = refusals(events(), rules, 'drill');
  expect(refused).toEqual([]);
  expect(judged).toBeGreaterThan(100_000);
}, 300_000);

describe.skipIf(!there)('recorded history is plausible as it was published', () => {
  test('New York', async () => {
    const rules = { clock: 'recorded', exercise: false, timeZone: 'America/New_York' } as const;
    let judged = 0;
    for await (const event of nycEvents(resolve(shared, 'nyc-covid'), { vaccination: true })) {
      judged++;
      const { refused } = refusals([event], rules, 'replay');
      if (refused.length > 0) expect(refused).toEqual([]);
    }
    expect(judged).toBeGreaterThan(58_000);
  }, 300_000);

  test.each(Object.entries(citySets))(
    '%s',
    async (_, { kind, file, told, district, undrawn }) => {
      const path = resolve(shared, file);
      const { districtId, timeZone, centre } = district;
      const areas = (undrawn?.ids ?? []).map((areaId) => ({ areaId, name: `Ward ${areaId}` }));
      const plan = await planImport({
        kind: rowKind(kind),
        source: await fileOnDisk(path, basename(path)),
        sourceName: basename(path),
        target: { district: districtId, timeZone, clock: 'recorded', centre, areas },
        told,
      });
      const refused: unknown[] = [];
      const { accepted, rejected } = await runImport(plan, {
        send: async (events) => {
          refused.push(...refusals(events, { clock: 'recorded', exercise: false, timeZone }, 'replay').refused);
          return { accepted: events.length, duplicates: 0, rejected: [] };
        },
      });
      expect([refused, rejected]).toEqual([[], 0]);
      expect(accepted).toBeGreaterThan(5000);
    },
    300_000,
  );
});
