import { spellingsOf } from '../column-spelling.ts';
import type { Row } from './row.ts';

/** So many lines may stand above the column names: a title, the office, the date, and what is left of merged cells. */
const mostAbove = 12;
/** Records that are looked at to find the column names. */
export const headRecords = mostAbove + 30;

const filled = (cells: string[]) => cells.filter((cell) => cell.trim() !== '');

/**
 * Index of the record that names the columns. The one with the most names that the kind knows; where none is known, the first that is as wide as
 * the records below it, for titles fill one or two cells.
 *
 * @param names plain names of columns that the kind knows
 */
export function headerIndex(records: Pick<Row, 'cells'>[], names: ReadonlySet<string> = new Set()): number {
  const near = records.slice(0, mostAbove + 1);
  const known = near.map(
    ({ cells }) => new Set(cells.flatMap((cell) => spellingsOf(cell).find((name) => names.has(name)) ?? [])).size,
  );
  const most = Math.max(0, ...known);
  if (most >= 2 || (most === 1 && known[0] === 1)) return known.indexOf(most);
  const widths = records.slice(1).map(({ cells }) => filled(cells).length);
  const usual = widths.toSorted((a, b) => a - b)[widths.length >> 1] ?? 0;
  const first = filled(records[0]?.cells ?? []).length;
  if (usual < 2 || first * 2 > usual) return 0;
  const wide = near.findIndex(({ cells }) => filled(cells).length * 3 >= usual * 2);
  return Math.max(0, wide);
}
