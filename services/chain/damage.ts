import type { Words } from '#contracts/words.ts';
import { type Block, digestBytes, type Head, hashOf, type Journal, noHead, type Range } from './block.ts';

/**
 * What is wrong with a journal, or with its chain.
 *
 * - changed: the message is another one than was sealed.
 * - missing: sequences that were sealed, and cannot be read.
 * - gap: sequences without a message after the sealed part; the journal never leaves one.
 * - unexpected: a message where there was none when the block was sealed.
 * - cut: the journal ends before the sealed part does.
 * - gone: there is no such journal.
 * - chain: the chain itself is not whole.
 */
export type Damage =
  | { kind: 'changed' | 'missing' | 'gap' | 'unexpected' | 'cut'; from: number; through: number }
  | { kind: 'gone' }
  | { kind: 'chain'; reason: string };

const pieces = (kind: 'changed' | 'missing' | 'unexpected', sequences: readonly number[]): Damage[] => {
  const found: { kind: typeof kind; from: number; through: number }[] = [];
  for (const sequence of sequences) {
    const last = found.at(-1);
    if (last && last.through === sequence - 1) last.through = sequence;
    else found.push({ kind, from: sequence, through: sequence });
  }
  return found;
};

/** Sequences of a block that had a message when it was sealed, in their order. */
function* sealedSequences({ first, last, missing }: Pick<Block, 'first' | 'last' | 'missing'>): Generator<number> {
  let next = first;
  for (const [from, through] of [...missing, [last + 1, last + 1] as Range]) {
    for (; next < from; next++) yield next;
    next = through + 1;
  }
}

/** Compares a block with what the journal has in its place. `digests`: by sequence, of the messages that can be read. */
export function damageOfBlock(block: Block, digests: ReadonlyMap<number, Buffer>): Damage[] {
  const changed: number[] = [];
  const missing: number[] = [];
  const sealed = new Set<number>();
  let at = 0;
  for (const sequence of sealedSequences(block)) {
    sealed.add(sequence);
    const there = digests.get(sequence);
    const wanted = block.digests.subarray(at, at + digestBytes);
    at += digestBytes;
    if (!there) missing.push(sequence);
    else if (!there.equals(wanted)) changed.push(sequence);
  }
  const unexpected = [...digests.keys()].filter((sequence) => !sealed.has(sequence));
  return [...pieces('missing', missing), ...pieces('changed', changed), ...pieces('unexpected', unexpected)];
}

/** Why a block cannot follow the one before it, or is not what its own hash says; undefined when it fits. */
export function brokenLink(journal: Journal, before: Head, block: Block): string | undefined {
  const { number, first, last, missing, previous, digests } = block;
  if (number !== before.number + 1) return `after block ${before.number} comes block ${number}`;
  if (previous !== before.hash)
    return `block ${number} does not follow block ${before.number}: the hash before it is another`;
  const events = missing.reduce((sum, [from, through]) => sum - (through - from + 1), last - first + 1);
  if (first !== before.last + 1 || digests.length !== events * digestBytes || hashOf(journal, block) !== block.hash)
    return `block ${number} (sequences ${first} to ${last}) is not what its hash says`;
  return undefined;
}

/** What the broker says of a stream without reading it. */
export interface StreamCount {
  lastSequence: number;
  messages: number;
}

/** The sealed part in numbers. */
export interface SealedCount extends Head {
  /** Sequences without a message in it. */
  missing: number;
}

export const nothingSealed: SealedCount = { ...noHead, missing: 0 };

/** What can be told at a start from counts alone; undefined: nothing. */
export function damageOfCounts(sealed: SealedCount, { lastSequence, messages }: StreamCount): Damage | undefined {
  if (lastSequence < sealed.last) return { kind: 'cut', from: lastSequence + 1, through: sealed.last };
  // What a journal lacked before its chain began is seen, and sealed as missing.
  if (sealed.number === nothingSealed.number) return undefined;
  const missing = lastSequence - messages - sealed.missing;
  // Which they are is for a reading of the whole to tell.
  if (missing > 0) return { kind: 'gap', from: 1, through: lastSequence };
  return undefined;
}

/** In a sentence, in both languages. What is wrong with a chain itself is told in full in English: it is for who runs `npm run verify`. */
export function wordsOfDamage(damage: Damage): Words {
  if (damage.kind === 'gone') return { vi: 'sổ ghi không còn', en: 'the journal is gone' };
  if (damage.kind === 'chain')
    return { vi: 'chuỗi đối chiếu của sổ ghi bị hỏng', en: `the chain is damaged: ${damage.reason}` };
  const { kind, from, through } = damage;
  const where =
    from === through
      ? { vi: `mục ${from}`, en: `sequence ${from}` }
      : { vi: `mục ${from} đến ${through}`, en: `sequences ${from} to ${through}` };
  const said = {
    changed: { vi: 'khác với khi niêm phong', en: 'not what was sealed' },
    missing: { vi: 'đã niêm phong nhưng không đọc được', en: 'sealed, and cannot be read' },
    gap: { vi: 'có chỗ trống chưa từng được niêm phong', en: 'a gap that was never sealed' },
    unexpected: { vi: 'khi niêm phong ở đây không có gì', en: 'there was no message when it was sealed' },
    cut: { vi: 'sổ ghi bị cắt mất đoạn này', en: 'the journal ends before them' },
  };
  return { vi: `${where.vi}: ${said[kind].vi}`, en: `${where.en}: ${said[kind].en}` };
}

/** In a sentence. */
export const sayDamage = (damage: Damage): string => wordsOfDamage(damage).en;
