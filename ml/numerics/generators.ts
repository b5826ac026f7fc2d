/**
 * Seeded sources of uniform numbers. sfc32 serves everything; mulberry32 stays because the borders of District 7's tổ dân phố are drawn with it and
 * must not move. Each is named by its algorithm.
 */

/** Uniform numbers in [0, 1) with 32 random bits, one a call. */
export type Uniform = () => number;

const bits32 = 4_294_967_296;

/** State of sfc32: three 32-bit words and a counter. */
export type Sfc32State = Int32Array;

/** A state from three words, of which only the lowest 32 bits count. */
export const sfc32State = (a: number, b: number, c: number): Sfc32State => Int32Array.of(a, b, c, 1);

/**
 * Fills `into` with the next uniform numbers in [0, 1) and moves the state on. A block at once costs half of one number at a time.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand; public domain).
 */
export function fillUniform(state: Sfc32State, into: Float64Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let counter = state[3]!;
  for (let i = 0; i < into.length; i++) {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    into[i] = (t >>> 0) / bits32;
  }
  state[0] = a;
  state[1] = b;
  state[2] = c;
  state[3] = counter;
}

/** Numbers that still show the seed, and are thrown away. */
const warmUp = 12;
/** Numbers made at once: few, because many generators are asked for a handful only. */
const blockSize = 16;

/** Uniform numbers of sfc32 from three words; the first twelve are thrown away, because they still show the seed. */
export function sfc32(a: number, b: number, c: number): Uniform {
  const state = sfc32State(a, b, c);
  const block = new Float64Array(blockSize);
  fillUniform(state, block.subarray(0, warmUp));
  let next = blockSize;
  return () => {
    if (next === blockSize) {
      fillUniform(state, block);
      next = 0;
    }
    return block[next++]!;
  };
}

/** Uniform numbers of mulberry32 (Tommy Ettinger; public domain). @param seed only its lowest 32 bits count */
export function mulberry32(seed: number): Uniform {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / bits32;
  };
}

/** Well mixed 32-bit words from one seed, for the state of another generator (splitmix32). */
export function splitmix32(seed: number): () => number {
  let a = seed | 0;
  return () => {
    a = (a + 0x9e3779b9) | 0;
    let t = a ^ (a >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/** A 32-bit seed from a text (FNV-1a over its UTF-16 units), so that a name is enough to draw the same again. */
export function seedFromText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
