/**
 * Damped growth, learned: how much of the growth seen lately carries on over one to four weeks. One small ridge regression for each horizon,
 * pooled over wards and past moments, drawn to coefficients that were found on other districts. So the first weeks of a wave lean on what
 * waves usually do, and later ones on this one.
 */
import { countingNoise } from '../../numerics/spread.ts';
import { blockOf, levelOf, type Seen, type SeriesKind, weekSteps } from './seen.ts';

export const growthWidth = 6;

/** Levels of one moment, read once. */
export interface Levels {
  /** areas × weeks back (0 the newest); NaN where not known */
  readonly own: Float64Array;
  /** the whole district, by weeks back */
  readonly whole: Float64Array;
  /** growth a week of the whole district over the last three days; NaN for weekly steps */
  readonly recent: number;
}

export const weeksBack = 5;

export function levelsOf(seen: Seen, kind: SeriesKind, areas: number, total: number): Levels {
  const own = new Float64Array(areas * weeksBack);
  const whole = new Float64Array(weeksBack);
  const week = weekSteps(kind);
  const values = new Float64Array(areas * weeksBack);
  for (let i = 0; i < areas; i++)
    for (let k = 0; k < weeksBack; k++) values[i * weeksBack + k] = blockOf(seen, kind, i, seen.last - week * k);
  for (let k = 0; k < values.length; k++) own[k] = levelOf(values[k]!);
  // the district is what its wards are together: those whose last three weeks are all known, so that a ward that falls silent is no fall
  const known = (i: number) => [0, 1, 2].every((k) => !Number.isNaN(values[i * weeksBack + k]!));
  const counted =
    total >= 0 && known(total) ? [total] : [...Array(areas).keys()].filter((i) => i !== total && known(i));
  const district = (of: (area: number) => number) => counted.reduce((sum, i) => sum + of(i), 0);
  for (let k = 0; k < weeksBack; k++)
    whole[k] = counted.length > 0 ? levelOf(district((i) => values[i * weeksBack + k]!)) : Number.NaN;
  const recent =
    kind.step === 'day'
      ? (whole[0]! - levelOf(district((i) => blockOf(seen, kind, i, seen.last - 3)))) * (7 / 3)
      : Number.NaN;
  return { own, whole, recent };
}

const most = (value: number, limit: number): number => Math.max(-limit, Math.min(limit, value));

/** What the growth of one area is foreseen from, written to `out`; false when too little is known. */
export function writeGrowthFeatures(levels: Levels, area: number, out: Float64Array): boolean {
  const { own, whole, recent } = levels;
  const at = area * weeksBack;
  const [now, before] = [own[at]!, own[at + 1]!];
  const growth = whole[0]! - whole[1]!;
  const earlier = whole[1]! - whole[2]!;
  if (!Number.isFinite(now + before + growth)) return false;
  const sure = 1 / (1 + 8 * countingNoise(now) + 8 * countingNoise(before));
  // share of the district, beside its mean over the last weeks
  let share = 0;
  let weeks = 0;
  for (let k = 1; k < weeksBack; k++) {
    const part = own[at + k]! - whole[k]!;
    if (!Number.isFinite(part)) break;
    share += part;
    weeks++;
  }
  const excess = weeks > 0 ? now - whole[0]! - share / weeks : 0;
  out[0] = most(growth, 1.5);
  out[1] = most(Number.isFinite(earlier) ? earlier : growth, 1.5);
  out[2] = most(Number.isFinite(recent) ? recent : growth, 1.5);
  out[3] = sure * most(now - before - growth, 1.5);
  out[4] = most(excess, 1.5) * sure;
  out[5] = most(excess, 1.5) * (1 - sure);
  return true;
}
