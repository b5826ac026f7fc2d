/**
 * Seeded randomness. One generator a purpose: adding a draw to one part of the simulation leaves the others as they were.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand, public domain), seeded by FNV-1a of the purpose.
 */
export interface Randomness {
  /** Uniform in [0, 1). */
  next: () => number;
  /** True with a probability. */
  chance: (probability: number) => boolean;
  /** Whole number from `low` to `high`, both included. */
  whole: (low: number, high: number) => number;
  normal: () => number;
  /** exp(meanLog + sdLog·N(0,1)): median exp(meanLog). */
  logNormal: (meanLog: number, sdLog: number) => number;
  poisson: (mean: number) => number;
  /** One of a list. */
  one: <T>(list: readonly T[]) => T;
  /** Index drawn in proportion to weights. */
  weighted: (weights: readonly number[]) => number;
}

export function randomFor(seed: number, purpose: string): Randomness {
  const next = sfc32(hash(`${seed}/${purpose}/a`), hash(`${seed}/${purpose}/b`), seed >>> 0);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    normal,
    chance: (probability) => next() < probability,
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    logNormal: (meanLog, sdLog) => Math.exp(meanLog + sdLog * normal()),
    poisson: (mean) => poisson(mean, next, normal),
    one: (list) => list[Math.floor(next() * list.length)]!,
    weighted: (weights) => {
      let rest = next() * weights.reduce((sum, weight) => sum + weight, 0);
      for (let index = 0; index < weights.length; index++) {
        rest -= weights[index]!;
        if (rest < 0) return index;
      }
      return weights.length - 1;
    },
  };
}

function poisson(mean: number, next: () => number, normal: () => number): number {
  // Knuth's product of uniforms underflows for large means; there the normal curve is close enough for a drill.
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = next(); product > floor; product *= next()) count++;
  return count;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
}

function sfc32(first: number, second: number, third: number): () => number {
  let a = first;
  let b = second;
  let c = third;
  let counter = 1;
  const next = () => {
    const sum = (((a + b) | 0) + counter++) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 4294967296;
  };
  // The first numbers still show the seed.
  for (let warm = 0; warm < 12; warm++) next();
  return next;
}
