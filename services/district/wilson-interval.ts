/** A share with its interval. */
export interface Share {
  value: number;
  low: number;
  high: number;
}

/** Two-sided 95 %: the 97.5th percentile of the standard normal distribution. */
const z95 = 1.959963984540054;

/**
 * Wilson's score interval of a share, 95 %: it holds for few answers, and for shares of 0 and 1, where the usual one is a point.
 *
 * @param hits 0 to `all` @param all at least 1
 * @see Wilson, E. B. (1927), Probable inference, the law of succession, and statistical inference, JASA 22, 209–212
 */
export function wilsonInterval(hits: number, all: number): Share {
  const share = hits / all;
  const spread = z95 ** 2 / all;
  const centre = (share + spread / 2) / (1 + spread);
  const half = (z95 / (1 + spread)) * Math.sqrt((share * (1 - share)) / all + spread / (4 * all));
  return { value: share, low: hits === 0 ? 0 : centre - half, high: hits === all ? 1 : centre + half };
}
