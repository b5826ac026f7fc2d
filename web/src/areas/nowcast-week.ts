import type { StatisticsAnswer } from '../api/outlook-answers.ts';
import { type Days, lengthOf } from '../screens/epidemic/case-window.ts';

/**
 * How many cases these days may have once all reports are in: of each day the median of its nowcast, of days that are complete what was reported. Undefined: a day is
 * missing, or the nowcast is withheld.
 */
export function nowcastOf(
  { series, abstention }: Pick<StatisticsAnswer, 'series' | 'abstention'>,
  days: Days,
): number | undefined {
  const own = series.filter(({ date }) => date >= days.from && date <= days.to);
  if (abstention || own.length < lengthOf(days) || !own.some(({ nowcast }) => nowcast)) return undefined;
  return Math.round(own.reduce((sum, { reported, nowcast }) => sum + (nowcast?.median ?? reported), 0));
}
