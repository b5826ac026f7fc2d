/** Distribution functions of the normal and the logistic. */

/** Standard normal distribution function, absolute error below 1e-7 (rational approximation 26.2.17 of Abramowitz and Stegun). */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const t = 1 / (1 + 0.2316419 * x);
  const tail =
    Math.exp(-0.5 * x * x) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return z >= 0 ? 1 - tail : tail;
}

/** Standard normal quantile of a level strictly between 0 and 1: Newton steps on `normalCdf`, good to 1e-6. */
export function normalQuantile(level: number): number {
  let z = 4.91 * (level ** 0.14 - (1 - level) ** 0.14);
  for (let step = 0; step < 3; step++) z -= (normalCdf(z) - level) / (0.3989422804014327 * Math.exp(-0.5 * z * z));
  return z;
}

/** The probability whose log odds are `x`. */
export const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

/** Log odds of a probability. */
export const logit = (probability: number): number => Math.log(probability / (1 - probability));

/** Logistic distribution of mean 0 and variance 1: heavier tails than the normal, and cheap. */
export const logisticCdf = (z: number): number => logistic(1.8137993642342178 * z);
