import type { ReportChanges } from '@vungxanh/ml';
import type { ForecastTarget } from '#contracts/events/ml/forecast-issued.ts';
import type { WordedAbstention } from '#contracts/http/outlook/abstention.ts';

/** One target's past in a district, with what was known of it when: goes to a thread as it is. Steps of days are day numbers, of weeks 0, 1, 2 … */
export interface TargetSeries {
  target: ForecastTarget;
  /** the district first, where it is the sum of the others or has a number of its own; `elsewhere` last, where something of it lies in none of the others */
  areas: string[];
  /** index of the area that is the sum of the others, or -1 */
  total: number;
  step: 'day' | 'week';
  /** a sum over time, or the level at a moment */
  kind: 'flow' | 'stock';
  /** step of the present: how stale the last number is */
  now: number;
  /** day on which week 0 ends; 0 for steps of days */
  firstWeekEnd: number;
  source: ReportSource | TableSource;
  /** first step under another definition */
  breaks: { period: number; area?: string }[];
  /** areas that are not in it, and why */
  withheld?: (WordedAbstention & { area: string })[];
}

/** Stands among the areas for what lies in the district and in none of the others: it belongs to the sum, and nothing is said of it alone. */
export const elsewhere = '';

/** Single reports: `changes.areas` are the areas without the district. */
export interface ReportSource {
  form: 'reports';
  changes: ReportChanges;
  firstDay: number;
  lastDay: number;
}

/** Numbers by area and step as they are known now, and as they were known at the end of earlier steps where that differs. */
export interface TableSource {
  form: 'table';
  first: number;
  last: number;
  /** areas × steps; NaN: not known, or too small to be published */
  values: Float64Array;
  /** ascending; each from `first` to its own `last` */
  earlier: { last: number; values: Float64Array }[];
}

export const endDayOf = ({ step, firstWeekEnd }: TargetSeries, at: number): number =>
  step === 'day' ? at : firstWeekEnd + 7 * at;

/**
 * What came, as known now: the sum of the days up to `lastDay`, or the level on it. undefined: not known, or not asked in the steps of the series.
 * @param days 7 for a week, 1 for a day
 */
export function actualsOf(series: TargetSeries, areaId: string): (lastDay: number, days: number) => number | undefined {
  const row = series.areas.indexOf(areaId);
  if (row < 0) return () => undefined;
  const { source } = series;
  if (source.form === 'reports') {
    const counts = new Map<number, number>();
    const { changes, firstDay } = source;
    for (let n = 0; n < changes.day.length; n++) {
      const area = changes.area[n]!;
      if (area < 0 || (row !== series.total && changes.areas[area] !== areaId)) continue;
      counts.set(changes.day[n]!, (counts.get(changes.day[n]!) ?? 0) + changes.change[n]!);
    }
    return (lastDay, days) => {
      if (lastDay > source.lastDay || lastDay - days + 1 < firstDay) return undefined;
      let sum = 0;
      for (let d = 0; d < days; d++) sum += counts.get(lastDay - d) ?? 0;
      return sum;
    };
  }
  const steps = source.last - source.first + 1;
  const at = (step: number) => {
    const t = step - source.first;
    return t < 0 || t >= steps ? Number.NaN : source.values[row * steps + t]!;
  };
  const known = (value: number) => (Number.isNaN(value) ? undefined : value);
  if (series.step === 'week')
    return (lastDay, days) => {
      const week = (lastDay - series.firstWeekEnd) / 7;
      return days === 7 && Number.isInteger(week) ? known(at(week)) : undefined;
    };
  if (series.kind === 'stock') return (lastDay) => known(at(lastDay));
  return (lastDay, days) => {
    let sum = 0;
    for (let d = 0; d < days; d++) sum += at(lastDay - d);
    return known(sum);
  };
}
