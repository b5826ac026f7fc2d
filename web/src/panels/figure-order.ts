import type { Service } from '../api/answers.ts';

/** The order in which people read figures; ones that are not here come after, by name. */
const order = [
  'incidence-7d',
  'cases-7d',
  'incidence-14d',
  'active-cases',
  'beds-free',
  'coverage-one-dose',
  'coverage-full',
  'violations-open',
  'violations-overdue',
  'businesses-active',
];
/** Shown at once; the others on demand. */
export const isMain = (formula: string) => order.includes(formula);

export function figureOrder(formulas: string[]): string[] {
  const place = (formula: string) => (order.includes(formula) ? order.indexOf(formula) : order.length);
  return formulas.toSorted((a, b) => place(a) - place(b) || a.localeCompare(b));
}

/** Which service's figure it is, by its name: the stream does not say. */
export function serviceOfFormula(formula: string): Service {
  if (/violation/.test(formula)) return 'urban-order';
  if (/business|revenue|indicator|reopen/.test(formula)) return 'economy';
  return 'epidemic';
}
