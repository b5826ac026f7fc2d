import { scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { SeriesDay } from '../feed/answers.ts';

export interface CurveSize {
  width: number;
  height: number;
  left: number;
  bottom: number;
  top: number;
}

export interface Curve {
  bars: { day: string; cases: number; incomplete: boolean; x: number; y: number; width: number; height: number }[];
  /** Path of the trailing mean over the days that are complete. */
  meanPath: string;
  yTicks: { value: number; y: number }[];
  xTicks: { day: string; x: number }[];
  total: number;
}

export const meanDays = 7;

/** Mean of each day and the six before it; null where a day is missing before, or a count is not complete yet. */
export function trailingMean(days: SeriesDay[]): (number | null)[] {
  return days.map((day, i) => {
    const window = days.slice(i + 1 - meanDays < 0 ? i + 1 : i + 1 - meanDays, i + 1);
    if (window.length < meanDays || day.incomplete) return null;
    return window.reduce((sum, { cases }) => sum + cases, 0) / meanDays;
  });
}

/** Where everything of the chart goes, in pixels. */
export function epiCurve(days: SeriesDay[], { width, height, left, bottom, top }: CurveSize): Curve {
  const x = scaleBand<string>()
    .domain(days.map(({ day }) => day))
    .range([left, width])
    .paddingInner(0.18);
  const y = scaleLinear()
    .domain([0, Math.max(4, ...days.map(({ cases }) => cases))])
    .nice(4)
    .range([height - bottom, top]);
  const ground = y(0);
  const means = trailingMean(days);
  const middle = (i: number) => (x(days[i]!.day) ?? 0) + x.bandwidth() / 2;
  const meanPath =
    line<number | null>()
      .defined((value) => value !== null)
      .x((_, i) => middle(i))
      .y((value) => y(value!))(means) ?? '';
  const every = Math.max(1, Math.ceil(days.length / Math.max(2, Math.floor((width - left) / 64))));
  return {
    bars: days.map(({ day, cases, incomplete }) => ({
      day,
      cases,
      incomplete: incomplete ?? false,
      x: x(day)!,
      y: y(cases),
      width: x.bandwidth(),
      height: ground - y(cases),
    })),
    meanPath,
    yTicks: y
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: y(value) })),
    xTicks: days.flatMap(({ day }, i) => ((days.length - 1 - i) % every === 0 ? [{ day, x: middle(i) }] : [])),
    total: days.reduce((sum, { cases }) => sum + cases, 0),
  };
}
