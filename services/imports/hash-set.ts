import { createHash } from 'node:crypto';

/** Hash of a text, 52 bits as a number above zero. */
export function hashOf(text: string): number {
  const digest = createHash('md5').update(text).digest();
  return digest.readUIntBE(0, 6) * 16 + (digest[6]! >> 4) + 1;
}

/**
 * A set of hashes in 16 bytes an entry at most: a million rows take 16 MB. Two of a million texts share a hash once in 9,000 files. Each may have a whole number
 * beside it (a line), which takes 8 bytes more.
 */
export class HashSet {
  private slots = new Float64Array(1 << 12);
  private numbers: Uint32Array | undefined;
  private size = 0;

  /** False when it was there; then the number stays that of the first. @param number below 2³² */
  add(hash: number, number = 0): boolean {
    if (this.size * 2 >= this.slots.length) this.grow();
    if (number > 0) this.numbers ??= new Uint32Array(this.slots.length);
    return this.put(hash, number);
  }

  /** The number that was added with the hash; 0: none, or it is not there. */
  numberOf(hash: number): number {
    const mask = this.slots.length - 1;
    for (let slot = (hash % 4_294_967_291) & mask; ; slot = (slot + 1) & mask) {
      if (this.slots[slot] === hash) return this.numbers?.[slot] ?? 0;
      if (this.slots[slot] === 0) return 0;
    }
  }

  has(hash: number): boolean {
    const mask = this.slots.length - 1;
    for (let slot = (hash % 4_294_967_291) & mask; ; slot = (slot + 1) & mask) {
      if (this.slots[slot] === hash) return true;
      if (this.slots[slot] === 0) return false;
    }
  }

  private put(hash: number, number: number): boolean {
    const mask = this.slots.length - 1;
    for (let slot = (hash % 4_294_967_291) & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot]!;
      if (found === hash) return false;
      if (found !== 0) continue;
      this.slots[slot] = hash;
      if (this.numbers) this.numbers[slot] = number;
      this.size++;
      return true;
    }
  }

  private grow(): void {
    const { slots: before, numbers } = this;
    this.slots = new Float64Array(before.length * 2);
    if (numbers) this.numbers = new Uint32Array(before.length * 2);
    this.size = 0;
    for (const [slot, hash] of before.entries()) if (hash !== 0) this.put(hash, numbers?.[slot] ?? 0);
  }
}
