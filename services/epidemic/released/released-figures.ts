import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import type { Figure } from '#contracts/http.ts';
import type { Note } from '../counts/notes.ts';
import type { AreaFigures } from '../figures/figures-of-row.ts';
import { coverageFormulas, type FormulaId } from '../figures/formulas.ts';
import { fewPeople, notReleased, releasedNote, rowsOnly, smallCell, wholePercent } from './notes.ts';
import type { ReleasedTable } from './read-week.ts';

/** What is there to tell with. */
export interface Tellable {
  /** The newest released weeks, newest first. */
  released: readonly ReleasedTable[];
  /** Coverage is as a department published it; false: it is counted from single doses. */
  coverageIsPublished: boolean;
}

/** How a figure becomes one that may be told to somebody who sees no rows of persons. */
type Telling = (figure: Figure, areaId: string, tellable: Tellable) => Figure;

/** As it is: what is counted is no person. */
const asItIs: Telling = (figure) => figure;
const cases =
  (weeks: 1 | 2): Telling =>
  (figure, areaId, { released }) =>
    isPublished(figure) ? figure : releasedCount(figure, areaId, released.slice(0, weeks), weeks);
const notTold: Telling = (figure) => hidden(figure, 'rows-only', rowsOnly);

const coverage: Telling = (figure, _areaId, { coverageIsPublished }) =>
  coverageIsPublished ? figure : wholeShare(figure);

/** Every formula says how it is told; one that does not is not told. */
export const tellings: Readonly<Record<FormulaId, Telling>> = {
  'cases-7d': cases(1),
  'cases-14d': cases(2),
  'incidence-7d': cases(1),
  'incidence-14d': cases(2),
  // How many are in care now changes with each patient.
  'active-cases': notTold,
  'beds-free': asItIs,
  ...(Object.fromEntries(coverageFormulas.map(({ id }) => [id, coverage])) as Record<
    (typeof coverageFormulas)[number]['id'],
    Telling
  >),
};

/**
 * Figures as they may be told to somebody who sees no rows of persons of the area. Counts of cases are those that were released, and nothing of the exact ones is in them;
 * counts that a department publishes are given on as it published them.
 *
 * @param area its figures without any case of the line list
 */
export function releasedFigures(area: AreaFigures, tellable: Tellable): AreaFigures {
  const figures = Object.fromEntries(
    Object.entries(area.figures).map(([id, figure]) => [
      id,
      (tellings[id as FormulaId] ?? notTold)(figure, area.areaId, tellable),
    ]),
  ) as AreaFigures['figures'];
  return { ...area, figures };
}

/** Of published counts alone it is told how many of the days were said. */
const isPublished = ({ window }: Figure) => window !== undefined;

const bare = ({ formula, formulaVersion, unit }: Figure) => ({ formula, formulaVersion, unit });
const withoutList = ({ list: _, ...figure }: Figure): Figure => figure;
const hidden = (figure: Figure, reason: string, note: Note): Figure => ({
  ...bare(figure),
  value: null,
  reason,
  note,
  explanation: note.en,
});

function releasedCount(figure: Figure, areaId: string, released: readonly ReleasedTable[], weeks: number): Figure {
  const tables = released.filter(({ told }) => told.has(areaId));
  if (tables.length < weeks) return hidden(figure, 'not-released', notReleased);
  const counts = tables.map(({ told }) => told.get(areaId)!);
  if (counts.some((count) => count === null)) return hidden(figure, 'small-cell', smallCell);
  const numerator = counts.reduce<number>((sum, count) => sum + count!, 0);
  const isRate = figure.denominator !== undefined;
  const { denominator } = figure;
  const hiddenParts = Math.max(...tables.map(({ hiddenBelow }) => hiddenBelow.get(areaId) ?? 0));
  const note = releasedNote(
    tables.map(({ week }) => week),
    hiddenParts,
  );
  return {
    ...bare(figure),
    value: !isRate ? numerator : denominator ? Number(((numerator * 100_000) / denominator).toFixed(3)) : null,
    numerator,
    ...(isRate ? { denominator } : {}),
    ...(figure.estimated ? { estimated: true } : {}),
    ...(isRate && !denominator ? { reason: 'no-denominator' } : {}),
    note,
    explanation: note.en,
    dataThroughDate: tables[0]!.week.to,
  };
}

/** A share in whole steps of areas with enough people: a step is more people than a small cell. */
function wholeShare(figure: Figure): Figure {
  const { value, denominator } = figure;
  const { leastPeople, step } = smallCellPolicy.share;
  if (value === null) return withoutList({ ...figure, numerator: null });
  if (!denominator || denominator < leastPeople) return hidden(figure, 'small-cell', fewPeople);
  return {
    ...bare(figure),
    value: Number((Math.round(value / step) * step).toFixed(5)),
    denominator,
    ...(figure.estimated ? { estimated: true } : {}),
    ...(figure.dataThroughDate ? { dataThroughDate: figure.dataThroughDate } : {}),
    note: wholePercent,
    explanation: wholePercent.en,
  };
}
