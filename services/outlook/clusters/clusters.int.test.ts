import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData } from '#contracts/catalogue.ts';
import { inTransaction } from '#platform/database.ts';
import { followDistricts } from '#platform/projections.ts';
import { until } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../../epidemic/testing/service.ts';
import { mlProjection } from '../projection.ts';
import { dayOf, openDistrict, startMl, wave } from '../testing/service.ts';
import { Thread } from '../thread.ts';
import { raiseClusters } from './raise-clusters.ts';

interface Outline {
  type: string;
  coordinates: number[][][];
}
interface Answer {
  throughDate: string;
  quietDays: number;
  clusters: { areaIds: string[]; p: number; alarm: boolean; raisedAt: string | null; outline: Outline }[];
  alerts: (EventData<'cluster-detected'> & { knownAt: string; outline: Outline })[];
}

let service: ServiceUnderTest;
let district: string;
let work: Parameters<typeof raiseClusters>[0];

const clusters = async (asOf = ''): Promise<Answer> => {
  const response = await service.app.request(`/api/clusters?district=${district}${asOf && `&asOf=${asOf}`}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
};

let sent = 0;
/** sends, and waits until the rows are there */
async function send(messages: ReturnType<typeof wave>): Promise<void> {
  for (const result of await service.parts.appender.appendAll(messages)) if (!result.ok) throw new Error(result.detail);
  sent += messages.length;
  await until(async () => {
    const { rows } = await service.parts.database.query<{ cases: number }>(
      'SELECT count(DISTINCT case_id)::int AS cases FROM epidemic.published_cases WHERE district = $1',
      [district],
    );
    return rows[0]!.cases === sent || undefined;
  });
}

/** one scan of what is known now, whatever the service does by itself beside it */
async function scan(): Promise<Answer> {
  await raiseClusters(work, district);
  return clusters();
}

/** so many cases in W3a on a day, heard of at noon of that day or of `heardOn` */
const planted = (day: number, count: number, heardOn = day) =>
  Array.from({ length: count }, (_, n) =>
    message(
      district,
      'case-confirmed',
      { caseId: `planted-${day}-${n}`, confirmedDate: dayOf(day), areaId: 'W3a' } as never,
      `${dayOf(heardOn)}T05:00:30.000Z`,
    ),
  );
/** three cases a ward and day that are the same each week: nothing to find */
const steady = (from: number, to: number) => wave(district, { from, to }, () => 3, 0);

const alertRows = async () =>
  (
    await service.parts.database.query<{ row: string }>(
      'SELECT to_jsonb(t)::text AS row FROM ml.cluster_alerts t WHERE district = $1 ORDER BY sequence',
      [district],
    )
  ).rows.map(({ row }) => row);

beforeAll(async () => {
  service = await startMl();
  work = { ...service.parts, projection: service.projections[0]!, slow: new Thread() };
  district = await openDistrict(service);
  await send(steady(0, 41));
}, 120_000);
afterAll(async () => {
  await work?.slow.stop();
  await service?.stop();
});

test('nothing planted, nothing raised', async () => {
  const answer = await scan();
  expect(answer.alerts).toEqual([]);
  expect(answer.clusters.every(({ alarm, raisedAt }) => !alarm && raisedAt === null)).toBe(true);
});

test('a planted cluster is raised once, by the service itself, with the outline of its areas', async () => {
  await send([...planted(38, 20, 41), ...planted(39, 20, 41), ...planted(40, 20, 41), ...steady(41, 42)]);
  await until(async () => (await alertRows()).length > 0 || undefined);
  const { alerts, clusters: found } = await scan();
  expect(alerts).toHaveLength(1);
  expect(alerts[0]).toMatchObject({ reason: 'new', raisedDate: dayOf(41), lastDate: dayOf(40), quietDays: 7 });
  expect(alerts[0]!.areaIds).toContain('W3a');
  expect(alerts[0]!.p).toBeLessThanOrEqual(0.01);
  expect(found[0]).toMatchObject({ alarm: true, raisedAt: alerts[0]!.knownAt });
  const { type, coordinates } = found[0]!.outline;
  expect(type).toBe('Polygon');
  // W3a is the western half of W3: 106.73 to 106.735 degrees east
  const longitudes = coordinates[0]!.map(([longitude]) => longitude!);
  expect(Math.min(...longitudes)).toBeLessThanOrEqual(106.7301);
  expect(Math.max(...longitudes)).toBeGreaterThanOrEqual(106.7349);
}, 120_000);

test('the same cluster is quiet on the next days, speaks when it has grown, and again after seven days', async () => {
  await send([...planted(41, 12, 42), ...steady(42, 43)]);
  expect((await scan()).alerts).toHaveLength(1);
  await send([...planted(42, 60, 43), ...steady(43, 44)]);
  const grown = await scan();
  expect(grown.alerts.map(({ reason, raisedDate }) => [reason, raisedDate])).toEqual([
    ['grown', dayOf(43)],
    ['new', dayOf(41)],
  ]);
  for (let day = 44; day <= 50; day++) {
    await send([...planted(day - 1, day === 50 ? 60 : 12, day), ...steady(day, day + 1)]);
    await scan();
  }
  const reasons = (await alertRows()).map((row) => (JSON.parse(row) as { data: { reason: string } }).data.reason);
  expect(reasons).toEqual(['new', 'grown', 'still-there']);
}, 120_000);

test('asOf: before it was raised there is no alert, then one, then two', async () => {
  const counts = [];
  for (const day of [40, 42, 44]) counts.push((await clusters(`${dayOf(day)}T16:00:00Z`)).alerts.length);
  expect(counts).toEqual([0, 1, 2]);
});

test('a rebuild gives the same rows', async () => {
  const before = await alertRows();
  expect(before.length).toBeGreaterThan(0);
  const { database, broker } = service.parts;
  const through = service.projections[0]!.committedSequence(district);
  const again = mlProjection(() => {});
  await inTransaction(database, async (transaction) => {
    await again.forget(transaction, district);
    await transaction.query('DELETE FROM ml.positions WHERE district = $1', [district]);
  });
  expect(await alertRows()).toEqual([]);
  const followed = await followDistricts(again, { database, broker, log: silentLog, batchEntries: 7 });
  expect(await followed.reached(district, through, 20_000)).toBe(true);
  await followed.stop();
  expect(await alertRows()).toEqual(before);
});
