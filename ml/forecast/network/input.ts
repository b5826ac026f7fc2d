/**
 * What the network sees of a series: its last twelve weeks and the blocks of seven days that ended on the last six days, all as log(x + 1) beside
 * the series' own recent mean; the same of the whole that it is a part of; and what is known beside it (time of year, people). Nothing names the
 * disease or the place, so that any series of new cases can be asked.
 */
import { countingNoise } from '../../numerics/spread.ts';
import { levelOf } from '../district/seen.ts';

export const horizons = 4;
export const weeksSeen = 12;
const subWeeks = 6;
/** weeks over which the series' own scale is taken */
const scaleWeeks = 4;

/** Twice the weeks and twice the sub-weeks (own, whole), two scales, and nine numbers of what is known. */
export const inputWidth = 2 * weeksSeen + 2 * subWeeks + 2 + 9;

/** A series at one moment. `own(0)` is the week that ends on the last step, `own(k)` the one that ends k steps before; NaN: not known. */
export interface InputSeries {
  readonly own: (stepsBack: number) => number;
  /** the series of which this is a part, where there is one */
  readonly whole?: ((stepsBack: number) => number) | undefined;
  /** steps of a week: 7 for days, 1 for weeks */
  readonly weekSteps: 1 | 7;
  /** share of the year that has gone (0..1), where the season may be used */
  readonly yearShare?: number | undefined;
  readonly population?: number | undefined;
}

const between = (value: number, most: number): number => Math.max(-most, Math.min(most, value));

/**
 * Levels beside the own scale, newest first. A week that is not known is taken as the newer one, so that it says nothing of a change.
 * @returns the scale (log of the recent mean) and the number of weeks known; undefined where the last two weeks are not known
 */
function writeLevels(
  block: (stepsBack: number) => number,
  week: 1 | 7,
  out: Float32Array,
  at: number,
): { scale: number; known: number } | undefined {
  if (!Number.isFinite(block(0)) || !Number.isFinite(block(week))) return undefined;
  let sum = 0;
  let counted = 0;
  for (let k = 0; k < scaleWeeks; k++) {
    const value = block(k * week);
    if (!Number.isFinite(value)) continue;
    sum += Math.max(0, value);
    counted++;
  }
  const scale = levelOf(sum / counted);
  let level = 0;
  let known = 0;
  for (let k = 0; k < weeksSeen; k++) {
    const value = block(k * week);
    if (Number.isFinite(value)) {
      level = levelOf(value);
      known++;
    }
    out[at + k] = between(level - scale, 4);
  }
  const now = levelOf(block(0));
  for (let d = 1; d <= subWeeks; d++) {
    const value = week === 7 ? block(d) : Number.NaN;
    out[at + weeksSeen + d - 1] = Number.isFinite(value) ? 3 * between(now - levelOf(value), 1.5) : 0;
  }
  return { scale, known };
}

/** Writes `inputWidth` numbers from `at` on. @returns false, with nothing to be used, where the last two weeks are not known */
export function writeInput(series: InputSeries, out: Float32Array, at: number): boolean {
  const half = weeksSeen + subWeeks;
  const own = writeLevels(series.own, series.weekSteps, out, at);
  if (!own) return false;
  const whole = series.whole && writeLevels(series.whole, series.weekSteps, out, at + half);
  if (!whole) out.copyWithin(at + half, at, at + half);
  let next = at + 2 * half;
  const write = (value: number) => {
    out[next++] = value;
  };
  write(own.scale / 4 - 1);
  write((whole ?? own).scale / 4 - 1);
  write(Math.sqrt(countingNoise(own.scale)));
  write(own.known / weeksSeen);
  write(whole ? 1 : 0);
  write(series.weekSteps === 7 ? 1 : 0);
  const { yearShare, population } = series;
  const turn = 2 * Math.PI * (yearShare ?? 0);
  write(yearShare === undefined ? 0 : 1);
  write(yearShare === undefined ? 0 : Math.sin(turn));
  write(yearShare === undefined ? 0 : Math.cos(turn));
  write(population === undefined ? 0 : 1);
  write(population === undefined ? 0 : between((own.scale - Math.log(population / 1e5)) / 4, 2));
  return true;
}

/** Variance of the log of many cases after one to four weeks, and what each 1 / cases adds: the unit in which growth is measured, so that large and small series share one network. */
const unitVariance = { process: [0.06, 0.14, 0.24, 0.35], counting: [1, 1.2, 1.4, 1.6] } as const;

/** Log growth that counts as one, by horizon, of a series whose last week has this log level. */
export const growthUnit = (level: number, horizon: number): number =>
  Math.sqrt(unitVariance.process[horizon]! + unitVariance.counting[horizon]! * countingNoise(level));
