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
  check(cases, options);
  const { windowDays, priorMean, priorSd } = options;
  const priorShape = (priorMean / priorSd) ** 2;
  const priorScale = priorSd ** 2 / priorMean;
  const infectiousness = totalInfectiousness(cases, options.serialInterval);
  const firstCase = Array.from(cases).findIndex((count) => count > 0);
  const out: Reproduction[] = [];
  for (let lastDay = windowDays; lastDay < cases.length; lastDay++) {
    const start = lastDay - windowDays + 1;
    let count = 0;
    let pressure = 0;
    for (let day = start; day <= lastDay; day++) {
      count += cases[day]!;
      pressure += infectiousness[day]!;
    }
    if (firstCase < 0 || start <= firstCase) out.push({ lastDay, cases: count, hidden: 'before the first case' });
    else if (count < options.fewestCases) out.push({ lastDay, cases: count, hidden: 'too few cases' });
    else {
      const shape = priorShape + count;
      const scale = 1 / (1 / priorScale + pressure);
      const at = (probability: number) => gammaQuantile(probability, shape, scale);
      const [q025, q975] = [at(0.025), at(0.975)];
      out.push({
        lastDay,
        cases: count,
        mean: shape * scale,
        sd: Math.sqrt(shape) * scale,
        q025,
        q25: at(0.25),
        median: at(0.5),
        q75: at(0.75),
        q975,
        direction: q025 > 1 ? 'growing' : q975 < 1 ? 'shrinking' : 'unclear',
      });
    }
  }
  return out;
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
