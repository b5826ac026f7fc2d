import type { ForecastAnswer } from '../api/outlook-answers.ts';
import { addDays } from '../feed/clock.ts';

/** The central bands that are drawn, widest first, in percent. */
export const bandPercents = [95, 80, 50] as const;

/** One forecast period: its days, and in the unit of the chart how far it may reach. */
export interface FanBlock {
  targetDate: string;
  /** First and last day that the number is of. */
  from: string;
  to: string;
  bands: { percent: number; low: number; high: number }[];
  median: number;
  baseline: { low: number; high: number; median: number };
}

/** A quantile at a level, between the two given ones beside it. @throws RangeError outside the given levels */
export function quantileAt(levels: readonly number[], quantiles: readonly number[], level: number): number {
  const near = 1e-9;
  const after = levels.findIndex((one) => one >= level - near);
  if (after === -1 || (after === 0 && levels[0]! > level + near))
    throw new RangeError(`level ${level}: from ${levels[0]} to ${levels.at(-1)}`);
  if (Math.abs(levels[after]! - level) <= near) return quantiles[after]!;
  const share = (level - levels[after - 1]!) / (levels[after]! - levels[after - 1]!);
  return quantiles[after - 1]! + share * (quantiles[after]! - quantiles[after - 1]!);
}

const weekDays = 7;

/**
 * Bands of a forecast as blocks over the days that they are of. `spread`: a weekly total is drawn as its mean a day, so that it continues a daily
 * curve; else a block stands at its target date alone, with the number as it was issued.
 */
export function fanBlocks(
  { levels, horizons, cadence }: Pick<ForecastAnswer, 'levels' | 'horizons'> & Partial<Pick<ForecastAnswer, 'cadence'>>,
  spread: boolean,
): FanBlock[] {
  const days = spread && cadence !== 'day' ? weekDays : 1;
  return horizons.map(({ targetDate, quantiles, baseline }) => {
    const at = (values: number[], level: number) => quantileAt(levels, values, level) / days;
    return {
      targetDate,
      from: addDays(targetDate, 1 - days),
      to: targetDate,
      bands: bandPercents.map((percent) => ({
        percent,
        low: at(quantiles, (1 - percent / 100) / 2),
        high: at(quantiles, (1 + percent / 100) / 2),
      })),
      median: at(quantiles, 0.5),
      baseline: { low: at(baseline, 0.025), high: at(baseline, 0.975), median: at(baseline, 0.5) },
    };
  });
}
