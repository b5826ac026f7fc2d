import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { type Database, migrate } from '#platform/database.ts';
import { openDistrictStream, streamOf } from '#platform/journal.ts';
import { silentLog, temporaryDatabase, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { type Block, hashOf } from './block.ts';
import { moveChain, newestChains } from './chain-file.ts';
import { addRun, hashesOf, newestRun } from './rows.ts';
import { type Sealer, type SealerLimits, sealJournal } from './sealer.ts';
import { verifyJournal } from './verify-journal.ts';

describe('sealing a journal', () => {
  let broker: Broker;
  let database: Database;
  let drop: () => Promise<void>;
  let appender: Appender;
  let folder: string;
  let district: string;
  let sealer: Sealer | undefined;
  beforeAll(async () => {
    broker = await testBroker();
    appender = new Appender(broker);
    const temporary = await temporaryDatabase();
    ({ database, drop } = temporary);
    await migrate(temporary.url, 'chain', new URL('./migrations/', import.meta.url));
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vung-xanh-chain-'));
    district = temporaryDistrict();
  });
  afterEach(async () => {
    await sealer?.stop();
    sealer = undefined;
    await broker.manager.streams.delete(streamOf(district)).catch(() => {});
    rmSync(folder, { recursive: true });
  });
  afterAll(async () => {
    appender.close();
    await broker.close();
    await drop();
  });

  const journal = () => openDistrictStream(broker, district, { clock: 'live', exercise: false });
  const append = async (count: number) => {
    const results = await appender.appendAll(
      Array.from({ length: count }, (_, index) => ({
        subject: `vx.${district}.test.thing.t-${index}`,
        id: `${Math.random()}`,
        payload: JSON.stringify({ index }),
      })),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
  };
  const begin = async (limits: Partial<SealerLimits> = {}) => {
    const opened = await journal();
    sealer = sealJournal(opened, {
      broker,
      database,
      folder,
      log: silentLog,
      now: () => new Date(),
      limits: { blockEvents: 10, sealAfterMs: 60_000, damagedMs: 100, patienceMs: 3000, ...limits },
    });
    return opened;
  };
  const end = async () => {
    await sealer?.stop();
    sealer = undefined;
  };
  const sealedThrough = (sequence: number) =>
    expect.poll(() => sealer!.state()).toMatchObject({ sealedThrough: sequence, checked: true, damage: undefined });
  const damaged = (damage: object) => expect.poll(() => sealer!.state().damage).toMatchObject(damage);
  const verify = async () => {
    const { stream, created } = await journal();
    return verifyJournal(broker, { stream, created, district }, newestChains(folder)[0], (run) =>
      hashesOf(database, { stream, created, run }),
    );
  };

  test('full blocks at once, the tail when it waited, and what was read at the stop; all of it fits', async () => {
    await append(0);
    await begin();
    await append(25);
    await sealedThrough(20);
    expect(await verify()).toMatchObject({ events: 25, blocks: 2, sealedThrough: 20, journalEnds: 25, damage: [] });
    await end();
    expect(await verify()).toMatchObject({ events: 25, blocks: 3, sealedThrough: 25, damage: [], gaps: [] });
    await begin({ sealAfterMs: 200 });
    await append(3);
    await sealedThrough(28);
    const { stream, created } = await journal();
    expect(await hashesOf(database, { stream, created, run: 1 })).toHaveLength(4);
    expect(statSync(newestChains(folder)[0]!).mode & 0o777).toBe(0o600);
  });

  test('a death between file and database, and a restored file without rows: the rows are added', async () => {
    await begin();
    await append(30);
    await sealedThrough(30);
    await end();
    const { stream, created } = await journal();
    await database.query('DELETE FROM chain.blocks WHERE stream = $1 AND number >= 1', [stream]);
    await begin();
    await append(10);
    await sealedThrough(40);
    expect(await hashesOf(database, { stream, created, run: 1 })).toHaveLength(4);
    await end();
    await database.query('DELETE FROM chain.blocks WHERE stream = $1', [stream]);
    await database.query('DELETE FROM chain.runs WHERE stream = $1', [stream]);
    await begin();
    await expect.poll(() => sealer!.state()).toMatchObject({ sealedThrough: 40, damage: undefined });
    expect(await hashesOf(database, { stream, created, run: 1 })).toHaveLength(4);
  });

  test('half a line, as a power cut leaves one, is taken away and sealed again', async () => {
    await begin();
    await append(20);
    await sealedThrough(20);
    await end();
    const [path] = newestChains(folder);
    appendFileSync(path!, '{"number":2,"first":21,"la');
    expect((await verify()).damage).toEqual([]);
    await begin();
    await append(10);
    await sealedThrough(30);
    await end();
    expect(await verify()).toMatchObject({ blocks: 3, damage: [] });
  });

  test('a gap that was there when it was sealed is told apart from one that came later', async () => {
    await journal();
    await append(20);
    await broker.manager.streams.deleteMessage(streamOf(district), 4, false);
    await begin();
    await append(11);
    await sealedThrough(31);
    await end();
    expect(await verify()).toMatchObject({ events: 30, gaps: [[4, 4]], damage: [] });
    await broker.manager.streams.deleteMessage(streamOf(district), 14, false);
    expect(await verify()).toMatchObject({ gaps: [[4, 4]], damage: [{ kind: 'missing', from: 14, through: 14 }] });
  });

  test('a sealed message that is deleted is named, and said at the next start', async () => {
    await begin();
    await append(30);
    await sealedThrough(30);
    await end();
    await broker.manager.streams.deleteMessage(streamOf(district), 13, false);
    expect(await verify()).toMatchObject({ events: 29, damage: [{ kind: 'missing', from: 13, through: 13 }] });
    await begin();
    await damaged({ kind: 'gap', through: 30 });
    await append(10);
    expect(sealer!.state().sealedThrough).toBe(30);
  });

  test('a hole in the part that is not sealed is a gap', async () => {
    await begin();
    await append(20);
    await sealedThrough(20);
    await end();
    await append(5);
    await broker.manager.streams.deleteMessage(streamOf(district), 23, false);
    expect((await verify()).damage).toEqual([{ kind: 'gap', from: 23, through: 23 }]);
    await broker.manager.streams.deleteMessage(streamOf(district), 25, false);
    expect((await verify()).damage).toEqual([
      { kind: 'gap', from: 23, through: 23 },
      { kind: 'gap', from: 25, through: 25 },
    ]);
  });

  test('the last sealed message is looked at at the start', async () => {
    await begin();
    await append(30);
    await sealedThrough(30);
    await end();
    const file = newestChains(folder)[0]!;
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    // A chain that is whole in itself, of a journal whose message 30 was another one.
    const sealed = JSON.parse(lines[3]!) as Omit<Block, 'digests'> & { digests: string };
    const digests = Buffer.from(sealed.digests, 'base64');
    digests.fill(0, digests.length - 4);
    const { stream, created } = await journal();
    const changed = { ...sealed, digests };
    const forged = { ...changed, hash: hashOf({ stream, created }, changed), digests: digests.toString('base64') };
    writeFileSync(file, `${[...lines.slice(0, 3), JSON.stringify(forged)].join('\n')}\n`);
    await database.query('DELETE FROM chain.blocks WHERE stream = $1', [stream]);
    await begin();
    await damaged({ kind: 'changed', from: 30, through: 30 });
    await end();
    expect((await verify()).damage).toEqual([{ kind: 'changed', from: 30, through: 30 }]);
  });

  test('a changed block, a lost line and a lost file of the chain are damage of the chain', async () => {
    await begin();
    await append(30);
    await sealedThrough(30);
    await end();
    const [path] = newestChains(folder);
    const text = readFileSync(path!, 'utf8');
    const lines = text.split('\n');
    const chainDamage = { kind: 'chain', reason: expect.stringMatching(/block|line/) };

    writeFileSync(path!, text.replace('"first":11', '"first":12'));
    expect((await verify()).damage).toContainEqual(chainDamage);
    await begin();
    await damaged({ kind: 'chain' });
    await end();

    writeFileSync(path!, [...lines.slice(0, 2), ...lines.slice(3)].join('\n'));
    expect((await verify()).damage).toContainEqual(chainDamage);

    writeFileSync(path!, text);
    truncateSync(path!, Buffer.byteLength(lines.slice(0, 3).join('\n')) + 1);
    expect((await verify()).damage).toContainEqual({
      kind: 'chain',
      reason: expect.stringMatching(/file ends with block 1/),
    });

    rmSync(path!);
    await begin();
    await damaged({ kind: 'chain', reason: expect.stringMatching(/file is gone/) });
    await end();

    // As it was: it fits again by itself.
    writeFileSync(path!, text);
    await begin();
    await sealedThrough(30);
  });

  test('a restored journal is opened anew: its chain is moved to it, and goes on', async () => {
    await begin();
    await append(30);
    await sealedThrough(30);
    await end();
    const { stream, created } = await journal();
    // As though the chain had begun under another opening.
    const opened = '2026-01-02T03:04:05.678Z';
    expect(moveChain(folder, { stream, created }, opened)).toBe(1);
    expect(newestChains(folder)[0]).toMatch(/@1767323045678\.1\.ndjson$/);
    expect(moveChain(folder, { stream, created: opened }, created)).toBe(1);
    await database.query('DELETE FROM chain.blocks WHERE stream = $1', [stream]);
    await begin();
    await append(10);
    await sealedThrough(40);
    await end();
    expect(await verify()).toMatchObject({ blocks: 4, damage: [] });
  });

  test('damage that was accepted: another run seals the journal as it is', async () => {
    await begin();
    await append(30);
    await sealedThrough(30);
    await end();
    rmSync(newestChains(folder)[0]!);
    const { stream, created } = await begin();
    await damaged({ kind: 'chain' });
    await addRun(database, { stream, created, run: 2, reason: 'file lost' }, new Date());
    await sealedThrough(30);
    expect(sealer!.state()).toMatchObject({ run: 2, blocks: 3 });
    expect(await newestRun(database, { stream, created })).toEqual({ run: 2, reason: 'file lost' });
    await end();
    expect(await verify()).toMatchObject({ run: 2, damage: [] });
    expect(readdirSync(folder)).toHaveLength(1);
  });
});
