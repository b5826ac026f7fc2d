import type { Theme } from '../address.ts';
import type { Colouring } from '../feed/issued-risk.ts';
import { classOf } from './classes.ts';
import { boundsOf, paletteOf } from './colouring.ts';
import { type Rgb, unknownColour } from './palette.ts';

/** How numbers become colours: by the cut points of the policy, in groups of equally many areas, or without steps from the least to the greatest. */
export const scaleKinds = ['classes', 'quantiles', 'continuous'] as const;
export type ScaleKind = (typeof scaleKinds)[number];

export interface Scale {
  kind: ScaleKind;
  colouring: Colouring;
  /** Cut points, ascending; a bound belongs to the class above it. Of a continuous scale: none. */
  bounds: readonly number[];
  /** Least and greatest of the numbers; equal where there is one, or none. */
  from: number;
  to: number;
}

/** The scale of the numbers that are shown; null and undefined are not known, and on no scale. */
export function scaleOf(kind: ScaleKind, colouring: Colouring, values: readonly (number | null | undefined)[]): Scale {
  const known = values.filter((value): value is number => typeof value === 'number').toSorted((a, b) => a - b);
  const [from, to] = [known[0] ?? 0, known.at(-1) ?? 0];
  const fixed = boundsOf[colouring];
  if (kind === 'classes') return { kind, colouring, bounds: fixed, from, to };
  if (kind === 'continuous') return { kind, colouring, bounds: [], from, to };
  const groups = fixed.length + 1;
  const cuts = Array.from({ length: fixed.length }, (_, i) => known[Math.ceil(((i + 1) * known.length) / groups)]);
  // Equal numbers have one colour: a cut point that is said twice, or that is the least number itself, parts nothing.
  const bounds = [...new Set(cuts)].filter((cut): cut is number => cut !== undefined && cut > from);
  return { kind, colouring, bounds, from, to };
}

const mixed = (a: Rgb, b: Rgb, share: number): Rgb =>
  [0, 1, 2].map((i) => Math.round(a[i]! + share * (b[i]! - a[i]!))) as [number, number, number];

/** Colour of a number on a scale; one that is not known is grey. */
export function colourOn(scale: Scale, theme: Theme, value: number | null | undefined): Rgb {
  const palette = paletteOf(theme, scale.colouring);
  if (value === null || value === undefined) return unknownColour[theme];
  if (scale.kind !== 'continuous') {
    const index = classOf(value, scale.bounds);
    return index === null ? unknownColour[theme] : palette[stepOf(index, scale, palette)]!;
  }
  const share = scale.to > scale.from ? Math.min(1, Math.max(0, (value - scale.from) / (scale.to - scale.from))) : 0;
  const at = share * (palette.length - 1);
  const low = Math.min(palette.length - 2, Math.floor(at));
  return mixed(palette[low]!, palette[low + 1]!, at - low);
}

/** Fewer groups than colours are spread over all of them. */
const stepOf = (index: number, { bounds }: Scale, palette: readonly Rgb[]) =>
  bounds.length + 1 >= palette.length || bounds.length === 0
    ? index
    : Math.round((index * (palette.length - 1)) / bounds.length);

/** How many numbers lie in each class, or in each of so many equal steps of a continuous scale. */
export function histogram(scale: Scale, values: readonly (number | null | undefined)[], steps = 12): number[] {
  const known = values.filter((value): value is number => typeof value === 'number');
  const place = (value: number) =>
    scale.kind === 'continuous'
      ? Math.min(steps - 1, Math.floor(((value - scale.from) / (scale.to - scale.from || 1)) * steps))
      : classOf(value, scale.bounds)!;
  const counts = Array.from({ length: scale.kind === 'continuous' ? steps : scale.bounds.length + 1 }, () => 0);
  for (const value of known) counts[place(value)]! += 1;
  return counts;
}

/** Classes of a scale with steps, lowest first, with their bounds: `from` is in the class, `below` is not. */
export const scaleClasses = (scale: Scale, theme: Theme): { colour: Rgb; from?: number; below?: number }[] =>
  Array.from({ length: scale.bounds.length + 1 }, (_, i) => ({
    colour: paletteOf(theme, scale.colouring)[stepOf(i, scale, paletteOf(theme, scale.colouring))]!,
    from: scale.bounds[i - 1],
    below: scale.bounds[i],
  }));
