/** Of a batch that could not be written, parts of this share are tried first: fewer cost more per poisonous item, more cost more for all others. */
const partsOfBatch = 16;

/**
 * Writes what can be written of a list that cannot be written as a whole, in its order, and leaves out what cannot be written by itself. A part that fails is
 * halved until the first item that it fails by is found; what stands before that one is written by then, and what comes after it is tried anew. With `d` such items
 * among `n` that takes some `16 + d log2(n / 16)` attempts, and tries fewer than `n (1 + d / 8)` items.
 *
 * @param write writes a part or nothing of it; returns why not. What it throws ends everything
 * @param leaveOut is told each item that failed alone, with its own reason, before what comes after it is written
 * @see Hwang, "A method for detecting all defective members in a population by group testing", JASA 67 (1972): generalized binary splitting
 */
export async function writeInParts<Item>(
  items: readonly Item[],
  write: (part: Item[]) => Promise<Failure | undefined>,
  leaveOut: (item: Item, failure: Failure) => Promise<void>,
): Promise<void> {
  const partSize = Math.ceil(items.length / partsOfBatch);
  for (let next = 0; next < items.length; ) {
    let size = Math.min(partSize, items.length - next);
    let failure = await write(items.slice(next, next + size));
    if (!failure) {
      next += size;
      continue;
    }
    while (size > 1) {
      const half = size >> 1;
      const failed = await write(items.slice(next, next + half));
      if (failed) [size, failure] = [half, failed];
      else {
        next += half;
        size -= half;
        // The fault is in the rest; what it is, is known only when it was tried alone.
        failure = undefined;
      }
    }
    failure ??= await write(items.slice(next, next + 1));
    if (failure) await leaveOut(items[next]!, failure);
    next += 1;
  }
}

export interface Failure {
  error: unknown;
}
