import type { Theme } from '../address.ts';
import type { Colouring, RiskMeasure } from '../feed/issued-risk.ts';
import type { Words } from '../i18n/language.svelte.ts';
import { classOf, incidenceBounds, scoreBounds, shareBounds } from './classes.ts';
import { incidenceColour, incidenceColours, type Rgb, riskColour, riskColours } from './palette.ts';

const boundsOf: Record<Colouring, readonly number[]> = {
  cases: incidenceBounds,
  score: scoreBounds,
  rise: shareBounds,
  high: shareBounds,
};

/** Colour of an area for the number that it is coloured by; null: not known, or withheld. */
export function colourFor(theme: Theme, colouring: Colouring, value: number | null | undefined): Rgb {
  const index = classOf(value, boundsOf[colouring]);
  return colouring === 'cases' ? incidenceColour(theme, index) : riskColour(theme, index);
}

/** Classes of a colouring, lowest first, with their bounds: `from` is in the class, `below` is not. */
export function legendClasses(theme: Theme, colouring: Colouring): { colour: Rgb; from?: number; below?: number }[] {
  const bounds = boundsOf[colouring];
  return (colouring === 'cases' ? incidenceColours : riskColours)[theme].map((colour, i) => ({
    colour,
    from: bounds[i - 1],
    below: bounds[i],
  }));
}

/** The number that an area is coloured by, as map, list and card write it: the same text everywhere. */
export const writtenAs = (words: Words, colouring: Colouring, value: number | null | undefined): string => {
  if (value === null || value === undefined) return '–';
  if (colouring === 'cases') return words.value(value, '');
  return unitOf(colouring) === 'score' ? words.number(value) : words.share(value);
};

/** A score is written as it is, a probability as percent. */
export const unitOf = (measure: RiskMeasure): 'score' | 'share' => (measure === 'score' ? 'score' : 'share');
