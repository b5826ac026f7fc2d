import type { Figure } from '@vungxanh/services/contracts/http.ts';
import type { FiguresAnswer } from './answers.ts';
import type { World } from './world.ts';

/** Figures by area and formula. */
export type FigureBook = ReadonlyMap<string, Readonly<Record<string, Figure>>>;

/** Loaded answers in one book: an area of several services has the figures of all. */
export function figureBook(answers: (FiguresAnswer | undefined)[]): FigureBook {
  const book = new Map<string, Record<string, Figure>>();
  for (const answer of answers)
    for (const { areaId, figures } of answer?.areas ?? []) book.set(areaId, { ...book.get(areaId), ...figures });
  return book;
}

/** A figure as it stands: what the stream told since wins; its list and explanation stay the loaded one's. */
export function figureNow(book: FigureBook, told: World['figures'] | undefined, areaId: string, formula: string): Figure | undefined {
  const loaded = book.get(areaId)?.[formula];
  const live = told?.get(areaId)?.[formula];
  if (!live) return loaded;
  return {
    formulaVersion: 1,
    ...loaded,
    formula,
    value: live.value,
    unit: live.unit,
    numerator: live.numerator ?? (live.denominator === undefined ? loaded?.numerator : null),
    denominator: live.denominator ?? loaded?.denominator,
  };
}

/** The count that the list of a figure must have: the numerator where there is one, else the value. */
export const countBehind = (figure: Figure): number | null => figure.numerator ?? (figure.denominator == null ? figure.value : null);
