import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Broker } from '#platform/broker.ts';
import type { Database } from '#platform/database.ts';
import type { DistrictStream } from '#platform/journal.ts';
import type { Log } from '#platform/log.ts';
import { type Reading, readStream } from '#platform/read-stream.ts';
import { digestOf, sealBlock } from './block.ts';
import {
  afterBlock,
  type ChainHeader,
  type ChainWriter,
  chainFileOf,
  newestRunIn,
  openChainFile,
  readChainFile,
} from './chain-file.ts';
import { type Damage, damageOfCounts, nothingSealed, type SealedCount, sayDamage } from './damage.ts';
import { readChain } from './read-chain.ts';
import { restMs } from './rest.ts';
import { addBlock, addRun, hashesOf, newestRun } from './rows.ts';
import { storedMessage } from './stored-message.ts';

export interface SealerParts {
  broker: Broker;
  database: Database;
  /** Where the chains' files are. */
  folder: string;
  log: Log;
  now: () => Date;
  limits?: Partial<SealerLimits>;
}

export interface SealerLimits {
  /** Most messages of a block. */
  blockEvents: number;
  /** A message is sealed after this time although its block is not full. */
  sealAfterMs: number;
  /** How long a damaged journal is left alone before it is looked at again. */
  damagedMs: number;
  /** How long the last sealed message is waited for when a journal is opened. */
  patienceMs: number;
}

const usualLimits: SealerLimits = { blockEvents: 1000, sealAfterMs: 30_000, damagedMs: 10_000, patienceMs: 30_000 };

/** How far a journal is sealed. */
export interface SealerState {
  stream: string;
  created: string;
  run: number;
  blocks: number;
  sealedThrough: number;
  /** False until the journal was compared with the chain's head after the start. */
  checked: boolean;
  damage: Damage | undefined;
}

export interface Sealer {
  state: () => SealerState;
  /** Seals what was read, and ends. */
  stop: () => Promise<void>;
}

/** Something is wrong that sealing on would hide. */
class DamageFound extends Error {
  readonly damage: Damage;
  constructor(damage: Damage) {
    super(sayDamage(damage));
    this.damage = damage;
  }
}

/**
 * Seals one journal, block after block, in a file and then in the database. It compares the journal with the chain's head first, and again after each reconnection;
 * where they do not fit it says so and seals nothing until they do, or somebody accepts the damage (another run).
 */
export function sealJournal(journal: DistrictStream, parts: SealerParts): Sealer {
  const { broker, database, folder, log, now } = parts;
  const limits = { ...usualLimits, ...parts.limits };
  const { stream, created, district } = journal;
  const disposable = journal.exercise || journal.clock === 'recorded';
  let run = 1;
  let sealed: SealedCount = nothingSealed;
  let damage: Damage | undefined;
  let checked = false;
  let stopped = false;
  let messages: Reading | undefined;
  const stopping = new AbortController();
  const forgetReconnect = broker.onReconnect(() => messages?.stop());

  /** The chain as it stands, opened for the next block. */
  async function open(): Promise<{ header: ChainHeader; writer: ChainWriter; lastDigest: Buffer | undefined }> {
    const known = await newestRun(database, journal);
    // The database of a restored product knows no run yet.
    run = Math.max(known?.run ?? 1, newestRunIn(folder, journal));
    const reason = known?.run === run ? known.reason : 'opened';
    const header: ChainHeader = { stream, created, origin: created, district, disposable, run, reason };
    const path = chainFileOf(folder, header);
    const hashes = known?.run === run ? await hashesOf(database, header) : [];
    if (!existsSync(path)) {
      if (hashes.length)
        throw new DamageFound({ kind: 'chain', reason: `its file is gone; the database has ${hashes.length} blocks` });
      await addRun(database, header, now());
      sealed = nothingSealed;
      return { header, writer: openChainFile(folder, header, true), lastDigest: undefined };
    }
    await addRun(database, header, now());
    const reader = await readChainFile(path);
    if (!reader.header) throw new DamageFound({ kind: 'chain', reason: 'the first line of its file cannot be read' });
    // The file is written first: a death between the two leaves the database a block behind. A restored product has none of them.
    const read = await readChain(reader.header, reader.lines, hashes, async (block) => {
      if (block.number >= hashes.length) await addBlock(database, header, block);
    });
    if (read.damage) throw new DamageFound(read.damage);
    sealed = read.sealed;
    header.origin = reader.header.origin;
    return { header, writer: openChainFile(folder, header, false), lastDigest: read.lastDigest };
  }

  /** @returns the journal's last sequence */
  async function checkCounts(): Promise<number> {
    const { state } = await broker.manager.streams.info(stream);
    const wrong = damageOfCounts(sealed, { lastSequence: state.last_seq, messages: state.messages });
    if (wrong) throw new DamageFound(wrong);
    return state.last_seq;
  }

  async function seal(): Promise<void> {
    const { header, writer, lastDigest } = await open();
    let gathered: { sequence: number; digest: Buffer }[] = [];
    let timer: NodeJS.Timeout | undefined;
    let writing: Promise<void> = Promise.resolve();
    let failure: unknown;
    const close = () => {
      clearTimeout(timer);
      timer = undefined;
      if (gathered.length === 0) return writing;
      const block = sealBlock({ stream, created: header.origin }, sealed, gathered, now().toISOString());
      if (block.missing.length)
        log.warn({ stream, missing: block.missing }, 'the journal has gaps where it was not sealed yet');
      gathered = [];
      writer.append(block);
      sealed = afterBlock(sealed, block);
      writing = writing.then(() => addBlock(database, header, block));
      writing.catch((error) => {
        failure = error;
        messages?.stop();
      });
      return writing;
    };
    try {
      let lastSequence = await checkCounts();
      // The last sealed message is read again: it must be the one that was sealed.
      const reading = await readStream(broker, {
        stream,
        after: Math.max(0, sealed.last - 1),
        ahead: limits.blockEvents,
      });
      messages = reading;
      if (stopped) reading.stop();
      let waitsForLast = lastDigest !== undefined;
      const late = setTimeout(() => {
        if (waitsForLast) reading.stop();
      }, limits.patienceMs);
      if (!waitsForLast) fits();
      let usage = process.cpuUsage();
      let at = performance.now();
      try {
        for await (const message of reading) {
          if (waitsForLast) {
            const digest = digestOf(storedMessage(message));
            if (message.seq !== sealed.last)
              throw new DamageFound({ kind: 'missing', from: sealed.last, through: sealed.last });
            if (!digest.equals(lastDigest!))
              throw new DamageFound({ kind: 'changed', from: sealed.last, through: sealed.last });
            waitsForLast = false;
            fits();
            continue;
          }
          gathered.push({ sequence: message.seq, digest: digestOf(storedMessage(message)) });
          timer ??= setTimeout(() => void close().catch(() => {}), limits.sealAfterMs);
          if (gathered.length < limits.blockEvents) continue;
          await close();
          const newest = message.seq + message.info.pending;
          const used = process.cpuUsage(usage);
          const pause = restMs({
            workMs: (used.user + used.system) / 1000,
            arrivingPerSecond: ((newest - lastSequence) / Math.max(1, performance.now() - at)) * 1000,
            unsealed: message.info.pending,
          });
          lastSequence = newest;
          usage = process.cpuUsage();
          at = performance.now();
          if (message.info.pending > 0) await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
        }
      } finally {
        clearTimeout(late);
      }
      if (failure) throw failure;
      if (waitsForLast && !stopped) {
        // Nothing came: the broker is away, or there is no such message.
        await broker.connection.flush();
        throw new DamageFound({ kind: 'missing', from: sealed.last, through: sealed.last });
      }
    } finally {
      messages?.stop();
      await close().catch(() => {});
      writer.close();
    }
  }

  /** Chain and journal fit together. */
  function fits(): void {
    checked = true;
    damage = undefined;
  }

  const done = (async () => {
    let said = '';
    while (!stopped) {
      let pauseMs = 500;
      try {
        await seal();
      } catch (error) {
        if (error instanceof DamageFound) {
          checked = true;
          damage = error.damage;
          pauseMs = limits.damagedMs;
          if (said !== error.message) log.error({ stream, damage }, `journal ${stream}: ${error.message}`);
          said = error.message;
        } else if (!stopped) log.warn({ err: error, stream }, 'sealing waits and tries again');
      }
      if (!stopped) await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();

  return {
    state: () => ({ stream, created, run, blocks: sealed.number + 1, sealedThrough: sealed.last, checked, damage }),
    stop: async () => {
      stopped = true;
      forgetReconnect();
      stopping.abort();
      messages?.stop();
      await done;
    },
  };
}
