import type { Broker } from '#platform/broker.ts';
import { readOn } from '#platform/read-stream.ts';
import { type Block, digestOf, eventsOf, type Journal, type Range } from './block.ts';
import { type ChainReader, readChainFile, runOfFile } from './chain-file.ts';
import { type Damage, damageOfBlock } from './damage.ts';
import { readChain } from './read-chain.ts';
import { storedMessage } from './stored-message.ts';

/** A journal compared with its chain. */
export interface Verified extends Journal {
  district: string;
  run: number;
  /** Why the damage of the run before was accepted; left out: this is the first run. */
  accepted?: string;
  /** Messages that were read, sealed or not. */
  events: number;
  /** Of them, those in blocks. */
  sealedEvents: number;
  blocks: number;
  sealedThrough: number;
  /** Last sequence when the reading began. */
  journalEnds: number;
  /** Gaps that were there when they were sealed. */
  gaps: Range[];
  damage: Damage[];
}

/** How long no message has to come before the journal is taken to end, milliseconds. */
const silenceMs = 5000;

/** Messages of a journal up to a sequence, as far as the broker can read them: it leaves out what is damaged. */
async function* messagesThrough(
  broker: Broker,
  stream: string,
  through: number,
): AsyncGenerator<{ sequence: number; digest: Buffer }> {
  if (through === 0) return;
  const messages = readOn(broker, { stream, after: 0, ahead: 2000 });
  let timer: NodeJS.Timeout | undefined;
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(() => messages.stop(), silenceMs);
  };
  wait();
  try {
    for await (const message of messages) {
      if (message.seq > through) return;
      yield { sequence: message.seq, digest: digestOf(storedMessage(message)) };
      if (message.seq === through || message.info.pending === 0) return;
      wait();
    }
  } finally {
    clearTimeout(timer);
    messages.stop();
  }
}

/**
 * Reads a journal whole and compares every message with its chain.
 *
 * @param path of the chain's file; undefined: the journal has none, and nothing of it is sealed
 * @param hashesOf the database's copy of the hashes; left out: it is not compared
 */
export async function verifyJournal(
  broker: Broker,
  journal: Journal & { district: string },
  path: string | undefined,
  hashesOf?: (run: number) => Promise<readonly string[]>,
): Promise<Verified> {
  // The chain first: what is sealed meanwhile is not compared with a journal that was read before.
  const run = path === undefined ? 1 : runOfFile(path);
  // A block is in its file before it is in the database.
  const hashes = await hashesOf?.(run);
  const reader: ChainReader | undefined = path === undefined ? undefined : await readChainFile(path);
  const { stream } = journal;
  const { state } = await broker.manager.streams.info(stream);
  const found: Verified = {
    ...journal,
    run,
    events: 0,
    sealedEvents: 0,
    blocks: 0,
    sealedThrough: 0,
    journalEnds: state.last_seq,
    gaps: [],
    damage: [],
  };
  const messages = messagesThrough(broker, stream, state.last_seq);
  let next = await messages.next();
  const take = async () => {
    found.events++;
    next = await messages.next();
  };
  const compare = async (block: Block) => {
    const digests = new Map<number, Buffer>();
    while (!next.done && next.value.sequence <= block.last) {
      digests.set(next.value.sequence, next.value.digest);
      await take();
    }
    found.blocks++;
    found.sealedEvents += eventsOf(block);
    found.sealedThrough = block.last;
    found.gaps.push(...block.missing);
    found.damage.push(...damageOfBlock(block, digests));
  };
  if (reader) {
    if (reader.header?.stream === stream && reader.header.created === journal.created) {
      if (run > 1) found.accepted = reader.header.reason;
      const { damage } = await readChain(reader.header, reader.lines, hashes, compare);
      if (damage) found.damage.push(damage);
    } else {
      found.damage.push({ kind: 'chain', reason: 'the first line of its file is not of this journal' });
      await reader.lines.return(undefined);
    }
  }
  if (found.sealedThrough > state.last_seq) {
    // One finding for all that is cut off, in place of one for each block.
    const kept = found.damage.filter((one) => one.kind !== 'missing' || one.from <= state.last_seq);
    const cut = kept.map((one) =>
      one.kind === 'missing' && one.through > state.last_seq ? { ...one, through: state.last_seq } : one,
    );
    found.damage = [...cut, { kind: 'cut', from: state.last_seq + 1, through: found.sealedThrough }];
  }
  let expected = found.sealedThrough + 1;
  while (!next.done) {
    const { sequence } = next.value;
    if (sequence > expected) found.damage.push({ kind: 'gap', from: expected, through: sequence - 1 });
    expected = sequence + 1;
    await take();
  }
  if (expected <= state.last_seq) found.damage.push({ kind: 'gap', from: expected, through: state.last_seq });
  found.damage = joined(found.damage);
  return found;
}

/** Neighbours of one kind are one finding: a block that is cut out goes over several of ours. */
function joined(damage: readonly Damage[]): Damage[] {
  const all: Damage[] = [];
  for (const one of damage) {
    const last = all.at(-1);
    if (last && 'from' in last && 'from' in one && last.kind === one.kind && last.through + 1 === one.from)
      all[all.length - 1] = { ...last, through: one.through };
    else all.push(one);
  }
  return all;
}
