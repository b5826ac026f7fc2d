import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData } from '#contracts/catalogue.ts';
import { inTransaction } from '#platform/database.ts';
import { followDistricts } from '#platform/projections.ts';
import { silentLog } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../epidemic/testing/service.ts';
import { mlProjection } from './projection.ts';
import { dayOf, openDistrict, startMl, wave } from './testing/service.ts';

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

const clusters = async (asOf = ''): Promise<Answer> => {
  const response = await service.app.request(`/api/clusters?district=${district}${asOf && `&asOf=${asOf}`}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
};

async function until(enough: (answer: Answer) => boolean, timeoutMs = 20_000): Promise<Answer> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const answer = await clusters();
    if (enough(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`did not come in time: ${JSON.stringify(answer.alerts)}`);
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function send(messages: ReturnType<typeof wave>): Promise<void> {
  for (const result of await service.parts.appender.appendAll(messages)) if (!result.ok) throw new Error(result.detail);
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

/** waits until the scans of what was just sent are over */
async function settled(day: number): Promise<Answer> {
  const answer = await until(({ throughDate }) => throughDate === dayOf(day - 1));
  await new Promise((done) => setTimeout(done, 3000));
  return clusters().then((later) => later ?? answer);
}

beforeAll(async () => {
  service = await startMl();
  district = await openDistrict(service);
  await send(steady(0, 41));
  await settled(40);
});
afterAll(() => service?.stop());

test('nothing planted, nothing raised', async () => {
  const answer = await clusters();
  expect(answer.alerts).toEqual([]);
  expect(answer.clusters.every(({ alarm, raisedAt }) => !alarm && raisedAt === null)).toBe(true);
});

test('a planted cluster is raised once, with the outline of its areas', async () => {
  await send([...planted(38, 20, 41), ...planted(39, 20, 41), ...planted(40, 20, 41), ...steady(41, 42)]);
  const { alerts, clusters: found } = await until((answer) => answer.alerts.length > 0);
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
});

test('the same cluster is quiet on the next days, speaks when it has grown, and again after seven days', async () => {
  await send([...planted(41, 12, 42), ...steady(42, 43)]);
  expect((await settled(42)).alerts).toHaveLength(1);
  await send([...planted(42, 60, 43), ...steady(43, 44)]);
  const grown = await until((answer) => answer.alerts.length > 1);
  expect(grown.alerts[0]).toMatchObject({ reason: 'grown', raisedDate: dayOf(43) });
  for (let day = 44; day <= 50; day++) await send([...planted(day - 1, 30, day), ...steady(day, day + 1)]);
  await until(({ throughDate, alerts }) => throughDate === dayOf(49) && alerts[0]?.raisedDate === dayOf(50));
  const reasons = (await alertRows()).map((row) => (JSON.parse(row) as { data: { reason: string } }).data.reason);
  expect(reasons).toEqual(['new', 'grown', 'still-there']);
}, 60_000);

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
