import type { Words } from '#contracts/words.ts';
import { asideOf, columnNamesAgain, noteBelow, ofAnotherTable } from './aside.ts';
import { findHeader, headRecords, namesOtherColumns } from './header-line.ts';
import { isBlankRow, type Row, type Table } from './row.ts';
import { type Damage, DamagedFile, damageLimit } from './structural-damage.ts';

/** Records of a file from its start, the column names among them, as often as it takes. What is damaged is noted, and reading goes on. */
export type ReadRecords = (damaged: Damaged, onRead?: (bytes: number) => void) => AsyncGenerator<Row>;

/**
 * A table of records: the columns from its head. Its rows are read later, as often as it takes.
 *
 * @param names plain names of columns that the kind knows: they tell the column names from titles above them
 * @throws DamagedFile when there is no line with column names
 */
export async function recordTable(read: ReadRecords, names?: ReadonlySet<string>): Promise<Table> {
  const first: Row[] = [];
  const early = newDamage();
  for await (const row of read(early.add)) {
    if (!isBlankRow(row)) first.push(row);
    if (first.length === headRecords) break;
  }
  const header = findHeader(first, names);
  if (!header) {
    if (early.total === 0) early.add(1, 'no line with column names', 'không có dòng tên cột');
    throw early.error();
  }
  const { columns } = header;
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  const above = first.slice(0, header.index);
  return {
    columns,
    unit: 'line',
    ...(above.length
      ? { findings: [titleLines(above, header.line)], titles: above.map(({ cells }) => cells.join(' ')) }
      : {}),
    rows: (options) => rows(read, { columns, names, twice, headerLine: header.line }, options?.onRead),
  };
}

function titleLines(above: Row[], headerLine: number): Words {
  const first = above[0]!.cells.find((cell) => cell.trim() !== '')!.slice(0, 60);
  return {
    vi: `Tên cột ở dòng ${headerLine}; ${above.length} dòng phía trên không được đọc ("${first}")`,
    en: `The column names stand on line ${headerLine}; ${above.length} lines above them were not read ("${first}")`,
  };
}

/** Notes where a file is not what it says it is. */
export type Damaged = (line: number, reason: string, vi: string) => void;

/** Gathers the damage of a file: the first places, and how many there are. */
export function newDamage() {
  const places: Damage[] = [];
  const vi: string[] = [];
  const found = {
    total: 0,
    add: ((line, reason, reasonVi) => {
      found.total++;
      if (places.length === damageLimit) return;
      places.push({ line, reason });
      vi.push(reasonVi);
    }) satisfies Damaged as Damaged,
    error: () => new DamagedFile(places, found.total, vi),
  };
  return found;
}

interface Layout {
  columns: string[];
  names: ReadonlySet<string> | undefined;
  /** A name that two columns bear. */
  twice: string | undefined;
  headerLine: number;
}

/** So many short lines below the rows may be notes; more are damage. */
const mostNotes = 20;

async function* rows(
  read: ReadRecords,
  { columns, names, twice, headerLine }: Layout,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Row> {
  const width = columns.length;
  /** Beyond this only columns without a name are left. */
  const named = columns.findLastIndex((name) => name !== '') + 1;
  const damage = newDamage();
  const damaged = damage.add;
  /** Lines of words alone: notes when no row follows, damage when one does. */
  let notes: Row[] = [];
  /** Line of the column names of another table, below which we are. */
  let otherTable: number | undefined;
  const namesOther = namesOtherColumns(columns, names);
  const short = ({ line, cells }: Row) =>
    damaged(line, `${cells.length} cells, the columns are ${width}`, `${cells.length} ô, số cột là ${width}`);
  for await (const row of read(damaged, onRead)) {
    const { line, cells } = row;
    if (line < headerLine) continue;
    if (line === headerLine) {
      if (twice !== undefined) damaged(line, `two columns are called "${twice}"`, `hai cột cùng tên "${twice}"`);
      continue;
    }
    if (cells.length !== width) {
      if (isNote(cells) && notes.length < mostNotes) {
        notes.push(row);
        continue;
      }
      const fits = cells.length > width ? cells.slice(width).every(isBlank) : cells.length >= named;
      if (!fits) {
        short(row);
        continue;
      }
      cells.length = Math.min(cells.length, width);
      while (cells.length < width) cells.push('');
    }
    for (const note of notes) short(note);
    notes = [];
    const own = asideOf(cells, columns);
    if (own === columnNamesAgain) otherTable = undefined;
    else if (namesOther(cells)) otherTable = line;
    const aside = otherTable === undefined ? own : ofAnotherTable(otherTable);
    // The rest of a damaged file is read for its damage only.
    if (damage.total === 0) yield aside ? { ...row, aside } : row;
  }
  if (damage.total) throw damage.error();
  for (const { line, cells } of notes)
    yield { line, cells: columns.map((_, index) => cells[index] ?? ''), aside: asideOf(cells, columns) ?? noteBelow };
}

const isBlank = (cell: string) => cell.trim() === '';
/** A total, or one cell that is a sentence. "Tân Phú" alone is where a file was cut off. */
const isNote = (cells: string[]) => {
  const filled = cells.filter((cell) => !isBlank(cell)).map((cell) => cell.trim());
  if (filled.length === 0) return false;
  const aside = asideOf(filled, ['', '', '']);
  return (
    aside !== undefined || (filled.length === 1 && /\p{L}{2}/u.test(filled[0]!) && /:|(?:\S+\s+){3}\S/.test(filled[0]!))
  );
};
