import type { Figure } from '@vungxanh/services/contracts/http.ts';
import { mainFigures } from '../faces.ts';

/** Shown at once; the others on demand. */
export const isMain = (formula: string) => mainFigures.includes(formula);

/**
 * Which of an area's figures are shown at once. Coverage is said for the ages that are published: those without a number wait with the others, but one, when
 * none has a number.
 */
export function shownAtOnce(figures: readonly Pick<Figure, 'formula' | 'value'>[]): string[] {
  const main = figures.filter(({ formula }) => isMain(formula));
  const coverages = main.filter(({ formula }) => formula.startsWith('coverage-'));
  const told = coverages.filter(({ value }) => value !== null);
  const kept = told.length > 0 ? told : coverages.slice(0, 1);
  return main.filter((figure) => !coverages.includes(figure) || kept.includes(figure)).map(({ formula }) => formula);
}

/** In the order in which people read them; those that are not shown at once come after, by name. */
export function figureOrder(formulas: string[]): string[] {
  const place = (formula: string) => (isMain(formula) ? mainFigures.indexOf(formula) : mainFigures.length);
  return formulas.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}
