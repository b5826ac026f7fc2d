import { createHash } from 'node:crypto';
import type { Reads } from '#platform/database.ts';

/** A line as it is stored. `content`: the text that was hashed. */
export interface StoredLine {
  sequence: number;
  content: string;
  hash: string;
}

/** Where the chain is broken, and how. */
export interface BrokenLink {
  sequence: number;
  reason: string;
}

export interface ChainPosition {
  sequence: number;
  hash: string;
}

/** Before the first line. */
export const beginning: ChainPosition = { sequence: 0, hash: '00'.repeat(32) };

/**
 * Follows the chain over the next lines. Pure.
 *
 * @param at where the chain was followed to @param lines what is stored after it, by sequence
 * @returns how far it holds, or the first line at which it does not
 */
export function followChain(at: ChainPosition, lines: readonly StoredLine[]): ChainPosition | BrokenLink {
  let { sequence, hash } = at;
  for (const line of lines) {
    if (line.sequence !== sequence + 1) return { sequence: sequence + 1, reason: 'is missing' };
    const expected = createHash('sha256')
      .update(Buffer.from(hash, 'hex'))
      .update(`${line.sequence} ${line.content}`)
      .digest('hex');
    if (line.hash !== expected) return { sequence: line.sequence, reason: 'was changed, or stands on one that was' };
    ({ sequence, hash } = line);
  }
  return { sequence, hash };
}

const linesAtOnce = 5000;

/**
 * Follows the whole ledger of a database to its head.
 *
 * @param expected a head that was kept elsewhere: the ledger must still have it
 * @returns the head, or the first broken link
 */
export async function verifyLedger(database: Reads, expected?: ChainPosition): Promise<ChainPosition | BrokenLink> {
  let at = beginning;
  for (;;) {
    const { rows } = await database.query<StoredLine>(
      `SELECT sequence, content::text AS content, encode(hash, 'hex') AS hash FROM audit.entries
       WHERE sequence > $1 ORDER BY sequence LIMIT $2`,
      [at.sequence, linesAtOnce],
    );
    if (rows.length === 0) break;
    const followed = followChain(at, rows);
    if ('reason' in followed) return followed;
    const kept = expected && rows.find(({ sequence }) => sequence === expected.sequence);
    if (kept && kept.hash !== expected.hash)
      return { sequence: kept.sequence, reason: 'is another than the one that was kept elsewhere' };
    at = followed;
  }
  const { rows } = await database.query<ChainPosition>(`SELECT sequence, encode(hash, 'hex') AS hash FROM audit.head`);
  const [head] = rows;
  if (!head) return { sequence: at.sequence + 1, reason: 'is not known: the head of the ledger is missing' };
  if (head.sequence > at.sequence) return { sequence: at.sequence + 1, reason: 'is missing: the end was cut off' };
  if (head.sequence < at.sequence || head.hash !== at.hash)
    return { sequence: at.sequence, reason: 'does not agree with the head of the ledger' };
  if (expected && expected.sequence > at.sequence)
    return { sequence: at.sequence + 1, reason: 'is missing: the end was cut off before the head that was kept' };
  return at;
}
