import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { Appender, type Message } from '../../services/platform/append.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { bringStreamsUp, openDistrictStream, streamOf } from '../../services/platform/journal.ts';
import { readOn } from '../../services/platform/read-stream.ts';
import { type PrivateBroker, startNats } from './nats.ts';
import { findNatsServer, findProgram, type NatsProgram } from './programs.ts';

const users = [{ user: 'operator', password: 'of this test' }];

/** The one that the product takes, and Debian's, which it falls back to, where this machine has both. */
function servers(): NatsProgram[] {
  const debian = findProgram('nats-server', '/usr/sbin');
  const found = [findNatsServer(), debian ? findNatsServer('/nowhere', '/usr/sbin') : undefined];
  return [
    ...new Map(found.filter((server) => server !== undefined).map((server) => [server.version, server])).values(),
  ];
}

describe.each(servers())('the journal on nats-server $version', (server) => {
  const open: (() => unknown)[] = [];
  const clients: Broker[] = [];
  afterEach(async () => {
    // While their server runs: it takes their leave.
    for (const client of clients.splice(0)) if (!client.connection.isClosed()) await client.close();
    for (const close of open.splice(0).toReversed()) await close();
  });

  const place = () => {
    const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-broker-'));
    chmodSync(folder, 0o755);
    open.push(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
  };
  const start = async (folder: string, port?: number, program = server): Promise<PrivateBroker> => {
    const nats = await startNats(folder, users, port, program);
    open.push(nats.stop);
    return nats;
  };
  const connect = async (nats: PrivateBroker): Promise<Broker> => {
    const broker = await openBroker(
      nats.url.replace('//', `//operator:${encodeURIComponent(users[0]!.password)}@`),
      'test',
    );
    clients.push(broker);
    return broker;
  };
  const openAppender = (broker: Broker) => {
    const appender = new Appender(broker, { timeoutMs: 90_000 });
    open.push(() => appender.close());
    return appender;
  };
  const message = (id: string): Message => ({ subject: `vx.d.test.noun.${id}`, id, payload: id.padEnd(600, '.') });
  const idsBySequence = async (broker: Broker) => {
    const { state } = await broker.manager.streams.info(streamOf('d'));
    const found = new Map<number, string>();
    for await (const read of readOn(broker, { stream: streamOf('d'), after: 0, ahead: 1000 })) {
      found.set(read.seq, read.subject.split('.').at(-1)!);
      if (read.seq >= state.last_seq) break;
    }
    return found;
  };

  test('says what a power cut may cost', async () => {
    const nats = await start(place());
    expect(nats.version).toBe(server.version);
    expect(nats.powerCutSeconds).toBe(server.syncs ? 0 : 120);
    const broker = await connect(nats);
    expect(broker.connection.info?.version).toBe(server.version);
  });

  test('killed again and again while many write: every call is answered, each fact stands once, where the answer says', async () => {
    const folder = place();
    let nats = await start(folder);
    const broker = await connect(nats);
    await openDistrictStream(broker, 'd', { clock: 'live', exercise: false });
    const appender = openAppender(broker);
    const told = new Map<string, number>();
    let writing = true;
    const writers = Array.from({ length: 6 }, async (_, writer) => {
      for (let turn = 0; writing || turn < 10; turn++) {
        const messages = Array.from({ length: 300 }, (_, index) => message(`w${writer}-${turn}-${index}`));
        const results = await appender.appendAll(messages);
        results.forEach((result, index) => {
          expect(result).toMatchObject({ ok: true });
          if (result.ok) told.set(messages[index]!.id, result.sequence);
        });
      }
    });
    for (let kill = 0; kill < 4; kill++) {
      await sleep(150 + 70 * kill);
      process.kill(nats.pid, 'SIGKILL');
      await nats.ended;
      nats = await start(folder, nats.port);
    }
    writing = false;
    await Promise.all(writers);
    const stored = await idsBySequence(broker);
    expect(stored.size).toBe(told.size);
    expect([...told].filter(([id, sequence]) => stored.get(sequence) !== id)).toEqual([]);
  });

  test('a fact on condition of a sequence, sent again because the broker went, is not too late for itself', async () => {
    const folder = place();
    let nats = await start(folder);
    const broker = await connect(nats);
    await openDistrictStream(broker, 'd', { clock: 'live', exercise: false });
    const appender = openAppender(broker);
    let sequence = 0;
    for (let turn = 0; turn < 6; turn++) {
      const asked = appender.append({ ...message('k'), id: `turn ${turn}`, expectedSubjectSequence: sequence });
      // At another moment each time: before it is sent, on its way, or when it is stored and its answer is on its way.
      await sleep(turn * 2);
      process.kill(nats.pid, 'SIGKILL');
      await nats.ended;
      nats = await start(folder, nats.port);
      const result = await asked;
      expect(result).toMatchObject({ ok: true, sequence: sequence + 1 });
      sequence++;
    }
  });

  test('opens a journal that Debian wrote, knows its duplicates, and lets it take batches', async () => {
    const debian = servers().find(({ syncs }) => !syncs) ?? server;
    const folder = place();
    const before = await start(folder, undefined, debian);
    const first = await connect(before);
    await openDistrictStream(first, 'd', { clock: 'live', exercise: false });
    const facts = Array.from({ length: 50 }, (_, index) => message(`f${index}`));
    await openAppender(first).appendAll(facts);
    await first.close();
    await before.stop();

    const broker = await connect(await start(folder));
    expect(await bringStreamsUp(broker)).toEqual(server.syncs && !debian.syncs ? ['d'] : []);
    expect(await bringStreamsUp(broker)).toEqual([]);
    const again = await openAppender(broker).appendAll([...facts, message('new')]);
    expect(again.map((result) => result.ok && [result.sequence, result.duplicate])).toEqual([
      ...facts.map((_, index) => [index + 1, true]),
      [51, false],
    ]);
    const { config } = await broker.manager.streams.info(streamOf('d'));
    expect(config.allow_atomic ?? false).toBe(server.syncs);
  });
});
