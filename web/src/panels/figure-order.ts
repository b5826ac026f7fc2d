import { mainFigures } from '../faces.ts';

/** Shown at once; the others on demand. */
export const isMain = (formula: string) => mainFigures.includes(formula);

/** In the order in which people read them; those that are not shown at once come after, by name. */
export function figureOrder(formulas: string[]): string[] {
  const place = (formula: string) => (isMain(formula) ? mainFigures.indexOf(formula) : mainFigures.length);
  return formulas.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}
