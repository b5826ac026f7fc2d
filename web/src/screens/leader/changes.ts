import type { Figure } from '@vungxanh/services/contracts/http.ts';

/** A figure now and at the end of the day before. */
export interface Change {
  formula: string;
  now: Figure;
  /** null: it was not known then. */
  before: number | null;
}

/**
 * Windows of the last days begin again at midnight, and their last days are not complete: against yesterday they tell of the clock, not of the epidemic. The week with all
 * reports stands for them.
 */
const isRunningWindow = (formula: string) => /-\d+d$/.test(formula);

/** What differs from the end of the day before, the largest change in proportion first; what is not known now is left out, what was not known then comes last. */
export function changesOf(
  formulas: readonly string[],
  now: (formula: string) => Figure | undefined,
  then: (formula: string) => Figure | undefined,
): Change[] {
  const size = ({ now: { value }, before }: Change) =>
    before === null ? -1 : Math.abs(value! - before) / Math.max(1, Math.abs(before));
  return formulas
    .flatMap((formula): Change[] => {
      const figure = isRunningWindow(formula) ? undefined : now(formula);
      return figure?.value == null ? [] : [{ formula, now: figure, before: then(formula)?.value ?? null }];
    })
    .filter(({ now: { value }, before }) => value !== before)
    .toSorted((a, b) => size(b) - size(a));
}
