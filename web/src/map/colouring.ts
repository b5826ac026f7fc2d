import type { Theme } from '../address.ts';
import type { Colouring, RiskMeasure } from '../feed/issued-risk.ts';
import type { Words } from '../i18n/language.svelte.ts';
import { classOf, incidenceBounds, levelBounds, scoreBounds, shareBounds } from './classes.ts';
import { incidenceColour, incidenceColours, type Rgb, riskColour, riskColours } from './palette.ts';

/** Cut points of a colouring, and the colours of its classes, lowest first. */
export const boundsOf: Record<Colouring, readonly number[]> = {
  cases: incidenceBounds,
  score: scoreBounds,
  rise: shareBounds,
  high: shareBounds,
  level: levelBounds,
};

/** Cases and levels have four classes, and the same colours. */
const hasFour = (colouring: Colouring) => colouring === 'cases' || colouring === 'level';
export const paletteOf = (theme: Theme, colouring: Colouring): readonly Rgb[] =>
  (hasFour(colouring) ? incidenceColours : riskColours)[theme];

/** Colour of an area for the number that it is coloured by; null: not known, or withheld. */
export function colourFor(theme: Theme, colouring: Colouring, value: number | null | undefined): Rgb {
  const index = classOf(value, boundsOf[colouring]);
  return hasFour(colouring) ? incidenceColour(theme, index) : riskColour(theme, index);
}

/** The number that an area is coloured by, as map, list and card write it: the same text everywhere. */
export const writtenAs = (words: Words, colouring: Colouring, value: number | null | undefined): string => {
  if (value === null || value === undefined) return '–';
  if (colouring === 'cases') return words.value(value, '');
  if (colouring === 'level') return words.number(value);
  return unitOf(colouring) === 'score' ? words.number(value) : words.share(value);
};

/** A score is written as it is, a probability as percent. */
export const unitOf = (measure: RiskMeasure): 'score' | 'share' => (measure === 'score' ? 'score' : 'share');
