import { scaleLinear } from 'd3-scale';
import { area } from 'd3-shape';
import type { ReproductionDay } from '../api/outlook-answers.ts';

export interface ReproductionDrawn {
  /** Ribbons of 95 and 50 percent; broken where the value is hidden. */
  ribbons: { percent: number; path: string }[];
  /** Days whose value is hidden. */
  hidden: { x: number; width: number; reason: string }[];
  yTicks: { value: number; y: number }[];
  /** Where one case infects one. */
  one: number;
}

/** Above this, an Rt tells no more than that it is high. */
const mostShown = 4;

/**
 * Rt under a curve, on the curve's own days. Only ribbons: a value without its interval is never drawn.
 * @param middleOf pixels; undefined for days that the curve does not draw
 */
export function reproductionDrawn(
  days: readonly ReproductionDay[],
  middleOf: (day: string) => number | undefined,
  columnWidth: number,
  { height, top, bottom }: { height: number; top: number; bottom: number },
): ReproductionDrawn {
  const placed = days.flatMap((day) => {
    const x = middleOf(day.date);
    return x === undefined ? [] : [{ ...day, x }];
  });
  const reached = Math.max(2, ...placed.map(({ interval95 }) => interval95?.[1] ?? 0));
  const y = scaleLinear()
    .domain([0, Math.min(mostShown, Math.ceil(reached * 2) / 2)])
    .range([height - bottom, top])
    .clamp(true);
  const ribbon = (interval: 'interval95' | 'interval50') =>
    area<(typeof placed)[number]>()
      .defined((day) => day[interval] !== null)
      .x(({ x }) => x)
      .y0((day) => y(day[interval]![0]))
      .y1((day) => y(day[interval]![1]))(placed) ?? '';
  return {
    ribbons: [
      { percent: 95, path: ribbon('interval95') },
      { percent: 50, path: ribbon('interval50') },
    ],
    hidden: spans(placed, columnWidth),
    yTicks: y.ticks(3).map((value) => ({ value, y: y(value) })),
    one: y(1),
  };
}

/** Days in a row that are hidden for the same reason. */
function spans(placed: { x: number; hidden: string | null }[], columnWidth: number): ReproductionDrawn['hidden'] {
  const found: ReproductionDrawn['hidden'] = [];
  let open: { from: number; reason: string } | undefined;
  const close = (to: number) => {
    if (open) found.push({ x: open.from - columnWidth / 2, width: to - open.from + columnWidth, reason: open.reason });
    open = undefined;
  };
  placed.forEach(({ x, hidden }, i) => {
    if (open && open.reason !== hidden) close(placed[i - 1]!.x);
    if (hidden && !open) open = { from: x, reason: hidden };
  });
  close(placed.at(-1)?.x ?? 0);
  return found;
}
