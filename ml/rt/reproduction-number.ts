import { normalQuantile } from '../numerics/distributions.ts';
import { gammaQuantile } from '../numerics/gamma-function.ts';

export interface ReproductionOptions {
  /** probability of a serial interval of 0, 1, 2 … days; the first must be 0 */
  serialInterval: ArrayLike<number>;
  windowDays: number;
  /** gamma prior */
  priorMean: number;
  priorSd: number;
  /** a window with fewer cases is hidden: its interval would be the prior's */
  fewestCases: number;
}

/** EpiEstim's prior and window; 12 cases bring the coefficient of variation below 0.3, the aim of Cori et al. 2013. */
export const reproductionDefaults = { windowDays: 7, priorMean: 5, priorSd: 5, fewestCases: 12 } as const;

export type Reproduction =
  | {
      /** index of the window's last day */
      lastDay: number;
      cases: number;
      mean: number;
      sd: number;
      q025: number;
      q25: number;
      median: number;
      q75: number;
      q975: number;
      /** posterior probability that R is above 1 lies beyond 97.5 %, below 2.5 %, or in between */
      direction: 'growing' | 'shrinking' | 'unclear';
    }
  | { lastDay: number; cases: number; hidden: 'too few cases' | 'before the first case' };

/**
 * Instantaneous reproduction number by Cori et al. 2013: over each window R is constant, cases are Poisson with mean R times the infectiousness of earlier
 * cases, so that the posterior is a gamma distribution. Days are to be of onset or diagnosis, completed by a nowcast: a batch of late reports reads as growth.
 * @param cases a day; whole or nowcast numbers, never negative
 */
export function reproductionNumbers(cases: ArrayLike<number>, options: ReproductionOptions): Reproduction[] {
  return posteriors(cases, options, options.windowDays).map(({ lastDay, cases: count, hidden, shape, scale }) => {
    if (hidden) return { lastDay, cases: count, hidden };
    const at = (probability: number) => gammaQuantile(probability, shape, scale);
    return told(lastDay, count, shape * scale, Math.sqrt(shape) * scale, at);
  });
}

interface WindowPosterior {
  lastDay: number;
  cases: number;
  hidden: 'too few cases' | 'before the first case' | undefined;
  shape: number;
  scale: number;
}

/** @param from the first window's last day */
function posteriors(cases: ArrayLike<number>, options: ReproductionOptions, from: number): WindowPosterior[] {
  check(cases, options);
  const { windowDays, priorMean, priorSd } = options;
  const priorShape = (priorMean / priorSd) ** 2;
  const priorScale = priorSd ** 2 / priorMean;
  const infectiousness = totalInfectiousness(cases, options.serialInterval);
  const firstCase = Array.from(cases).findIndex((count) => count > 0);
  const out: WindowPosterior[] = [];
  for (let lastDay = Math.max(from, windowDays); lastDay < cases.length; lastDay++) {
    const start = lastDay - windowDays + 1;
    let count = 0;
    let pressure = 0;
    for (let day = start; day <= lastDay; day++) {
      count += cases[day]!;
      pressure += infectiousness[day]!;
    }
    out.push({
      lastDay,
      cases: count,
      hidden:
        firstCase < 0 || start <= firstCase
          ? 'before the first case'
          : count < options.fewestCases
            ? 'too few cases'
            : undefined,
      shape: priorShape + count,
      scale: 1 / (1 / priorScale + pressure),
    });
  }
  return out;
}

function told(
  lastDay: number,
  cases: number,
  mean: number,
  sd: number,
  at: (probability: number) => number,
): Reproduction {
  const [q025, q975] = [at(0.025), at(0.975)];
  return {
    lastDay,
    cases,
    mean,
    sd,
    q025,
    q25: at(0.25),
    median: at(0.5),
    q75: at(0.75),
    q975,
    direction: q025 > 1 ? 'growing' : q975 < 1 ? 'shrinking' : 'unclear',
  };
}

/** Daily counts that may be the true ones, and how likely: what a nowcast leaves open. */
export interface CountDraw {
  readonly cases: ArrayLike<number>;
  readonly weight: number;
}

/** Levels at which the posterior of one draw is taken; even, so that draws can be put together. */
const levelsOfDraw = Array.from({ length: 21 }, (_, i) => (i + 0.5) / 21);

/**
 * The same over counts that are still open: the posteriors of all draws put together, so that the interval holds what late reports may still change.
 * @param draws of one length; the weights need not sum to 1
 * @param from last day of the first window
 */
export function reproductionOfDraws(
  draws: readonly CountDraw[],
  options: ReproductionOptions,
  from: number,
): Reproduction[] {
  const weights = draws.reduce((sum, { weight }) => sum + weight, 0);
  const all = draws.map(({ cases, weight }) => ({
    share: weight / weights,
    windows: posteriors(cases, options, from),
  }));
  return (all[0]?.windows ?? []).map(({ lastDay }, window) => {
    const own = all.map(({ share, windows }) => ({ share, ...windows[window]! }));
    const mean = (of: (value: WindowPosterior) => number) =>
      own.reduce((sum, value) => sum + value.share * of(value), 0);
    const cases = mean((value) => value.cases);
    const hidden = own.find((value) => value.hidden)?.hidden;
    if (hidden) return { lastDay, cases, hidden };
    const points = own
      .flatMap(({ share, shape, scale }) =>
        levelsOfDraw.map((level) => ({
          value: quantileOfGamma(shape, scale, level),
          weight: share / levelsOfDraw.length,
        })),
      )
      .sort((a, b) => a.value - b.value);
    const at = (level: number) => {
      let reached = 0;
      for (const point of points) {
        reached += point.weight;
        if (reached >= level) return point.value;
      }
      return points.at(-1)!.value;
    };
    const average = mean(({ shape, scale }) => shape * scale);
    const square = mean(({ shape, scale }) => shape * scale ** 2 + (shape * scale) ** 2);
    return told(lastDay, cases, average, Math.sqrt(Math.max(0, square - average ** 2)), at);
  });
}

/** Quantile of a gamma distribution (Wilson and Hilferty 1931: good to 0.5 % from a shape of 5 on). */
function quantileOfGamma(shape: number, scale: number, level: number): number {
  const ninth = 1 / (9 * shape);
  return shape * scale * Math.max(0, 1 - ninth + normalQuantile(level) * Math.sqrt(ninth)) ** 3;
}

/** Expected cases a day if every case infected one person: earlier cases weighted by the serial interval. */
export function totalInfectiousness(cases: ArrayLike<number>, serialInterval: ArrayLike<number>): Float64Array {
  const out = new Float64Array(cases.length);
  for (let day = 1; day < cases.length; day++)
    for (let delay = 1; delay < serialInterval.length && delay <= day; delay++)
      out[day]! += serialInterval[delay]! * cases[day - delay]!;
  return out;
}

function check(cases: ArrayLike<number>, options: ReproductionOptions): void {
  if (!Number.isInteger(options.windowDays) || options.windowDays < 1)
    throw new RangeError(`windowDays must be a whole number of at least 1, got ${options.windowDays}`);
  if (!(options.priorMean > 0)) throw new RangeError(`priorMean must be above 0, got ${options.priorMean}`);
  if (!(options.priorSd > 0)) throw new RangeError(`priorSd must be above 0, got ${options.priorSd}`);
  if (options.serialInterval[0] !== 0)
    throw new RangeError(
      `serialInterval[0] must be 0 (nobody infects on the day of onset), got ${options.serialInterval[0]}`,
    );
  for (let day = 0; day < cases.length; day++)
    if (!(cases[day]! >= 0)) throw new RangeError(`cases[${day}] must be 0 or more, got ${cases[day]}`);
}
