import type { Random } from '../random.ts';

/**
 * Exact binomial draws: by inversion where few are expected, by Hörmann's transformed rejection (BTRS, 1993) where many are.
 * @param trials whole number of 0 or more
 */
export function binomial(random: Random, trials: number, probability: number): number {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomial(random, trials, 1 - probability);
  return trials * probability < 10
    ? byInversion(random, trials, probability)
    : byRejection(random, trials, probability);
}

function byInversion(random: Random, trials: number, probability: number): number {
  let left = random.uniform();
  // (1 - p)^n >= 1 - n p: most draws are 0, and known to be without any logarithm
  if (left <= 1 - trials * probability) return 0;
  const odds = probability / (1 - probability);
  let mass = Math.exp(trials * logOfRest(probability));
  let k = 0;
  while (left > mass && k < trials) {
    left -= mass;
    k++;
    mass *= (odds * (trials - k + 1)) / k;
  }
  return k;
}

/** log(1 - p): a plain logarithm is twice as fast as log1p and exact enough except near 0, where three terms are */
function logOfRest(p: number): number {
  return p < 1e-4 ? -p * (1 + p * (0.5 + p / 3)) : Math.log(1 - p);
}

function byRejection(random: Random, trials: number, probability: number): number {
  const deviation = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * deviation;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const c = trials * probability + 0.5;
  const quick = 0.92 - 4.2 / b;
  let atMode = Number.NaN;
  let mode = 0;
  for (;;) {
    const u = random.uniform() - 0.5;
    let v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (us >= 0.07 && v <= quick) return k;
    if (k < 0 || k > trials) continue;
    if (Number.isNaN(atMode)) {
      mode = Math.floor((trials + 1) * probability);
      atMode = logFactorial(mode) + logFactorial(trials - mode);
    }
    v = Math.log((v * (2.83 + 5.1 / b) * deviation) / (a / (us * us) + b));
    const logOdds = Math.log(probability / (1 - probability));
    if (v <= atMode - logFactorial(k) - logFactorial(trials - k) + (k - mode) * logOdds) return k;
  }
}

const small = (() => {
  const table = new Float64Array(128);
  for (let n = 2; n < table.length; n++) table[n] = table[n - 1]! + Math.log(n);
  return table;
})();

function logFactorial(n: number): number {
  if (n < small.length) return small[n]!;
  const x = n + 1;
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + (1 / 12 - 1 / (360 * x * x)) / x;
}
