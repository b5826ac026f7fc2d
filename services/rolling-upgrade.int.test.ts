import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { eventReader, readEvent } from '#contracts/read-event.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { migrate } from '#platform/database.ts';
import { listDeadLetters } from '#platform/dead-letters.ts';
import { deleteDistrictStream, openDistrictStream, streamOf } from '#platform/journal.ts';
import { openLeadership } from '#platform/leadership.ts';
import { createLog } from '#platform/log.ts';
import { createMetrics } from '#platform/metrics.ts';
import type { Projection } from '#platform/projection.ts';
import { followDistricts } from '#platform/projections.ts';
import { temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';

let broker: Broker;
let server: Awaited<ReturnType<typeof temporaryDatabase>>;
beforeAll(async () => {
  broker = await testBroker();
  server = await temporaryDatabase();
  await migrate(server.url, 'totals', new URL('./platform/testing/totals/', import.meta.url));
});
afterAll(async () => {
  await broker.close();
  await server.drop();
});

/** Version 1 counted in tens, version 2 in ones; version 3 says the same in words of its own. */
const upcast = {
  1: ({ tens }: Record<string, unknown>) => ({ ones: Number(tens) * 10 }),
  2: ({ ones }: Record<string, unknown>) => ({ amount: ones }),
};
type Counted = { data: { ones?: number; amount?: number } };

const totals = (name: string, version: number): Projection<Counted> => ({
  name,
  schema: 'totals',
  filter: (district) => `vx.${district}.rolling.>`,
  read: eventReader((type) => (type === 'counted' ? { version, upcast } : undefined)),
  apply: async (transaction, district, entries) => {
    for (const { event } of entries)
      await transaction.query(
        `INSERT INTO totals.totals VALUES ($1, 'all', $2) ON CONFLICT (district, key) DO UPDATE SET amount = totals.amount + excluded.amount`,
        [district, event.data.ones ?? event.data.amount],
      );
  },
  forget: async (transaction, district) => {
    await transaction.query('DELETE FROM totals.totals WHERE district = $1', [district]);
  },
});

async function upgrade() {
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'live', exercise: true });
  onTestFinished(() => deleteDistrictStream(broker, district));
  const appender = new Appender(broker);
  onTestFinished(() => appender.close());
  let said = 0;
  const say = async (...events: { dataversion?: number; data: object }[]) => {
    const results = await appender.appendAll(
      events.map((event) => ({
        subject: `vx.${district}.rolling.count.all`,
        id: `${district} ${said++}`,
        payload: JSON.stringify({ type: 'counted', ...event }),
      })),
    );
    const last = results.at(-1)!;
    return last.ok ? last.sequence : 0;
  };
  const name = `rolling-${district}`;
  /** A copy of the service in a version. */
  const copy = async (version: number) => {
    const lines: { msg: string; sequence?: number; reason?: string }[] = [];
    const log = createLog(`version ${version}`, 'info', { write: (line: string) => void lines.push(JSON.parse(line)) });
    const leadership = openLeadership(server.url, log);
    const metrics = createMetrics('copy');
    const followed = await followDistricts(totals(name, version), {
      ...{ database: server.database, broker, log, leadership, metrics },
    });
    let running = true;
    const stop = async () => {
      if (!running) return;
      running = false;
      await followed.stop();
      await leadership.stop();
    };
    onTestFinished(stop);
    const standsBack = async () =>
      (await metrics.projectionStandsBack.get()).values.find(({ labels }) => labels.stream === streamOf(district))
        ?.value;
    return { followed, lines, stop, standsBack };
  };
  const total = async () =>
    (
      await server.database.query<{ amount: number }>('SELECT amount FROM totals.totals WHERE district = $1', [
        district,
      ])
    ).rows[0]?.amount;
  return { district, say, copy, name, total };
}

const patient = { timeout: 90_000 };

test('a copy of the older version that meets a newer event writes what is before it, stands back and says so; the newer copy goes on, and nothing is parked', async () => {
  const { district, say, copy, name, total } = await upgrade();
  const older = await copy(2);
  await expect.poll(() => older.followed.leads(district), patient).toBe(true);
  // An upgrade is under way: the door of the new version has said something already.
  const newest = await say(
    { data: { tens: 4 } },
    { dataversion: 2, data: { ones: 3 } },
    { dataversion: 3, data: { amount: 500 } },
    { dataversion: 2, data: { ones: 1000 } },
  );
  await expect
    .poll(() => older.followed.standsBack(), patient)
    .toMatchObject([{ district, sequence: 3, reason: 'counted is known here up to version 2, got 3' }]);
  // Nobody else is there: it tries again and again, and says it once.
  expect(await older.followed.reached(district, newest, 100)).toBe(false);
  expect(await total()).toBe(43);
  expect(await older.standsBack()).toBe(1);
  const newer = await copy(3);
  expect(await newer.followed.reached(district, newest, 90_000)).toBe(true);
  expect(await total()).toBe(1543);
  // The older copy knows that it is waited for no more.
  expect(await older.followed.position(district)).toBe(newest);
  expect(older.followed.standsBack()).toEqual([]);
  expect(await older.standsBack()).toBe(0);
  expect(older.lines.filter(({ msg }) => msg.startsWith('an event of a newer version'))).toMatchObject([
    { sequence: 3 },
  ]);
  expect(await listDeadLetters(broker, name)).toEqual([]);
  // What both know goes on, whoever leads.
  const more = await say({ dataversion: 2, data: { ones: 1 } }, { data: { tens: 1 } });
  for (const { followed } of [older, newer]) expect(await followed.reached(district, more, 90_000)).toBe(true);
  expect(await total()).toBe(1554);
});

test('an upgrade that is undone: the newer copy goes, the older one waits before what it does not know, and loses nothing', async () => {
  const { district, say, copy, name, total } = await upgrade();
  const newer = await copy(3);
  expect(await newer.followed.reached(district, await say({ dataversion: 3, data: { amount: 1 } }), 90_000)).toBe(true);
  const older = await copy(2);
  await newer.stop();
  const known = await say({ dataversion: 2, data: { ones: 2 } });
  expect(await older.followed.reached(district, known, 90_000)).toBe(true);
  const unknown = await say({ dataversion: 3, data: { amount: 4 } });
  await expect.poll(() => older.followed.standsBack(), patient).toMatchObject([{ sequence: unknown }]);
  const again = await copy(3);
  expect(await again.followed.reached(district, unknown, 90_000)).toBe(true);
  expect(await total()).toBe(7);
  expect(await listDeadLetters(broker, name)).toEqual([]);
});

test('a type of event that nobody here knows is newer too, when it is an event; what is none is refused otherwise', () => {
  const event = { specversion: '1.0', type: 'of-next-year', district: 'q7', data: {} };
  expect(() => readEvent(event, 'vx.q7.service.noun.key')).toThrow(
    expect.objectContaining({ code: 'NEWER_EVENT', message: 'of-next-year is not known here' }),
  );
  const answer = { type: 'io.nats.jetstream.api.v1.stream_info_response', district: 'q7' };
  expect(readEvent(answer, 'vx.q7.service.noun.key')).toBe(answer);
});
