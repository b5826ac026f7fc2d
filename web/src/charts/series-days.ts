import type { SeriesAnswer, SeriesDay } from '../api/answers.ts';

/**
 * What a curve draws: the last days of the line list; or, where an area has only counts that a source publishes by period, one bar a period,
 * at its end. A count that is suppressed is left out, as it is not zero.
 */
export function seriesBars(
  answer: SeriesAnswer,
  areaId: string,
  mostDays: number,
): { bars: SeriesDay[]; daily: boolean } {
  const days = answer.days.slice(-mostDays);
  const published = (answer.published ?? []).filter(
    (row) => row.areaId === areaId && row.periodEnd !== row.periodStart && typeof row.cases === 'number',
  );
  if (days.some(({ cases }) => cases > 0) || !published.length) return { bars: days, daily: true };
  const bars = published.map(({ periodEnd, cases }) => ({ day: periodEnd, cases: cases! }));
  return { bars: bars.toSorted((a, b) => a.day.localeCompare(b.day)), daily: false };
}
