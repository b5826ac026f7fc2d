import { boxMullerNormal, poissonByProducts, seedFromText, sfc32, type Uniform } from '@vungxanh/ml/numerics';

/** Seeded randomness. One generator a purpose: adding a draw to one part of the simulation leaves the others as they were. */
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
  const next = sfc32(seedFromText(`${seed}/${purpose}/a`), seedFromText(`${seed}/${purpose}/b`), seed);
  const normal = boxMullerNormal(next);
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

/** Of large means the rounded normal curve, which is close enough for a drill: Knuth's product of uniform numbers would take as many as there are cases. */
function poisson(mean: number, next: Uniform, normal: () => number): number {
  if (mean > 60) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal()));
  return poissonByProducts(mean, next);
}
