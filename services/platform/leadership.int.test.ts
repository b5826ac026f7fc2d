import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { Appender } from './append.ts';
import type { Broker } from './broker.ts';
import { openDistrictStream, streamOf } from './journal.ts';
import { type Leadership, openLeadership } from './leadership.ts';
import { createLog } from './log.ts';
import type { Projection } from './projection.ts';
import { followDistricts } from './projections.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from './testing/servers.ts';

let server: Awaited<ReturnType<typeof temporaryDatabase>>;
let broker: Broker;
beforeAll(async () => {
  [server, broker] = await Promise.all([temporaryDatabase(), testBroker()]);
  await server.database.query('CREATE SCHEMA counted');
  await server.database.query('CREATE TABLE counted.facts (district text, id text)');
  await server.database.query(`CREATE TABLE counted.positions (projection text, stream text, district text, stream_created text, disposable boolean,
    sequence bigint, stored_at text, updated_at timestamptz, PRIMARY KEY (projection, stream))`);
});
afterAll(async () => {
  await broker?.close();
  await server?.drop();
});

function copy(): Leadership {
  const leadership = openLeadership(server.url, silentLog);
  onTestFinished(() => leadership.stop());
  return leadership;
}

/** A copy that does the work, and tells what it does. */
function worker(leadership: Leadership, name: string, work: string, told: string[]) {
  return leadership.lead(work, () => {
    told.push(`${name} begins`);
    return {
      stop: async () => {
        told.push(`${name} ends`);
      },
    };
  });
}

test('of several copies one does a work; when it gives it up another one does, and never two', async () => {
  const told: string[] = [];
  const [first, second] = [copy(), copy()];
  const led = worker(first, 'first', 'one', told);
  await expect.poll(() => told).toEqual(['first begins']);
  worker(second, 'second', 'one', told);
  worker(second, 'second', 'two', told);
  // It is told of the other work by then, so it has been asked for this one too.
  await expect.poll(() => told).toEqual(['first begins', 'second begins']);
  await new Promise((done) => setTimeout(done, 600));
  expect(told).toHaveLength(2);
  await led.stop();
  await expect.poll(() => told).toEqual(['first begins', 'second begins', 'first ends', 'second begins']);
  await second.stop();
  expect(told.slice(4)).toEqual(['second ends', 'second ends']);
});

test('a copy whose connection is lost stops what it leads; it or another leads again', async () => {
  const told: string[] = [];
  const [first, second] = [copy(), copy()];
  worker(first, 'first', 'lost', told);
  await expect.poll(() => told).toEqual(['first begins']);
  worker(second, 'second', 'lost', told);
  const { rows } = await server.database.query<{ pid: number }>(
    `SELECT pid FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory' AND granted AND application_name = 'leads' AND datname = current_database()`,
  );
  await server.database.query('SELECT pg_terminate_backend($1)', [rows[0]!.pid]);
  await expect.poll(() => told.length).toBe(3);
  expect(told).toContain('first ends');
  expect(told.at(-1)).toMatch(/begins$/);
});

test('two copies of a projection: rows are written once, both know how far they are, nobody meets a position that was moved, and when one goes the other writes on', async () => {
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
  const appender = new Appender(broker);
  onTestFinished(() => appender.close());
  const warned: unknown[] = [];
  // Journals of other tests come and go on the same broker.
  const log = Object.assign(createLog('test', 'silent'), {
    warn: (what: { stream?: string }) => void (what.stream === streamOf(district) && warned.push(what)),
  });
  const counted: Projection<{ id: string }> = {
    name: `counted-${district}`,
    schema: 'counted',
    filter: (name) => `vx.${name}.>`,
    apply: async (transaction, name, entries) => {
      for (const { event } of entries)
        await transaction.query('INSERT INTO counted.facts VALUES ($1, $2)', [name, event.id]);
      return undefined;
    },
    forget: async () => {},
  };
  const follow = async () => {
    const leadership = copy();
    const followed = await followDistricts(counted, { database: server.database, broker, log, leadership });
    onTestFinished(() => followed.stop());
    const leading: string[] = [];
    followed.onLead((name) => leading.push(name));
    return { followed, leadership, leading };
  };
  const [one, other] = await Promise.all([follow(), follow()]);
  const leads = () => [one, other].filter(({ followed }) => followed.leads(district));
  await expect.poll(() => leads().length).toBe(1);
  let said = 0;
  const say = async (count: number) => {
    const results = await appender.appendAll(
      Array.from({ length: count }, () => {
        const id = `f${said++}`;
        return { subject: `vx.${district}.economy.business.${id}`, id, payload: JSON.stringify({ id }) };
      }),
    );
    const last = results.at(-1)!;
    return last.ok ? last.sequence : 0;
  };
  for (let turn = 0; turn < 5; turn++) {
    const sequence = await say(20);
    for (const { followed } of [one, other]) expect(await followed.reached(district, sequence, 90_000)).toBe(true);
    expect([one, other].map(({ followed }) => followed.committedSequence(district))).toEqual([sequence, sequence]);
  }
  expect(await one.followed.reached(district, said + 1, 50)).toBe(false);
  expect(await other.followed.reached(district, said + 1, 50)).toBe(false);
  expect(warned).toEqual([]);
  const [gone] = leads();
  const stays = gone === one ? other : one;
  expect(stays.leading).not.toContain(district);
  await gone!.followed.stop();
  const sequence = await say(20);
  expect(await stays.followed.reached(district, sequence, 90_000)).toBe(true);
  expect(stays.followed.leads(district)).toBe(true);
  expect(stays.leading).toContain(district);
  const { rows } = await server.database.query(
    'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM counted.facts WHERE district = $1',
    [district],
  );
  expect(rows).toEqual([{ n: said, ids: said }]);
});

test('a projection that waits to try again ends at once when the lead is lost, and one that never read its position says what the rows say', async () => {
  const district = temporaryDistrict();
  await openDistrictStream(broker, district, { clock: 'recorded', exercise: true });
  const appender = new Appender(broker);
  onTestFinished(() => appender.close());
  const counted: Projection<{ id: string }> = {
    name: `away-${district}`,
    schema: 'counted',
    filter: (name) => `vx.${name}.>`,
    apply: async () => undefined,
    forget: async () => {},
  };
  const event = { subject: `vx.${district}.economy.business.a`, id: 'a', payload: JSON.stringify({ id: 'a' }) };
  const appended = await appender.append(event);
  const sequence = appended.ok ? appended.sequence : 0;
  const first = await followDistricts(counted, { database: server.database, broker, log: silentLog });
  expect(await first.reached(district, sequence, 90_000)).toBe(true);
  await first.stop();
  let tries = 0;
  const log = Object.assign(createLog('test', 'silent'), {
    // Other districts of the broker are followed too.
    warn: ({ stream }: { stream?: string }) => void (stream === streamOf(district) && tries++),
  });
  // Rows can be asked for, but nothing can be written: the way to the database is lost within each transaction.
  const cut = Object.assign(Object.create(server.database) as typeof server.database, {
    connect: () => Promise.reject(Object.assign(new Error('the database is away'), { code: 'ECONNREFUSED' })),
    query: server.database.query.bind(server.database),
  });
  const followed = await followDistricts(counted, { database: cut, broker, log });
  // Its fourth rest is 1.6 s.
  await expect.poll(() => tries, { timeout: 60_000 }).toBe(4);
  expect(followed.committedSequence(district)).toBe(0);
  expect(await followed.position(district)).toBe(sequence);
  const rested = new Promise((done) => setTimeout(() => done('the rest is over'), 1000));
  expect(await Promise.race([followed.stop().then(() => 'ended'), rested])).toBe('ended');
});
