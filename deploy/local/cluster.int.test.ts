// Three nats-servers on loopback, each journal on all three: what dies with one of them, and for how long.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { Appender } from '../../services/platform/append.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import type { Database } from '../../services/platform/database.ts';
import {
  assertWritable,
  bringStreamsUp,
  findDistrictStream,
  openDistrictStream,
  streamOf,
} from '../../services/platform/journal.ts';
import { createLog } from '../../services/platform/log.ts';
import { Follower, type Projection } from '../../services/platform/projection.ts';
import { temporaryDatabase } from '../../services/platform/testing/servers.ts';
import { freePort } from './free-port.ts';
import { type PrivateBroker, startNats } from './nats.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-cluster-'));
const names = ['n1', 'n2', 'n3'];
const user = { user: 'operator', password: 'of-this-test' };
const nodes = new Map<string, PrivateBroker>();
let routePorts: number[];
async function startNode(name: string): Promise<void> {
  const node = { name, routePort: routePorts[names.indexOf(name)]!, routePorts };
  const { port } = nodes.get(name) ?? {};
  nodes.set(name, await startNats(join(folder, name), [user], port, undefined, undefined, node));
}
let rows: Awaited<ReturnType<typeof temporaryDatabase>>;
/** Its connection goes to any of the three. */
let broker: Broker;
let appender: Appender;

const addresses = (which = names) =>
  which.map((name) => nodes.get(name)!.url.replace('//', `//${user.user}:${user.password}@`)).join(',');
const warned: string[] = [];
const log = Object.assign(createLog('test', 'silent'), {
  warn: (_: unknown, text: string) => void warned.push(text),
});

beforeAll(async () => {
  routePorts = [await freePort(), await freePort(), await freePort()];
  await Promise.all(names.map(startNode));
  rows = await temporaryDatabase();
  // Until a leader of the whole is elected nothing can be asked.
  broker = await vi.waitFor(() => openBroker(addresses(), 'writer', undefined, { replicas: 3 }), { timeout: 90_000 });
  appender = new Appender(broker, { timeoutMs: 60_000 });
  await rows.database.query('CREATE SCHEMA counted');
  await rows.database.query(`CREATE TABLE counted.facts (district text, id text, PRIMARY KEY (district, id))`);
  await rows.database.query(`CREATE TABLE counted.positions (projection text, stream text, district text, stream_created text, disposable boolean,
    sequence bigint, stored_at text, updated_at timestamptz, PRIMARY KEY (projection, stream))`);
});
afterAll(async () => {
  appender?.close();
  await broker?.close();
  for (const node of nodes.values()) await node.stop();
  await rows?.drop();
  rmSync(folder, { recursive: true, force: true });
});

const counted: Projection<{ id: string }> = {
  name: 'counted',
  schema: 'counted',
  filter: (district) => `vx.${district}.>`,
  apply: async (transaction, district, entries) => {
    for (const { event } of entries)
      await transaction.query('INSERT INTO counted.facts VALUES ($1, $2)', [district, event.id]);
    return undefined;
  },
  forget: async () => {},
};
const rowsOf = async (database: Database, district: string) =>
  (await database.query<{ n: number }>('SELECT count(*) AS n FROM counted.facts WHERE district = $1', [district]))
    .rows[0]!.n;
const fact = (district: string, id: string) => ({
  subject: `vx.${district}.economy.business.${id}`,
  id,
  payload: JSON.stringify({ id }),
});
const journal = { clock: 'recorded', exercise: true } as const;

test('a journal has a copy on each node; one that was made on one machine gets them', async () => {
  const single = await openBroker(addresses(), 'before');
  await openDistrictStream(single, 'alone', journal);
  expect((await broker.manager.streams.info(streamOf('alone'))).config.num_replicas).toBe(1);
  expect(await bringStreamsUp(single)).toEqual([]);
  expect(await bringStreamsUp(broker)).toEqual(['alone']);
  expect(await bringStreamsUp(broker)).toEqual([]);
  expect((await broker.manager.streams.info(streamOf('alone'))).config.num_replicas).toBe(3);
  await single.close();
});

test('a batch with what the journal has already, and with a wrong sequence, is sorted out, and the journal goes on', async () => {
  const district = 'again';
  await openDistrictStream(broker, district, journal);
  const first = Array.from({ length: 20 }, (_, index) => fact(district, `a${index}`));
  expect(await appender.appendAll(first)).toEqual(
    first.map((_, index) => ({ ok: true, sequence: index + 1, duplicate: false })),
  );
  const mixed = [
    ...first.slice(0, 5),
    fact(district, 'b0'),
    { ...fact(district, 'b1'), expectedSubjectSequence: 7 },
    fact(district, 'b2'),
  ];
  expect(await appender.appendAll(mixed)).toEqual([
    ...first.slice(0, 5).map((_, index) => ({ ok: true, sequence: index + 1, duplicate: true })),
    { ok: true, sequence: 21, duplicate: false },
    expect.objectContaining({ ok: false, reason: 'wrong-sequence' }),
    { ok: true, sequence: 22, duplicate: false },
  ]);
  expect(await appender.append(fact(district, 'c'))).toEqual({ ok: true, sequence: 23, duplicate: false });
  // What was sent twice is one, with the sequence that it was said to follow too.
  const guarded = { ...fact(district, 'd'), expectedSubjectSequence: 0 };
  expect(await appender.append(guarded)).toEqual({ ok: true, sequence: 24, duplicate: false });
  expect(await appender.append(guarded)).toEqual({ ok: true, sequence: 24, duplicate: true });
  expect(await appender.append({ ...fact(district, 'e'), expectedSubjectSequence: 3 })).toMatchObject({ ok: false });
  expect(await appender.append(fact(district, 'f'))).toEqual({ ok: true, sequence: 25, duplicate: false });
  await assertWritable(broker);
});

test('whichever node dies while facts come in: none is lost or doubled, rows go on within seconds, and the silence is said', async () => {
  const district = 'q7';
  await openDistrictStream(broker, district, journal);
  const leaderNow = async () => (await broker.manager.streams.info(streamOf(district))).cluster!.leader!;
  const first = await leaderNow();
  let taken = 0;
  const write = async (count: number) => {
    const results = await appender.appendAll(Array.from({ length: count }, () => fact(district, `f${taken++}`)));
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
  };
  const written = () => expect.poll(() => rowsOf(rows.database, district), { timeout: 120_000 }).toBe(taken);
  // It keeps its own connection when the first leader dies: nothing but the silence tells it.
  const reader = await openBroker(addresses(names.filter((name) => name !== first)), 'reader');
  const follower = new Follower(counted, (await findDistrictStream(reader, district))!, {
    database: rows.database,
    broker: reader,
    log,
  });
  try {
    await write(100);
    await written();
    for (const kill of ['leader', 'follower']) {
      const leader = await leaderNow();
      const name = kill === 'leader' ? leader : names.find((one) => one !== leader && one !== first)!;
      warned.length = 0;
      process.kill(nodes.get(name)!.pid, 'SIGKILL');
      const died = performance.now();
      // Half of it on its way while nobody leads.
      await write(50);
      const writerGapMs = Math.round(performance.now() - died);
      await write(50);
      await written();
      const rowGapMs = Math.round(performance.now() - died);
      process.stdout.write(`${JSON.stringify({ killed: `nats-${kill}`, writerGapMs, rowGapMs, warned })}\n`);
      // What stood still for long was said: in silence, or by an error where the broker answered with one.
      const said = ['the broker fell silent: the journal is read anew', 'projection waits and tries again'];
      if (rowGapMs > 10_000) expect(warned.filter((text) => said.includes(text))).not.toEqual([]);
      await nodes.get(name)!.ended;
      await startNode(name);
      await vi.waitFor(
        async () => {
          const { cluster } = await broker.manager.streams.info(streamOf(district));
          expect(cluster!.replicas!.filter(({ current }) => current)).toHaveLength(2);
        },
        { timeout: 90_000, interval: 250 },
      );
    }
    expect((await broker.manager.streams.info(streamOf(district))).state.messages).toBe(taken);
  } finally {
    await follower.stop();
    await reader.close();
  }
});

test('with most nodes away nothing can be written, and the door says so; what was asked for meanwhile is written when they are back', async () => {
  // The nodes that came back just now may still choose who leads.
  await vi.waitFor(() => assertWritable(broker), { timeout: 60_000 });
  const away = names.slice(1);
  for (const name of away) {
    process.kill(nodes.get(name)!.pid, 'SIGKILL');
    await nodes.get(name)!.ended;
  }
  await vi.waitFor(() => expect(assertWritable(broker)).rejects.toThrow(/nothing can be written/), { timeout: 60_000 });
  const late = appender.append(fact('q7', 'while-away'));
  await Promise.all(away.map(startNode));
  expect(await late).toMatchObject({ ok: true });
  await vi.waitFor(() => assertWritable(broker), { timeout: 60_000 });
});
