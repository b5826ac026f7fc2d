import { statfsSync } from 'node:fs';

/** Of the disk that holds the journal. */
export interface DiskSpace {
  /** What programmes that are not root may still write. */
  freeBytes: number;
  totalBytes: number;
  /** As `df` has it: what is reserved for root counts as neither used nor free. 0 to 1. */
  usedShare: number;
}

/**
 * From which share on nothing new is taken in. Full is too late: nats-server takes nothing more after a write that failed until it is started again, PostgreSQL cannot
 * write its own log and ends, and a 201 that waits for a sync may come to nothing. Of the rest live what was taken before (rows, tiles, temporary files, logs) and
 * the work of making room. On a very large disk 5 % is more than that could ever need, so there what is free decides.
 */
export const spacePolicy = { mostUsedShare: 0.95, alwaysEnoughBytes: 20 * 1024 ** 3 };

/** Pure. */
export const isFull = ({ usedShare, freeBytes }: DiskSpace, policy = spacePolicy): boolean =>
  usedShare >= policy.mostUsedShare && freeBytes < policy.alwaysEnoughBytes;

/** Asks the file system of a folder. @throws what statfs throws, such as ENOENT */
export function measureSpace(folder: string): DiskSpace {
  const { bsize, blocks, bfree, bavail } = statfsSync(folder);
  const used = blocks - bfree;
  return {
    freeBytes: bavail * bsize,
    totalBytes: blocks * bsize,
    usedShare: used + bavail === 0 ? 0 : used / (used + bavail),
  };
}

/**
 * The newest measure, taken at most once in `everyMs`: every fact asks. A file system that does not answer is not full, for all we know.
 *
 * @param measure throws when it cannot
 * @param now milliseconds
 */
export function spaceWatch(
  measure: () => DiskSpace,
  now: () => number = Date.now,
  everyMs = 1000,
): () => DiskSpace | undefined {
  let last: { at: number; space: DiskSpace | undefined } | undefined;
  return () => {
    const at = now();
    if (!last || at - last.at >= everyMs || at < last.at) {
      let space: DiskSpace | undefined;
      try {
        space = measure();
      } catch {
        space = undefined;
      }
      last = { at, space };
    }
    return last.space;
  };
}

/** The same of a folder; undefined: nobody asks us to look. */
export const spaceOf = (folder: string | undefined): (() => DiskSpace | undefined) | undefined =>
  folder === undefined ? undefined : spaceWatch(() => measureSpace(folder));

export const noSpace = (space: DiskSpace | undefined): { reason: 'no-space'; detail: string } | undefined =>
  space && isFull(space)
    ? {
        reason: 'no-space',
        detail: `${(space.usedShare * 100).toFixed(1)} % of the disk is used, ${Math.floor(space.freeBytes / 1024 ** 2)} MB are free`,
      }
    : undefined;
