import { createHash } from 'node:crypto';

/** Hash of a text, 52 bits as a number above zero. */
export function hashOf(text: string): number {
  const digest = createHash('md5').update(text).digest();
  return digest.readUIntBE(0, 6) * 16 + (digest[6]! >> 4) + 1;
}

/** A set of hashes in 16 bytes an entry at most: a million rows take 16 MB. Two of a million texts share a hash once in 9,000 files. */
export class HashSet {
  private slots = new Float64Array(1 << 12);
  private size = 0;

  /** False when it was there. */
  add(hash: number): boolean {
    if (this.size * 2 >= this.slots.length) this.grow();
    return this.put(hash);
  }

  has(hash: number): boolean {
    const mask = this.slots.length - 1;
    for (let slot = (hash % 4_294_967_291) & mask; ; slot = (slot + 1) & mask) {
      if (this.slots[slot] === hash) return true;
      if (this.slots[slot] === 0) return false;
    }
  }

  private put(hash: number): boolean {
    const mask = this.slots.length - 1;
    for (let slot = (hash % 4_294_967_291) & mask; ; slot = (slot + 1) & mask) {
      const found = this.slots[slot]!;
      if (found === hash) return false;
      if (found !== 0) continue;
      this.slots[slot] = hash;
      this.size++;
      return true;
    }
  }

  private grow(): void {
    const before = this.slots;
    this.slots = new Float64Array(before.length * 2);
    this.size = 0;
    for (const hash of before) if (hash !== 0) this.put(hash);
  }
}
