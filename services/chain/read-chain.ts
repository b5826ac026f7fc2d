import type { Block } from './block.ts';
import { afterBlock, type ChainHeader, type ChainReader } from './chain-file.ts';
import { brokenLink, type Damage, nothingSealed, type SealedCount } from './damage.ts';

/** What a chain says, link by link, compared with the database's copy of its hashes. */
export interface ReadChain {
  sealed: SealedCount;
  /** Digest of the last message; undefined: nothing is sealed. */
  lastDigest: Buffer | undefined;
  /** The chain's own. It is not followed beyond the first. */
  damage: Damage | undefined;
}

/**
 * Reads a chain through, and checks each link.
 *
 * @param hashes of the database, by number; undefined: there is none to compare with
 * @param each is told every block whose link is whole
 */
export async function readChain(
  header: ChainHeader,
  lines: ChainReader['lines'],
  hashes: readonly string[] | undefined,
  each: (block: Block) => void | Promise<void>,
): Promise<ReadChain> {
  let sealed = nothingSealed;
  let lastDigest: Buffer | undefined;
  const broken = (reason: string): ReadChain => ({ sealed, lastDigest, damage: { kind: 'chain', reason } });
  for await (const line of lines) {
    if ('broken' in line) {
      // A line that was not written to its end was never a block: the database has none of its number.
      if (line.torn && (hashes?.length ?? 0) <= sealed.number + 1) break;
      return broken(line.broken);
    }
    const { block } = line;
    const reason = brokenLink({ stream: header.stream, created: header.origin }, sealed, block);
    if (reason) return broken(reason);
    const known = hashes?.[block.number];
    if (known !== undefined && known !== block.hash)
      return broken(`block ${block.number} is another one in the database`);
    await each(block);
    sealed = afterBlock(sealed, block);
    lastDigest = block.digests.subarray(-32);
  }
  if (hashes && hashes.length > sealed.number + 1)
    return broken(`its file ends with block ${sealed.number}, and the database has ${hashes.length} blocks`);
  return { sealed, lastDigest, damage: undefined };
}
