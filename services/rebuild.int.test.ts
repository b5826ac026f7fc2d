import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogue, definitionOf } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { newEvent, newEventOf } from '#contracts/new-event.ts';
import { Appender, type Message } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { listDeadLetters } from '#platform/dead-letters.ts';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import type { Projection } from '#platform/projection.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import { retryDeadLetters } from '#platform/retry-dead-letters.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { simulateWave } from './drill/simulation/simulate-wave.ts';
import { registerPack } from './geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from './geography/district7/pack.ts';
import { schemas } from './migrations.ts';
import { allProjections, rebuildStages } from './projections.ts';
import { rebuild } from './rebuild.ts';

/** A fortnight of the drill, cases, doses, capacity, violations, businesses and incidents with everything that happens to them, and every full fixture. */
describe('rebuild', () => {
  const district = temporaryDistrict();
  let broker: Broker;
  let database: Database;
  let url: string;
  let drop: () => Promise<void>;

  beforeAll(async () => {
    broker = await testBroker();
    ({ database, url, drop } = await temporaryDatabase());
    for (const { schema, folder } of schemas) await migrate(url, schema, folder);
  });
  afterAll(async () => {
    await deleteDistrictStream(broker, district);
    await broker.close();
    await drop();
  });

  /** Every row of every table of ours, without the positions' wall clock. */
  const allRows = async () => {
    const { rows: tables } = await database.query<{ schema: string; name: string }>(
      `SELECT schemaname AS schema, tablename AS name FROM pg_tables WHERE schemaname = ANY($1) AND tablename NOT IN ('migrations', 'positions') ORDER BY 1, 2`,
      [schemas.map(({ schema }) => schema)],
    );
    const content: Record<string, string[]> = {};
    for (const { schema, name } of tables) {
      const { rows } = await database.query<{ row: string }>(
        `SELECT to_jsonb(t)::text AS row FROM "${schema}"."${name}" t WHERE to_jsonb(t)->>'district' = $1 ORDER BY 1`,
        [district],
      );
      content[`${schema}.${name}`] = rows.map(({ row }) => row);
    }
    return content;
  };

  test('drops every projection and replays the journal to the same rows, table by table', async () => {
    const appender = new Appender(broker);
    const pack = loadDistrict7Pack();
    await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
    await registerPack(appender, broker, pack, {
      district,
      clock: 'recorded',
      exercise: true,
      recordedTime: '2021-05-01T00:00:00.000Z',
    });
    const messages: Message[] = [];
    for (const { event } of simulateWave({ seed: 7, pack, from: '2021-06-01', to: '2021-06-14', district })) {
      const { type, time, recordedtime, data } = event;
      const fact = {
        district,
        source: 'drill',
        id: `d${messages.length}`,
        time,
        recordedTime: recordedtime,
        exercise: true,
        data,
      };
      messages.push(newEventOf(definitionOf(type)!, fact).message);
    }
    const fixtures = new URL('./contracts/fixtures/', import.meta.url);
    for (const name of Object.keys(catalogue).filter((type) => type !== 'district-registered')) {
      const { type, time, data } = JSON.parse(readFileSync(new URL(`${name}.full.json`, fixtures), 'utf8'));
      messages.push(
        newEvent({
          type,
          district,
          source: 'fixtures',
          id: name,
          time,
          recordedTime: '2021-09-01T00:00:00.000Z',
          exercise: true,
          data,
        }).message,
      );
    }
    messages.splice(messages.length / 2, 0, ...troubled(district));
    for (let at = 0; at < messages.length; at += 2000)
      for (const result of await appender.appendAll(messages.slice(at, at + 2000)))
        if (!result.ok) throw new Error(result.detail);
    const { state } = await broker.manager.streams.info(`VX_${district}`);
    const running: FollowedProjection[] = [];
    let retried = 0;
    const parts = {
      database,
      broker,
      appender,
      log: silentLog,
      metrics: createMetrics('rebuild-test'),
      now: () => new Date(),
      newId: randomUUID,
    };
    for (const stage of rebuildStages(await allProjections(parts))) {
      const followed = [];
      for (const projection of stage) {
        const last = await broker.manager.streams
          .getMessage(`VX_${district}`, { last_by_subj: projection.filter(district) })
          .catch(() => undefined);
        // A fault that is mended later: these events are parked, and the rest goes on.
        const faulty: Projection = {
          ...projection,
          restWhileMoreWaits: 0,
          apply: (transaction, where, entries) => {
            if (entries.some(({ event }) => (event as CloudEvent).id.startsWith('poisoned')))
              throw new Error('a fault');
            return projection.apply(transaction, where, entries);
          },
        };
        const following = await followDistricts(faulty, {
          database,
          broker,
          log: silentLog,
          batchEntries: 333,
        });
        followed.push({ following, until: last?.seq ?? 0 });
        running.push(following);
      }
      for (const { following, until } of followed) expect(await following.reached(district, until, 60_000)).toBe(true);
    }
    for (const following of running) await following.stop();
    for (const projection of await allProjections(parts)) {
      const letters = (await listDeadLetters(broker, projection.name)).filter((letter) => letter.district === district);
      const through = await retryDeadLetters(projection, parts);
      expect(through).toEqual(expect.arrayContaining(letters.map(({ number }) => number)));
      retried += letters.length;
    }
    // Seven for the service that owns them, five for their points.
    expect(retried).toBe(12);
    appender.close();

    const before = await allRows();
    const current = async (table: string, id: string) => {
      const key = `${table.split('.')[1]!.split('_')[0]}_id`;
      const { rows } = await database.query(
        `SELECT * FROM ${table} WHERE district = $1 AND ${key} = $2 AND known_until = 'infinity'`,
        [district, id],
      );
      expect(rows).toHaveLength(1);
      return rows[0];
    };
    expect(await current('epidemic.case_versions', 'late')).toMatchObject({
      age_years: 44,
      sex: 'male',
      status: 'deceased',
    });
    expect(await current('urban_order.violation_versions', 'late')).toMatchObject({
      status: 'minuted',
      reporter: 'An',
    });
    expect(await current('urban_order.violation_versions', 'twin')).toMatchObject({
      status: 'merged',
      merged_into: 'late',
    });
    expect(await current('economy.business_versions', 'late')).toMatchObject({ registered: true, employees: 3 });
    expect(await current('incidents.incident_versions', 'late')).toMatchObject({ status: 'cleared', severity: 2 });
    expect(Object.values(before).flat().length).toBeGreaterThan(3000);
    for (const table of [
      'epidemic.case_versions',
      'epidemic.capacity_versions',
      'urban_order.violation_versions',
      'economy.business_heads',
      'geography.points',
      'geography.area_versions',
    ])
      expect([table, before[table]?.length]).toEqual([table, expect.any(Number)]);
    const steps = await rebuild({ databaseUrl: url, broker, log: silentLog, districts: [district] });
    expect(steps.reduce((sum, step) => sum + step.events, 0)).toBeGreaterThan(state.messages - 10);
    const after = await allRows();
    expect(Object.keys(after)).toEqual(Object.keys(before));
    for (const table of Object.keys(before)) expect({ [table]: after[table] }).toEqual({ [table]: before[table] });
  }, 180_000);
});

/** What comes before its birth, what is said again by tomorrow's file, and what cannot be written at first. */
function troubled(district: string): Message[] {
  const on = (day: number) => `2021-06-${String(day).padStart(2, '0')}T05:00:00.000Z`;
  let count = 0;
  const said = (type: string, day: number, data: object, id = `t${count++}`, source = '/feed') =>
    newEventOf(definitionOf(type)!, {
      district,
      source,
      id,
      time: on(day),
      recordedTime: on(day),
      exercise: true,
      data: data as Record<string, unknown>,
    }).message;
  const located = { location: { lon: 106.73, lat: 10.73 } };
  const late = { caseId: 'late' };
  const violation = (violationId: string, day: number) => ({ violationId, occurredAt: on(day) });
  const incident = { incidentId: 'late', occurredAt: on(3) };
  const facility = { facilityId: 'late', name: 'Trạm', kind: 'health-station', bedsTotal: 10 };
  return [
    said('case-status-changed', 6, { ...late, status: 'deceased' }),
    said('case-corrected', 6, { ...late, ageYears: 44 }),
    said('case-confirmed', 5, { ...late, ...located, confirmedDate: '2021-06-05', ageYears: 40, sex: 'male' }),
    said('case-status-changed', 5, { ...late, status: 'hospitalised' }, 'poisoned case'),
    said('case-confirmed', 5, { ...late, confirmedDate: '2021-06-05', ageYears: 41 }, 'row', 'import/cases/day-2.csv'),
    said('violation-reported', 2, { ...violation('twin', 2), kind: 'other', ...located }),
    said('violation-merged', 4, { ...violation('twin', 4), intoViolationId: 'late' }, 'poisoned merge'),
    said('violation-verified', 4, violation('late', 4)),
    said('violation-reported', 3, { ...violation('late', 3), kind: 'sanitation', reporter: 'An', ...located }),
    said('violation-minuted', 5, violation('late', 5), 'poisoned minutes'),
    said('violation-reported', 3, { ...violation('late', 3), kind: 'other' }, 'row', 'import/violations/day-2.csv'),
    said('business-status-changed', 4, { businessId: 'late', status: 'closed', effectiveDate: '2021-06-04' }),
    said('business-registered', 2, {
      businessId: 'late',
      name: 'Quán',
      registeredDate: '2021-06-02',
      employees: 3,
      ...located,
    }),
    said(
      'business-status-changed',
      5,
      { businessId: 'late', status: 'open', effectiveDate: '2021-06-05' },
      'poisoned status',
    ),
    said('business-registered', 6, { businessId: 'late', name: 'Quán', registeredDate: '2021-06-02' }),
    said('incident-cleared', 5, { ...incident, occurredAt: on(5) }),
    said('incident-reported', 3, { ...incident, kind: 'crash', severity: 2, ...located }, 'poisoned incident'),
    said('incident-dismissed', 7, { ...incident, occurredAt: on(7) }),
    said('capacity-reported', 4, { ...facility, bedsOccupied: 4 }, 'poisoned capacity'),
    said('capacity-reported', 6, { ...facility, bedsOccupied: 6, staff: 3 }),
    said(
      'case-count-published',
      4,
      { areaId: 'q7', periodStart: '2021-06-01', periodEnd: '2021-06-01', cases: 3 },
      'poisoned count',
    ),
    said('case-count-published', 6, { areaId: 'q7', periodStart: '2021-06-01', periodEnd: '2021-06-01', cases: 4 }),
  ];
}
