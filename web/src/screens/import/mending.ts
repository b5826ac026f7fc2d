import type { CellCorrection, RowProblem } from '@vungxanh/services/contracts/http/imports.ts';
import type { FieldType } from '@vungxanh/services/contracts/import-kind.ts';
import { typedDay } from '../../i18n/typed-day.ts';

/** A cell that somebody typed anew. */
export interface MendedCell extends CellCorrection {
  /** As it was typed; `value` is what is sent. */
  typed: string;
  /** What stands in the file. */
  was: string;
}

/** A cell on the list of what is to be mended. */
export interface CellToMend {
  line: number;
  column: string;
  /** What stands in the file. */
  was: string;
  /** What was typed last; undefined: nothing yet. */
  typed: string | undefined;
  /** What is wrong with it as it stands now; empty: nothing any more. */
  faults: RowProblem[];
  /** There is no such cell in the file: the row as a whole is refused, or a column is missing. */
  isWhole: boolean;
  /** The other cells of the row, as far as they say something. */
  row: readonly string[];
}

/** A day typed day first is sent as the services read it everywhere; everything else as it was typed. */
export const sentValue = (typed: string, type: FieldType | undefined): string =>
  (type === 'day' || type === 'instant' ? typedDay(typed) : null) ?? typed.trim();

interface Judged {
  columns?: string[] | undefined;
  rejectedRows: readonly RowProblem[];
  rejectedLines?: { line: number; cells: string[] }[] | undefined;
}

/** Cells with faults, and those that were mended and have none any more, as they stand in the file: by line, then by column. */
export function cellsToMend(
  { columns = [], rejectedRows, rejectedLines = [] }: Judged,
  mended: readonly MendedCell[],
): CellToMend[] {
  const cells = new Map<string, CellToMend>();
  const rowOf = new Map(rejectedLines.map(({ line, cells: own }) => [line, own]));
  const cellOf = (line: number, column: string, was: string): CellToMend => {
    const key = `${line} ${column}`;
    const known = cells.get(key);
    if (known) return known;
    const row = (rowOf.get(line) ?? []).map((cell) => cell.trim()).filter((cell) => cell !== '');
    const cell = { line, column, was, typed: undefined, faults: [], isWhole: !columns.includes(column), row };
    cells.set(key, cell);
    return cell;
  };
  for (const { line, column, was, typed } of mended) cellOf(line, column, was).typed = typed;
  for (const fault of rejectedRows) {
    const { line, column } = fault;
    const whole = rowOf.get(line)?.[columns.indexOf(column)];
    cellOf(line, column, whole ?? fault.value).faults.push(fault);
  }
  const placeOf = ({ column }: CellToMend) => columns.indexOf(column);
  return [...cells.values()].sort((one, other) => one.line - other.line || placeOf(one) - placeOf(other));
}

/** The list with a cell typed anew: of one cell the last is kept, and what is typed as it was is no correction. */
export function withMended(mended: readonly MendedCell[], cell: MendedCell): MendedCell[] {
  const others = mended.filter(({ line, column }) => line !== cell.line || column !== cell.column);
  return cell.value === cell.was ? others : [...others, cell];
}
