/**
 * Seeded randomness: every number that looks random in `ml` comes from here, so that the same seed gives the same file.
 * Generator: sfc32 (Chris Doty-Humphrey, PractRand; public domain), seeded by splitmix32.
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

function splitmix32(state: number): () => number {
  let a = state | 0;
  return () => {
    a = (a + 0x9e3779b9) | 0;
    let t = a ^ (a >>> 16);
    t = Math.imul(t, 0x21f0aaad);
    t ^= t >>> 15;
    t = Math.imul(t, 0x735a2d97);
    return (t ^ (t >>> 15)) >>> 0;
  };
}

/** @param seed any integer; only its lowest 32 bits count */
export function createRandom(seed: number): Random {
  if (!Number.isInteger(seed)) throw new RangeError(`seed must be an integer, got ${seed}`);
  const mix = splitmix32(seed);
  let a = mix() | 0;
  let b = mix() | 0;
  let c = mix() | 0;
  let counter = 1;
  const bits = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) bits();

  let spare = Number.NaN;
  const uniform = (): number => bits() / 4294967296;
  const normal = (): number => {
    if (!Number.isNaN(spare)) {
      const kept = spare;
      spare = Number.NaN;
      return kept;
    }
    for (;;) {
      const u = 2 * uniform() - 1;
      const v = 2 * uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * factor;
        return u * factor;
      }
    }
  };
  // Marsaglia and Tsang (2000), with the power trick below shape 1
  const gamma = (shape: number, scale: number): number => {
    if (!(shape > 0) || !(scale > 0))
      throw new RangeError(`gamma needs shape > 0 and scale > 0, got ${shape}, ${scale}`);
    if (shape < 1) return gamma(shape + 1, scale) * (1 - uniform()) ** (1 / shape);
    const d = shape - 1 / 3;
    const k = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = normal();
      const v = (1 + k * x) ** 3;
      if (v <= 0) continue;
      const u = 1 - uniform();
      if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v * scale;
    }
  };
  const poisson = (mean: number): number => {
    if (!(mean >= 0)) throw new RangeError(`poisson needs mean >= 0, got ${mean}`);
    let total = 0;
    let left = mean;
    // exact for any mean: split off gamma waiting times until the rest is small (Ahrens and Dieter 1974)
    while (left > 24) {
      const half = Math.floor((left * 7) / 8);
      const wait = gamma(half, 1);
      if (wait > left) return total + binomial(half - 1, left / wait);
      total += half;
      left -= wait;
    }
    const limit = Math.exp(-left);
    let product = uniform();
    while (product > limit) {
      total++;
      product *= uniform();
    }
    return total;
  };
  const binomial = (trials: number, p: number): number => {
    let n = trials;
    let probability = p;
    let hits = 0;
    while (n > 24) {
      const i = 1 + Math.floor(n / 2);
      const x = gamma(i, 1);
      const beta = x / (x + gamma(n + 1 - i, 1));
      if (beta >= probability) {
        n = i - 1;
        probability /= beta;
      } else {
        hits += i;
        n -= i;
        probability = (probability - beta) / (1 - beta);
      }
    }
    for (let i = 0; i < n; i++) if (uniform() < probability) hits++;
    return hits;
  };
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
