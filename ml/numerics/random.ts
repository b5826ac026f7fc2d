import { drawGamma, drawPoisson, polarNormal } from './draws.ts';
import { sfc32, splitmix32 } from './generators.ts';

/**
 * Seeded randomness: every number that looks random in `ml` comes from here, so that the same seed gives the same file.
 * Generator: sfc32, seeded by splitmix32.
 */
export interface Random {
  /** uniform on [0, 1) with 32 random bits */
  uniform(): number;
  /** standard normal (polar method) */
  normal(): number;
  /** gamma with mean `shape * scale`; shape > 0, scale > 0 */
  gamma(shape: number, scale: number): number;
  /** Poisson with the given mean >= 0 */
  poisson(mean: number): number;
  /** negative binomial with the given mean and variance `mean + mean² / size`; size > 0 */
  negativeBinomial(mean: number, size: number): number;
  /** integer on 0 .. bound-1 */
  below(bound: number): number;
  /** a new independent generator; children of the same parent and label are equal */
  child(label: number): Random;
}

/** @param seed any integer; only its lowest 32 bits count */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`seed must be an integer, got ${seed}`);
  const word = splitmix32(seed);
  const uniform = sfc32(word(), word(), word());
  const normal = polarNormal(uniform);
  const gamma = (shape: number, scale: number) => drawGamma(shape, scale, uniform, normal);
  const poisson = (mean: number) => drawPoisson(mean, uniform, normal);
  return {
    uniform,
    normal,
    gamma,
    poisson,
    negativeBinomial: (mean, size) => (mean <= 0 ? 0 : poisson(gamma(size, mean / size))),
    below: (bound) => Math.floor(uniform() * bound),
    child: (label) => createRandom((Math.imul(seed ^ 0x5bd1e995, 0x9e3779b1) + Math.imul(label + 1, 0x85ebca6b)) | 0),
  };
}
