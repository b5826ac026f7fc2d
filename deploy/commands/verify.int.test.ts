import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chainFolder } from '../../services/chain/chain-file.ts';
import { type Sealer, sealJournal } from '../../services/chain/sealer.ts';
import { Appender } from '../../services/platform/append.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { migrate } from '../../services/platform/database.ts';
import { openDistrictStream } from '../../services/platform/journal.ts';
import { until } from '../../services/platform/testing/requests.ts';
import { silentLog, temporaryDatabase } from '../../services/platform/testing/servers.ts';
import { scratchBroker } from '../local/journal-copy.ts';
import { type PrivateBroker, startNats } from '../local/nats.ts';
import { clearRunState, writeRunState } from '../local/run-state.ts';
import { type VerifiedAll, verifyAll } from './verify-all.ts';
import { reportOf } from './verify-report.ts';

const district = 'flip';
const stream = 'VX_flip';
const events = 2500;

/** A journal in files of its own, sealed and stopped; each test damages a copy of the files. */
describe('damage of the files of a journal', () => {
  let folder: string;
  let drop: () => Promise<void>;
  let database: Awaited<ReturnType<typeof temporaryDatabase>>['database'];
  let databaseUrl: string;
  /** The journal's files when it had 1,000 events. */
  let early: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'vung-xanh-flip-'));
    early = join(folder, 'early');
    const temporary = await temporaryDatabase();
    ({ database, drop, url: databaseUrl } = temporary);
    await migrate(temporary.url, 'chain', new URL('../../services/chain/migrations/', import.meta.url));
    await runOn(async (broker) => append(broker, 0, 1000));
    cpSync(join(folder, 'nats'), early, { recursive: true });
    await runOn(async (broker) => append(broker, 1000, events));
  });
  afterAll(async () => {
    await drop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function runOn(work: (broker: Broker) => Promise<void>): Promise<void> {
    const nats: PrivateBroker = await startNats(join(folder, 'nats'), [{ user: 'operator', password: 'test' }]);
    const broker = await openBroker(nats.url.replace('//', '//operator:test@'), 'flip');
    const journal = await openDistrictStream(broker, district, { clock: 'live', exercise: false });
    const sealer: Sealer = sealJournal(journal, {
      broker,
      database,
      folder: chainFolder(folder),
      log: silentLog,
      now: () => new Date(),
      limits: { sealAfterMs: 300 },
    });
    try {
      await work(broker);
      const { state } = await broker.manager.streams.info(stream);
      await until(async () => sealer.state().sealedThrough === state.last_seq || undefined);
    } finally {
      await sealer.stop();
      await broker.close();
      await nats.stop();
    }
  }

  async function append(broker: Broker, from: number, through: number): Promise<void> {
    const appender = new Appender(broker);
    const results = await appender.appendAll(
      Array.from({ length: through - from }, (_, index) => ({
        subject: `vx.${district}.test.thing.t-${from + index}`,
        id: `id-${from + index}-`,
        payload: JSON.stringify({ text: `event number ${from + index} of the journal` }),
      })),
    );
    appender.close();
    expect(results.every(({ ok }) => ok)).toBe(true);
  }

  /** What `npm run verify` finds in a copy of the stopped journal that `harm` was done to. */
  async function verifyHarmed(
    harm: (messages: string, store: string) => void,
    store = join(folder, 'nats'),
  ): Promise<VerifiedAll> {
    const copy = mkdtempSync(join(tmpdir(), 'vung-xanh-harm-'));
    try {
      cpSync(join(store, 'jetstream'), join(copy, 'jetstream'), { recursive: true });
      harm(join(copy, 'jetstream/jetstream/$G/streams', stream, 'msgs'), copy);
      const scratch = await scratchBroker(tmpdir(), join(copy, 'jetstream'));
      try {
        return await verifyAll(scratch.broker, chainFolder(folder), database);
      } finally {
        await scratch.stop();
      }
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  /** Changes one byte of what stands after a text in the journal's files. */
  const flip = (messages: string, text: string) => {
    for (const name of readdirSync(messages).filter((file) => file.endsWith('.blk'))) {
      const bytes = readFileSync(join(messages, name));
      const at = bytes.indexOf(text);
      if (at < 0) continue;
      bytes[at + text.length - 1]! ^= 1;
      writeFileSync(join(messages, name), bytes);
      return;
    }
    throw new Error(`"${text}" is in no file`);
  };

  test('a clean journal says how much was read and sealed', async () => {
    const { journals, gone, notes } = await verifyHarmed(() => {});
    expect(journals).toMatchObject([{ stream, events, sealedThrough: events, damage: [], gaps: [] }]);
    expect([gone, notes]).toEqual([[], []]);
    expect(reportOf(journals[0]!)).toEqual([
      expect.stringMatching(
        /^VX_flip: 2,500 events read through sequence 2,500; \d+ blocks seal 2,500 of them through 2,500; all is sealed$/,
      ),
    ]);
  });

  test.each([
    ['payload', 'event number 1733 of', 1734],
    ['a header', 'Nats-Msg-Id: id-1733-', 1734],
    ['the first event', 'event number 0 of', 1],
    ['the last event', 'event number 2499 of', 2500],
  ])('a flipped byte in %s is named by its sequence', async (_, text, sequence) => {
    const { journals } = await verifyHarmed((messages) => flip(messages, text));
    expect(journals[0]!.damage).toHaveLength(1);
    expect(reportOf(journals[0]!).join('\n')).toMatch(new RegExp(`DAMAGE sequences? ${sequence}:`));
  });

  test('the end of a file is cut off: the sequences are named', async () => {
    const { journals } = await verifyHarmed((messages) => {
      const [file] = readdirSync(messages).filter((name) => name.endsWith('.blk'));
      truncateSync(join(messages, file!), 200_000);
      for (const name of readdirSync(messages)) if (name.startsWith('index')) rmSync(join(messages, name));
    });
    const [{ events: read, damage }] = journals as [VerifiedAll['journals'][0]];
    expect(read).toBeLessThan(events);
    expect(damage).toEqual([{ kind: 'cut', from: read + 1, through: events }]);
  });

  test('an older copy of the journal is cut; when it has grown again, what is other is named', async () => {
    const cut = await verifyHarmed(() => {}, early);
    expect(cut.journals[0]).toMatchObject({ events: 1000, damage: [{ kind: 'cut', from: 1001, through: events }] });
    const nats = await startNats(early, [{ user: 'operator', password: 'test' }]);
    const broker = await openBroker(nats.url.replace('//', '//operator:test@'), 'flip');
    await append(broker, 1000, events + 10);
    await broker.close();
    await nats.stop();
    const other = await verifyHarmed(() => {}, early);
    expect(other.journals[0]!.damage).toEqual([{ kind: 'changed', from: 1001, through: events }]);
  });

  test('a real journal that is gone is said', async () => {
    const { journals, gone } = await verifyHarmed((_, copy) =>
      rmSync(join(copy, 'jetstream/jetstream/$G/streams', stream), { recursive: true }),
    );
    expect(journals).toEqual([]);
    expect(gone).toEqual([expect.stringMatching(/^VX_flip: DAMAGE the journal is gone/)]);
  });

  /** The command itself, of a product whose journal and database are these. */
  const verify = (...args: string[]): Promise<{ code: number; told: string }> =>
    new Promise((done) => {
      const command = fileURLToPath(new URL('verify.ts', import.meta.url));
      execFile(process.execPath, [command, '--data', folder, ...args], (error, stdout, stderr) =>
        done({ code: error ? Number(error.code) : 0, told: stdout + stderr }),
      );
    });

  // The last one: it harms the journal itself.
  test('by command: damage ends with 1, is accepted with a reason alone, and the journal is then sealed as it is', async () => {
    const stopped = await verify('--accept', stream, '--reason', 'nothing runs');
    expect(stopped).toEqual({ code: 1, told: expect.stringContaining('start the product first') });
    flip(join(folder, 'nats', 'jetstream/jetstream/$G/streams', stream, 'msgs'), 'event number 1733 of');
    const nats = await startNats(join(folder, 'nats'), [{ user: 'operator', password: 'test' }]);
    const natsUrl = nats.url.replace('//', '//operator:test@');
    writeRunState(folder, {
      pid: process.pid,
      url: 'http://127.0.0.1:9',
      databaseUrl,
      natsUrl,
      services: {},
      pids: {},
    });
    try {
      const found = await verify();
      expect([found.code, found.told]).toEqual([1, expect.stringMatching(/DAMAGE sequence 1734:/)]);
      expect(await verify('--accept', stream)).toEqual({ code: 1, told: expect.stringContaining('needs --reason') });
      const other = await verify('--accept', 'VX_other', '--reason', 'looked at');
      expect([other.code, other.told]).toEqual([1, expect.stringContaining('there is no journal VX_other')]);
      // Neither has changed anything.
      expect((await verify()).code).toBe(1);
      const accepted = await verify('--accept', stream, '--reason', 'one bit, looked at');
      expect(accepted).toEqual({ code: 0, told: `${stream}: run 2 of its chain begins; it is sealed as it is now\n` });
    } finally {
      await nats.stop();
    }
    await runOn(async () => {});
    const again = await startNats(join(folder, 'nats'), [{ user: 'operator', password: 'test' }]);
    const againUrl = again.url.replace('//', '//operator:test@');
    writeRunState(folder, { pid: process.pid, url: '', databaseUrl, natsUrl: againUrl, services: {}, pids: {} });
    try {
      const { code, told } = await verify();
      expect([code, told]).toEqual([0, expect.stringMatching(/no damage/)]);
      expect(told).toContain('one bit, looked at');
    } finally {
      clearRunState(folder);
      await again.stop();
    }
  });
});
