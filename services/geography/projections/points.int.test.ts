import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { pointCategories } from '#contracts/points.ts';
import { type Database, inTransaction, migrate } from '#platform/database.ts';
import type { Entry } from '#platform/projection.ts';
import { temporaryDatabase } from '#platform/testing/servers.ts';
import { cellColumns } from '../points/cell-changes.ts';
import { pointProjections } from './points.ts';

const [cases, violations, businesses] = pointProjections();
const entry = (
  sequence: number,
  type: string,
  data: Record<string, unknown>,
  id = `e${sequence}`,
): Entry<CloudEvent> => ({
  sequence,
  subject: '',
  event: {
    specversion: '1.0',
    id,
    source: '/test',
    type,
    time: '2021-08-01T00:00:00Z',
    district: 't',
    recordedtime: '2021-08-01T00:00:00Z',
    data,
  },
});

describe('points projection', () => {
  let database: Database;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const temporary = await temporaryDatabase();
    ({ database, drop } = temporary);
    await migrate(temporary.url, 'geography', new URL('../migrations/', import.meta.url));
  });
  afterAll(() => drop());
  const forget = () =>
    inTransaction(database, async (transaction) => {
      for (const projection of pointProjections()) await projection.forget(transaction, 't');
    });
  beforeEach(forget);

  const apply = (projection: typeof cases, ...entries: Entry<CloudEvent>[]) =>
    inTransaction(database, (transaction) => projection!.apply(transaction, 't', entries));
  const points = async () =>
    (
      await database.query(
        `SELECT entity, x, y, z_order, day, happened_at::text, category, status, status_since, first_sequence, sequence, applied
         FROM geography.points WHERE district = 't' ORDER BY layer, entity`,
      )
    ).rows;
  const cells = async () =>
    (await database.query(`SELECT * FROM geography.point_cells WHERE district = 't' ORDER BY layer, cell`)).rows;

  test('every category has a column of its own', () => {
    for (const names of Object.values(pointCategories)) expect(names.length).toBeLessThanOrEqual(cellColumns);
  });

  const at = { lon: 106.72, lat: 10.73 };
  const confirmed = (sequence: number, caseId: string, more = {}, id?: string) =>
    entry(sequence, 'case-confirmed', { caseId, location: at, confirmedDate: '2021-08-01', ...more }, id);

  test('a case is counted, moves with a correction, and counts no longer when it is none', async () => {
    await apply(cases, confirmed(1, 'a', { exposure: 'community' }), confirmed(2, 'b', { exposure: 'quarantine' }));
    expect(await cells()).toMatchObject([{ count_0: 1, count_1: 1 }]);
    await apply(cases, entry(3, 'case-corrected', { caseId: 'a', location: { lon: 106.75, lat: 10.73 } }));
    expect((await cells()).map(({ count_0, count_1 }) => [count_0, count_1]).toSorted()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    await apply(cases, entry(4, 'case-status-changed', { caseId: 'a', status: 'not-a-case' }));
    expect(await cells()).toMatchObject([{ count_0: 0, count_1: 1 }]);
    expect(await points()).toMatchObject([
      { entity: 'a', status: 6, first_sequence: 1, sequence: 4 },
      { entity: 'b', status: 0, first_sequence: 2, sequence: 2 },
    ]);
  });

  test('a place that comes later puts the point on the map', async () => {
    await apply(cases, confirmed(1, 'a', { location: undefined, areaId: 'w' }));
    expect([await cells(), (await points())[0].z_order]).toEqual([[], null]);
    await apply(cases, entry(2, 'case-corrected', { caseId: 'a', location: at }));
    expect(await cells()).toHaveLength(1);
  });

  test('events that come again change nothing, also in between other changes', async () => {
    const steps = [
      entry(1, 'violation-reported', {
        violationId: 'v',
        kind: 'encroachment',
        occurredAt: '2021-08-01T23:30:00Z',
        location: at,
      }),
      entry(2, 'violation-verified', { violationId: 'v' }),
      entry(3, 'violation-minuted', { violationId: 'v' }),
    ];
    await apply(violations, ...steps);
    const before = [await points(), await cells()];
    await apply(violations, { ...steps[0]!, sequence: 9 }, { ...steps[1]!, sequence: 10 });
    expect([await points(), await cells()]).toEqual(before);
    expect(before[0]).toMatchObject([{ category: 4, status: 2, happened_at: '2021-08-01 23:30:00+00' }]);
  });

  test('an older state of a business does not undo a newer one', async () => {
    await apply(
      businesses,
      entry(1, 'business-registered', { businessId: 'b', name: 'B', registeredDate: '2020-01-01', location: at }),
      entry(2, 'business-status-changed', { businessId: 'b', status: 'closed', effectiveDate: '2021-09-01' }),
      entry(3, 'business-status-changed', { businessId: 'b', status: 'suspended', effectiveDate: '2021-07-01' }),
    );
    expect(await points()).toMatchObject([{ status: 3, status_since: '2021-09-01', category: 2 }]);
  });

  test('any cut of the journal into batches gives equal rows, and cells hold what the points hold', async () => {
    const step = fc.record({
      who: fc.integer({ min: 0, max: 5 }),
      what: fc.constantFrom('case-confirmed', 'case-status-changed', 'case-corrected'),
      status: fc.constantFrom('active', 'recovered', 'not-a-case'),
      exposure: fc.constantFrom('community', 'imported'),
      spot: fc.option(fc.integer({ min: 0, max: 3 })),
      repeat: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 25 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 6 })),
        async (steps, sizes) => {
          const entries = steps.flatMap(({ who, what, status, exposure, spot, repeat }, i) => {
            const place = spot === null ? {} : { location: { lon: 106.7 + spot / 100, lat: 10.7 } };
            const data = { caseId: `c${who}`, confirmedDate: '2021-08-01', status, exposure, ...place };
            const first = entry(i * 2 + 1, what, data);
            return repeat ? [first, { ...first, sequence: i * 2 + 2 }] : [first];
          });
          await forget();
          if (entries.length) await apply(cases, ...entries);
          const whole = [await points(), await cells()];
          await forget();
          for (let from = 0; from < entries.length; ) {
            const size = sizes.next().value;
            await apply(cases, ...entries.slice(from, from + size));
            from += size;
          }
          expect([await points(), await cells()]).toEqual(whole);
          const { rows } = await database.query(
            `SELECT (SELECT count(*) FROM geography.points WHERE district = 't' AND z_order IS NOT NULL AND status <> 6) AS points,
                  (SELECT coalesce(sum(count_0 + count_1 + count_2 + count_3), 0) FROM geography.point_cells WHERE district = 't') AS cells`,
          );
          expect(rows[0].cells).toBe(rows[0].points);
        },
      ),
      { numRuns: 40 },
    );
  });
});
