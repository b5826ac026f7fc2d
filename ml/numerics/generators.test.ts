import { describe, expect, it } from 'vitest';
import { fillUniform, mulberry32, seedFromText, sfc32, sfc32State } from './generators.ts';

/** sfc32 as its author writes it, in whole numbers without an end that are cut to 32 bits. */
function plainSfc32(first: number, second: number, third: number): () => number {
  const cut = (value: bigint) => BigInt.asUintN(32, value);
  let [a, b, c, counter] = [cut(BigInt(first)), cut(BigInt(second)), cut(BigInt(third)), 1n];
  return () => {
    const sum = cut(a + b + counter);
    counter = cut(counter + 1n);
    a = b ^ (b >> 9n);
    b = cut(c + (c << 3n));
    c = cut(((c << 21n) | (c >> 11n)) + sum);
    return Number(sum) / 2 ** 32;
  };
}

describe('sfc32', () => {
  it('is the generator of its author, from its thirteenth number on, over the border of a block', () => {
    const plain = plainSfc32(1, 0xdeadbeef, 4_294_967_295);
    for (let i = 0; i < 12; i++) plain();
    const uniform = sfc32(1, 0xdeadbeef, 4_294_967_295);
    for (let i = 0; i < 50; i++) expect(uniform()).toBe(plain());
  });
  it('gives the same numbers in blocks of any size', () => {
    const plain = plainSfc32(-5, 7, 11);
    const state = sfc32State(-5, 7, 11);
    for (const size of [1, 3, 0, 64]) {
      const block = new Float64Array(size);
      fillUniform(state, block);
      expect([...block]).toEqual(Array.from({ length: size }, () => plain()));
    }
  });
});

it('mulberry32 gives the numbers that are known of it', () => {
  const uniform = mulberry32(1);
  expect([uniform(), uniform()]).toEqual([0.6270739405881613, 0.002735721180215478]);
});

// the check values of draft-eastlake-fnv
it('a seed from a text is its FNV-1a', () => {
  expect([seedFromText(''), seedFromText('a'), seedFromText('foobar')]).toEqual([0x811c9dc5, 0xe40c292c, 0xbf9cf968]);
});
