import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mulberry32 } from '../ml/numerics/index.ts';
import './services.ts';
import type { App } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { listDeadLetters } from '#platform/dead-letters.ts';
import { deleteDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { type FollowedProjection, followDistricts } from '#platform/projections.ts';
import { recogniseSender } from '#platform/senders.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { registerPack } from './geography/district-pack/register-pack.ts';
import { loadDistrict7Pack } from './geography/district7/pack.ts';
import { createIntake } from './intake/app.ts';
import { knownDistricts } from './intake/districts.ts';
import { nastyValues, pathsOf, soundEvents, withNasty } from './intake/testing/nasty-events.ts';
import { schemas } from './migrations.ts';
import { allProjections } from './projections.ts';

/**
 * How many events are tried: every type, every leaf, every value (41,650), and of these the ones that the seed picks. With more, FUZZ_EVENTS=70000, the rest
 * are nasty in two places.
 */
const wanted = Number(process.env.FUZZ_EVENTS ?? 4000);
/** Types that are tried; empty: all. */
const only = (process.env.FUZZ_TYPES ?? '').split(',').filter(Boolean);
const seed = Number(process.env.FUZZ_SEED ?? 7);
const secrets = { drill: 'd'.repeat(43), import: 'i'.repeat(43), replay: 'r'.repeat(43) };

const district = temporaryDistrict();
let broker: Broker;
let appender: Appender;
let database: Database;
let drop: () => Promise<void>;
let app: App;
let stopDistricts: () => void;
const running: FollowedProjection[] = [];
const filters = new Map<string, (district: string) => string>();

beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker);
  let url: string;
  ({ database, url, drop } = await temporaryDatabase());
  for (const { schema, folder } of schemas) await migrate(url, schema, folder);
  const placement = { district, clock: 'live' as const, exercise: true, recordedTime: '2021-01-01T00:00:00.000Z' };
  await registerPack(appender, broker, loadDistrict7Pack(), placement);
  const now = () => new Date();
  const metrics = createMetrics('fuzz');
  const parts = { database, broker, appender, log: silentLog, metrics, now, newId: randomUUID };
  for (const projection of await allProjections(parts)) {
    filters.set(projection.name, projection.filter);
    running.push(await followDistricts({ ...projection, restWhileMoreWaits: 0 }, { database, broker, log: silentLog }));
  }
  const districts = await knownDistricts(broker);
  stopDistricts = districts.stop;
  await districts.placesRead([district]);
  const senders = recogniseSender(secrets);
  app = createIntake({ appender, ...districts, now, log: silentLog, metrics, ready: async () => {}, senders });
});
afterAll(async () => {
  stopDistricts();
  for (const projection of running) await projection.stop();
  appender.close();
  await deleteDistrictStream(broker, district);
  await broker.close();
  await drop();
});

interface Receipt {
  accepted: number;
  rejected: { index: number; field: string; reason: string; reasonVi?: string }[];
}
async function send(events: object[], programme: keyof typeof secrets | undefined) {
  const answer = await app.request('/api/events', {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents-batch+json',
      ...(programme ? { authorization: `Bearer ${secrets[programme]}` } : {}),
    },
    body: JSON.stringify(events),
  });
  return { status: answer.status, receipt: (await answer.json()) as Receipt };
}

/** Every type × leaf × value, each once, in an order of the seed's; then pairs of two that the seed picks of one type. */
function nastyEvents(): {
  programme: keyof typeof secrets | undefined;
  type: string;
  event: Record<string, unknown>;
}[] {
  const all = soundEvents()
    .filter(({ definition: { type } }) => only.length === 0 || only.includes(type))
    .flatMap(({ definition, programme, data }) => {
      const envelope = {
        specversion: '1.0',
        id: 'id',
        source: '/fuzz',
        type: definition.type,
        time: '2026-06-01T00:00:00+07:00',
        subject: 's',
        dataschema: '/d',
        recordedtime: '2026-06-01T00:00:00+07:00',
        traceparent: '00-1',
        district,
        data,
      };
      return pathsOf(envelope).flatMap((path) =>
        path[0] === 'district'
          ? []
          : nastyValues.map((value) => ({ programme, type: definition.type, envelope, path, value })),
      );
    });
  const random = mulberry32(seed);
  const picked = all
    .map((one) => ({ one, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => ({ ...one, nasty: [one] }))
    .slice(0, wanted);
  const ofType = Map.groupBy(all, (one) => one.type);
  const anyOf = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  while (picked.length < wanted) {
    const one = anyOf(all);
    // The deeper place first: the other may take away what it is in.
    const both = [one, anyOf(ofType.get(one.type)!)];
    picked.push({ ...one, nasty: both.toSorted((a, b) => b.path.length - a.path.length) });
  }
  return picked.map(({ programme, type, envelope, nasty }, index) => {
    // Half of them of an entity of their own, half of one that others speak of too.
    const own = Object.fromEntries(
      Object.entries(envelope.data).map(([field, said]) => [
        field,
        /^(?:caseId|violationId|businessId|incidentId|reportId|doseId|personKey|facilityId|featureId)$/.test(field) &&
        index % 2
          ? `f${index}`
          : said,
      ]),
    );
    const event = {
      ...envelope,
      id: `f${index}`,
      data: { ...own, ...(type === 'area-revised' ? { areaId: `f${index}` } : {}) },
    };
    return {
      programme: programme as keyof typeof secrets | undefined,
      type,
      event: nasty.reduce<Record<string, unknown>>((made, { path, value }) => withNasty(made, path, value), event),
    };
  });
}

test(`of ${wanted} nasty events every accepted one is in the rows, none is parked, and no answer is a fault of ours`, async () => {
  const events = nastyEvents();
  const accepted = new Map<string, string[]>();
  let refused = 0;
  for (const [programme, own] of Map.groupBy(events, (one) => one.programme))
    for (let at = 0; at < own.length; at += 500) {
      const batch = own.slice(at, at + 500);
      const { status, receipt } = await send(
        batch.map(({ event }) => event),
        programme,
      );
      expect([201, 207, 422]).toContain(status);
      const bad = new Set(receipt.rejected.map(({ index }) => index));
      refused += bad.size;
      expect(receipt.accepted + bad.size).toBe(batch.length);
      for (const { reason } of receipt.rejected) expect(reason).toMatch(/\S/);
      batch.forEach(({ type, event }, index) => {
        if (!bad.has(index) && hasRow(event)) accepted.set(type, [...(accepted.get(type) ?? []), keyOf(event)]);
      });
    }
  for (const projection of running) {
    expect(await projection.reached(district, await lastOf(projection.name), 90_000), projection.name).toBe(true);
  }
  const parked = (await listDeadLetters(broker, '*', 100_000)).filter((letter) => letter.district === district);
  expect(parked.map(({ reason, event }) => [reason, JSON.stringify(event).slice(0, 400)])).toEqual([]);
  for (const [type, { table, column }] of Object.entries(kept)) {
    const keys = [...new Set(accepted.get(type))];
    const { rows } = await database.query<{ key: string }>(
      `SELECT DISTINCT ${column} AS key FROM ${table} WHERE district = $1 AND ${column} = ANY($2)`,
      [district, keys],
    );
    expect(rows.length, type).toBe(keys.length);
  }
  console.log(
    `${events.length} events: ${refused} refused, ${events.length - refused} accepted and kept, ${parked.length} parked`,
  );
}, 1_800_000);

/** Where the entity of an accepted event is found. */
const kept: Record<string, { table: string; column: string }> = {
  'case-confirmed': { table: 'epidemic.case_versions', column: 'case_id' },
  // A person has each dose once, under the number of the first report.
  'dose-administered': { table: 'epidemic.doses', column: `person_key || ' ' || dose_number` },
  'capacity-reported': { table: 'epidemic.capacity_versions', column: 'facility_id' },
  'violation-reported': { table: 'urban_order.violation_versions', column: 'violation_id' },
  'business-registered': { table: 'economy.business_versions', column: 'business_id' },
  'incident-reported': { table: 'incidents.incident_versions', column: 'incident_id' },
  'report-received': { table: 'citizens.report_versions', column: 'report_id' },
  'area-revised': { table: 'geography.area_versions', column: 'area_id' },
};
/** Two events of one id are one, and the end of an area that nobody knew leaves no row. */
const hasRow = ({ id, source, data }: Record<string, unknown>) =>
  /^f\d+$/.test(String(id)) && source === '/fuzz' && (data as { abolished?: unknown }).abolished !== true;
function keyOf({ type, data }: Record<string, unknown>): string {
  const said = data as Record<string, unknown>;
  if (type === 'dose-administered') return `${said.personKey} ${said.doseNumber}`;
  return String(said[`${String(type).split('-')[0]!.replace('capacity', 'facility')}Id`]);
}

/** The last message that a projection reads. */
async function lastOf(name: string): Promise<number> {
  const filter = filters.get(name)!(district);
  const message = await broker.manager.streams
    .getMessage(`VX_${district}`, { last_by_subj: filter })
    .catch(() => undefined);
  return message?.seq ?? 0;
}
