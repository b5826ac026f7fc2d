import { type ScaleBand, scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import type { SeriesDay } from '../api/answers.ts';
import type { NowcastDay } from '../api/outlook-answers.ts';
import { addDays } from '../feed/clock.ts';
import type { FanBlock } from './fan.ts';

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
  /** Days whose reports are still coming in: the bar they may become, and how sure that is. */
  nowcasts: {
    day: string;
    x: number;
    width: number;
    middle: number;
    top: number;
    ground: number;
    low: number;
    high: number;
  }[];
  fan: FanDrawn[];
  yTicks: { value: number; y: number }[];
  xTicks: { day: string; x: number }[];
  total: number;
  /** Middle of a day's column; undefined for a day that is not drawn. */
  middleOf: (day: string) => number | undefined;
}

export interface FanDrawn {
  block: FanBlock;
  x: number;
  width: number;
  bands: { percent: number; y: number; height: number }[];
  median: number;
  baseline: { y: number; height: number; median: number };
  /** The widest band goes on beyond the frame. */
  clipped: boolean;
}

export const meanDays = 7;
/** Reported cases stay legible beside a band that could reach very high: above so many times the rest, bands are cut off and marked. */
const mostAbove = 2.5;

/** Mean of each day and the six before it; null where a day is missing before, or a count is not complete yet. */
export function trailingMean(days: SeriesDay[]): (number | null)[] {
  return days.map((day, i) => {
    const window = days.slice(i + 1 - meanDays < 0 ? i + 1 : i + 1 - meanDays, i + 1);
    if (window.length < meanDays || day.incomplete) return null;
    return window.reduce((sum, { cases }) => sum + cases, 0) / meanDays;
  });
}

/** Every day that has a column: those reported, and those of the forecast. */
function columns(days: SeriesDay[], fan: FanBlock[]): string[] {
  const all = new Set(days.map(({ day }) => day));
  for (const { from, to } of fan) for (let day = from; day <= to; day = addDays(day, 1)) all.add(day);
  return [...all].toSorted();
}

function highest(days: SeriesDay[], nowcast: NowcastDay[], fan: FanBlock[]): number {
  const seen = Math.max(
    4,
    ...days.map(({ cases }) => cases),
    ...nowcast.map(({ nowcast: told }) => told?.interval50[1] ?? 0),
    ...fan.map(({ bands }) => Math.max(...bands.slice(1).map(({ high }) => high))),
  );
  const widest = Math.max(
    0,
    ...nowcast.map(({ nowcast: told }) => told?.interval95[1] ?? 0),
    ...fan.flatMap(({ bands, baseline }) => [bands[0]?.high ?? 0, baseline.high]),
  );
  return Math.max(seen, Math.min(widest, seen * mostAbove));
}

/** Where everything of the chart goes, in pixels. `nowcast` is of days that have a bar. */
export function epiCurve(
  days: SeriesDay[],
  { width, height, left, bottom, top }: CurveSize,
  { nowcast = [], fan = [] }: { nowcast?: NowcastDay[]; fan?: FanBlock[] } = {},
): Curve {
  const names = columns(days, fan);
  const x = scaleBand<string>().domain(names).range([left, width]).paddingInner(0.18);
  const told = nowcast.filter(({ date, nowcast: given }) => given && x(date) !== undefined);
  const y = scaleLinear()
    .domain([0, highest(days, told, fan)])
    .nice(4)
    .range([height - bottom, top]);
  const ground = y(0);
  const most = y.domain()[1]!;
  const within = (value: number) => y(Math.min(value, most));
  const means = trailingMean(days);
  const middleOf = (day: string) => {
    const at = x(day);
    return at === undefined ? undefined : at + x.bandwidth() / 2;
  };
  const meanPath =
    line<number | null>()
      .defined((value) => value !== null)
      .x((_, i) => middleOf(days[i]!.day)!)
      .y((value) => y(value!))(means) ?? '';
  const every = Math.max(1, Math.ceil(names.length / Math.max(2, Math.floor((width - left) / 64))));
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
    nowcasts: told.map(({ date, nowcast: given }) => ({
      day: date,
      x: x(date)!,
      width: x.bandwidth(),
      middle: middleOf(date)!,
      top: within(given!.median),
      ground,
      low: within(given!.interval95[0]),
      high: within(given!.interval95[1]),
    })),
    fan: fan.map((block) => drawn(block, x, within, most)),
    yTicks: y
      .ticks(4)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: y(value) })),
    xTicks: names.flatMap((day, i) => ((names.length - 1 - i) % every === 0 ? [{ day, x: middleOf(day)! }] : [])),
    total: days.reduce((sum, { cases }) => sum + cases, 0),
    middleOf,
  };
}

function drawn(block: FanBlock, x: ScaleBand<string>, within: (value: number) => number, most: number): FanDrawn {
  const start = x(block.from)!;
  const span = (low: number, high: number) => ({ y: within(high), height: Math.max(1, within(low) - within(high)) });
  return {
    block,
    x: start,
    width: x(block.to)! + x.bandwidth() - start,
    bands: block.bands.map(({ percent, low, high }) => ({ percent, ...span(low, high) })),
    median: within(block.median),
    baseline: { ...span(block.baseline.low, block.baseline.high), median: within(block.baseline.median) },
    clipped: Math.max(...block.bands.map(({ high }) => high)) > most,
  };
}
