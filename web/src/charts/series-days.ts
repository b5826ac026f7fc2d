import type { SeriesAnswer, SeriesDay } from '../api/answers.ts';

/**
 * What a curve draws: the last days of the line list; or, where an area has only counts that a source publishes, one bar a day where days are
 * published, else one a period, at its end. A count that is suppressed is left out, as it is not zero.
 */
export function seriesBars(
  answer: SeriesAnswer,
  areaId: string,
  mostDays: number,
): { bars: SeriesDay[]; daily: boolean } {
  const days = answer.days.slice(-mostDays);
  const published = (answer.published ?? []).filter((row) => row.areaId === areaId && typeof row.cases === 'number');
  if (days.some(({ cases }) => cases > 0) || !published.length) return { bars: days, daily: true };
  const ofDays = published.filter((row) => row.periodEnd === row.periodStart);
  const bars = (ofDays.length > 0 ? ofDays : published)
    .map(({ periodEnd, cases, incomplete }) => ({
      ...{ day: periodEnd, cases: cases! },
      ...(incomplete === undefined ? {} : { incomplete }),
    }))
    .toSorted((a, b) => a.day.localeCompare(b.day));
  return ofDays.length > 0 ? { bars: bars.slice(-mostDays), daily: true } : { bars, daily: false };
}
