import type { Figure } from '@vungxanh/services/contracts/http.ts';
import type { FiguresAnswer } from '../api/answers.ts';
import { isBefore } from './moments.ts';
import type { World } from './world.ts';

/** Figures by area and formula. */
export type FigureBook = ReadonlyMap<string, Readonly<Record<string, Figure>>>;

/**
 * Loaded answers in one book: an area of several services has the figures of all. A service that counts the whole district without naming
 * an area speaks of the root, unless it also names that.
 */
export function figureBook(answers: (FiguresAnswer | undefined)[], rootId: string | undefined): FigureBook {
  const book = new Map<string, Record<string, Figure>>();
  for (const answer of answers) {
    const areas = answer?.areas ?? [];
    for (const { areaId, figures } of areas.toSorted((a, b) => Number(b.areaId === null) - Number(a.areaId === null))) {
      const id = areaId ?? rootId;
      if (id === undefined) continue;
      const own = Array.isArray(figures)
        ? Object.fromEntries(figures.map((figure) => [figure.formula, figure]))
        : figures;
      book.set(id, { ...book.get(id), ...own });
    }
  }
  return book;
}

/** The moment that a loaded answer is of. Where nothing was ever heard there is no number in it, and a recorded district answers with the wall's clock. */
export const momentOfAnswer = (answer: FiguresAnswer | undefined): string | undefined =>
  answer?.areas.some(({ figures }) => Object.values(figures).some(({ value }) => value !== null))
    ? answer.asOf
    : undefined;

/**
 * A figure as it stands: what the stream told since wins; its list and explanation stay the loaded one's. `loadedAsOf`: the moment that the loaded
 * figures are of; what was told of an earlier one is out of date.
 */
export function figureNow(
  book: FigureBook,
  told: World['figures'] | undefined,
  areaId: string,
  formula: string,
  loadedAsOf?: string,
): Figure | undefined {
  const loaded = book.get(areaId)?.[formula];
  const live = told?.get(areaId)?.[formula];
  if (!live || (loaded && isBefore(live.asOf, loadedAsOf))) return loaded;
  return {
    formulaVersion: 1,
    ...loaded,
    formula,
    value: live.value,
    unit: live.unit,
    numerator: live.numerator ?? (live.denominator === undefined ? loaded?.numerator : null),
    denominator: live.denominator ?? loaded?.denominator,
    // What was said of the loaded value does not hold for the newer one.
    reason: live.reason,
    note: live.note,
    dataThroughDate: live.dataThroughDate,
    window: undefined,
    incomplete: undefined,
  };
}

/** The count that the list of a figure must have: the numerator where there is one, else the value. */
export const countBehind = (figure: Figure): number | null =>
  figure.numerator ?? (figure.denominator == null ? figure.value : null);
