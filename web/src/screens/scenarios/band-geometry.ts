import { scaleLinear } from 'd3-scale';
import { area, curveStepAfter, line } from 'd3-shape';

/** Quantiles of one day. */
export interface DayBand {
  q05: number;
  q25: number;
  q75: number;
  q95: number;
}

export interface ChartRoom {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface BandPicture {
  /** Paths of the bands that hold 90 and 50 of 100 paths. */
  wide: string;
  narrow: string;
  yTicks: { value: number; y: number }[];
  xTicks: { day: number; x: number }[];
  y: (value: number) => number;
  x: (day: number) => number;
}

/** Highest value of a common axis: everything that is drawn on it has room. */
export const axisTop = (bands: readonly (readonly DayBand[])[], others: readonly number[] = []): number =>
  Math.max(4, ...others, ...bands.flatMap((days) => days.map(({ q95 }) => q95)));

/** Where a band chart's parts go, in pixels. There is no line in the middle: what is drawn is what is not known better. */
export function bandPicture(days: readonly DayBand[], highest: number, room: ChartRoom): BandPicture {
  const { width, height, left, right, top, bottom } = room;
  const x = scaleLinear()
    .domain([0, Math.max(1, days.length - 1)])
    .range([left, width - right]);
  const y = scaleLinear()
    .domain([0, highest])
    .nice(3)
    .range([height - bottom, top]);
  const between = (low: (band: DayBand) => number, high: (band: DayBand) => number) =>
    area<DayBand>()
      .x((_, day) => round(x(day)))
      .y0((band) => round(y(low(band))))
      .y1((band) => round(y(high(band))))([...days]) ?? '';
  return {
    wide: between(
      ({ q05 }) => q05,
      ({ q95 }) => q95,
    ),
    narrow: between(
      ({ q25 }) => q25,
      ({ q75 }) => q75,
    ),
    yTicks: y
      .ticks(3)
      .filter(Number.isInteger)
      .map((value) => ({ value, y: y(value) })),
    xTicks: dayTicks(days.length, width - left - right).map((day) => ({ day, x: x(day) })),
    y,
    x,
  };
}

/** A limit by day as an edge of steps; days on which it lies above the picture are left out. */
export const limitPath = (
  limit: readonly number[],
  { x, y }: Pick<BandPicture, 'x' | 'y'>,
  { top }: ChartRoom,
): string =>
  line<number>()
    .curve(curveStepAfter)
    .x((_, day) => round(x(day)))
    .y((value) => round(y(value)))
    .defined((value) => y(value) >= top)([...limit]) ?? '';

/** A probability by day, 0 to 1; days that have none yet are left out. */
export function probabilityPicture(byDay: readonly (number | null)[], room: ChartRoom) {
  const { width, height, left, right, top, bottom } = room;
  const x = scaleLinear()
    .domain([0, Math.max(1, byDay.length - 1)])
    .range([left, width - right]);
  const y = scaleLinear()
    .domain([0, 1])
    .range([height - bottom, top]);
  const shape = {
    x: (_: number | null, day: number) => round(x(day)),
    y: (value: number | null) => round(y(value ?? 0)),
    defined: (value: number | null) => value !== null,
  };
  return {
    filled: area<number | null>().x(shape.x).y0(y(0)).y1(shape.y).defined(shape.defined)([...byDay]) ?? '',
    edge: line<number | null>().x(shape.x).y(shape.y).defined(shape.defined)([...byDay]) ?? '',
    yTicks: [0, 0.5, 1].map((value) => ({ value, y: y(value) })),
    xTicks: dayTicks(byDay.length, width - left - right).map((day) => ({ day, x: x(day) })),
    x,
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
const pixelsATick = 52;

/** Days that get a label: whole weeks, as many as have room. */
export function dayTicks(days: number, pixels: number): number[] {
  const room = Math.max(2, Math.floor(pixels / pixelsATick));
  const every = 7 * Math.max(1, Math.ceil(days / 7 / room));
  return Array.from({ length: Math.ceil(days / every) }, (_, i) => i * every);
}
