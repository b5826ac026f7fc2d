/** Seeded uniform numbers in [0, 1). Source: mulberry32, Tommy Ettinger, public domain. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const pick = <T>(random: () => number, options: readonly T[]): T =>
  options[Math.floor(random() * options.length)]!;

/** Poisson count by inversion; for the small means of a neighbourhood and day. */
export function poisson(random: () => number, mean: number): number {
  let limit = Math.exp(-Math.min(mean, 600));
  let product = random();
  let count = 0;
  while (product > limit && count < 10_000) {
    product *= random();
    count += 1;
    if (limit === 0) limit = Number.MIN_VALUE;
  }
  return count;
}
