import { createHash } from 'node:crypto';

/** A number in [0, 1) that follows from a text: the same everywhere, and of another text another. */
export const randomUnit = (text: string): number =>
  createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32;
