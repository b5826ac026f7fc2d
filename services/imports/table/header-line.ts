import { saysOtherNumbers, spellingsOf } from '../column-spelling.ts';
import type { Row } from './row.ts';

/** So many lines may stand above the column names: a title, the office, the date, and what is left of merged cells. */
const mostAbove = 12;
/** Records that are looked at to find the column names. */
export const headRecords = mostAbove + 30;

const isFilled = (cell: string) => cell.trim() !== '';
const filled = (cells: string[]) => cells.filter(isFilled).length;

/** Where the rows begin, and what their columns are called. */
export interface Header {
  columns: string[];
  /** Line of the column names, the lower one where they take two. */
  line: number;
  /** Index of the first record that is part of it. */
  index: number;
}

/** How many of the names the kind knows. */
export const knownColumns = (cells: string[], names: ReadonlySet<string>): number =>
  new Set(cells.flatMap((cell) => spellingsOf(cell).find((name) => names.has(name)) ?? [])).size;

/**
 * Finds the column names among the first records, none of them blank. It is the record with the most names that the kind knows; where none is known, the
 * first that is as wide as the records below it, for titles fill one or two cells. Where cells were merged the names take two lines: each column is
 * called by the upper one with the lower one where the kind knows it so ("Số ca" over "Trong ngày"), else by the lower one, or by the upper one where that is blank.
 *
 * @param names plain names of columns that the kind knows
 */
export function findHeader(
  records: Pick<Row, 'cells' | 'line'>[],
  names: ReadonlySet<string> = new Set(),
): Header | undefined {
  const known = (cells: string[]) => knownColumns(cells, names);
  const index = headerIndex(records, known);
  const own = records[index];
  if (!own) return undefined;
  const one = { columns: own.cells.map((name) => name.trim()), line: own.line, index };
  const [withAbove, withBelow] = [index - 1, index].map((upper) => {
    const [above, below] = [records[upper], records[upper + 1]];
    const columns = above && below && twoLines(above.cells, below.cells, names);
    return columns ? { columns, line: below.line, index: upper } : undefined;
  });
  // A line of words below the names belongs to them: without it "Số ca" over "Tích lũy" would be read as new cases.
  const least = withBelow ?? one;
  return withAbove && known(withAbove.columns) > known(least.columns) ? withAbove : least;
}

/**
 * Whether a record among the rows holds column names, and others than those of the table: a second table begins. Two names of the table's own are enough, or two that the kind
 * knows where nothing else in the record could be a value.
 */
export function namesOtherColumns(
  columns: readonly string[],
  names: ReadonlySet<string> = new Set(),
): (cells: string[]) => boolean {
  const own = new Set(columns.filter(isFilled).map((name) => name.toLowerCase()));
  return (cells) => {
    const repeated = new Set(cells.map((cell) => cell.trim().toLowerCase()).filter((cell) => own.has(cell)));
    if (repeated.size > 1) return true;
    return cells.every((cell) => !/\d{2}/.test(cell)) && knownColumns(cells, names) > 1;
  };
}

function headerIndex(records: Pick<Row, 'cells'>[], known: (cells: string[]) => number): number {
  const near = records.slice(0, mostAbove + 1);
  const scores = near.map(({ cells }) => known(cells));
  // What stands above the column names is narrower: a row of values that happen to be names is no title's neighbour.
  const best = scores.findIndex((score, index) => {
    const above = near.slice(0, index).every(({ cells }) => filled(cells) < filled(near[index]!.cells));
    return score === Math.max(...scores) && (index === 0 ? score > 0 : score > 1 && above);
  });
  if (best >= 0) return best;
  const widths = records.slice(1).map(({ cells }) => filled(cells));
  const usual = widths.toSorted((a, b) => a - b)[widths.length >> 1] ?? 0;
  const first = filled(records[0]?.cells ?? []);
  if (usual < 2 || first * 2 > usual) return 0;
  return Math.max(
    0,
    near.findIndex(({ cells }) => filled(cells) * 3 >= usual * 2),
  );
}

/** Names in two lines, of which the lower one holds words only and fills what the upper one left blank; undefined: they are not. */
function twoLines(upper: string[], lower: string[], names: ReadonlySet<string>): string[] | undefined {
  const words = lower.filter(isFilled).every((cell) => /\p{L}{2}/u.test(cell) && !/\d{2}/.test(cell));
  const fills = lower.some((cell, index) => isFilled(cell) && !isFilled(upper[index] ?? ''));
  const kept = upper.some((cell, index) => isFilled(cell) && !isFilled(lower[index] ?? ''));
  if (!words || !fills || !kept || filled(upper) < 2) return undefined;
  let merged = '';
  return Array.from({ length: Math.max(upper.length, lower.length) }, (_, index) => {
    const [above, below] = [(upper[index] ?? '').trim(), (lower[index] ?? '').trim()];
    // A merged cell stands in the first of its columns.
    if (above !== '' || below === '') merged = above;
    if (below === '' || merged === '') return below || above;
    const whole = `${merged} ${below}`;
    const isKnown = spellingsOf(whole).some((name) => names.has(name));
    return isKnown || saysOtherNumbers(merged) ? whole : below;
  });
}
