import { type Readable, Transform } from 'node:stream';
import { parse } from 'csv-parse';
import type { Words } from '#contracts/words.ts';
import { asideOf, noteBelow } from './aside.ts';
import { sniffDelimiter } from './delimiter.ts';
import { findHeader, headRecords } from './header-line.ts';
import { isBlankRow, type Row, type Table } from './row.ts';
import { encodingOf, headBytes, headOf, type SourceFile } from './source-bytes.ts';
import { type Damage, DamagedFile, damageLimit } from './structural-damage.ts';

/** Lines that a merge left behind (git): the file holds two versions of itself. */
const conflictMarker = /^(<{7}|={7}|>{7}|\|{7})(\s|$)/;

/** What Excel writes and reads before everything else: "sep=;". */
const separatorLine = /^"?sep=(\\t|.)"?\s*$/i;

/**
 * Opens a CSV: delimiter and columns from its head. Its rows are read later, as often as it takes.
 *
 * @param names plain names of columns that the kind knows: they tell the column names from titles above them
 */
export async function csvTable(source: SourceFile, names?: ReadonlySet<string>): Promise<Table> {
  const head = await headOf(source);
  if (head.startsWith('PK\u0003\u0004'))
    throw new DamagedFile(
      [{ line: 1, reason: 'a workbook (.xlsx); in the spreadsheet save the sheet as CSV UTF-8' }],
      1,
      ['tệp bảng tính (.xlsx); trong bảng tính hãy lưu trang dưới dạng CSV UTF-8'],
    );
  const separator = separatorLine.exec(head.split(/\r?\n/, 1)[0]!)?.[1];
  const delimiter = separator === '\\t' ? '\t' : (separator ?? sniffDelimiter(head));
  const first: Row[] = [];
  const early = newDamage();
  for await (const row of records(source, delimiter, early.add)) {
    if (separator && row.line === 1) continue;
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
    delimiter,
    unit: 'line',
    ...(above.length ? { findings: [titleLines(above, header.line)] } : {}),
    rows: (options) => rows(source, { delimiter, columns, twice, headerLine: header.line }, options?.onRead),
  };
}

function titleLines(above: Row[], headerLine: number): Words {
  const first = above[0]!.cells.find((cell) => cell.trim() !== '')!.slice(0, 60);
  return {
    vi: `Tên cột ở dòng ${headerLine}; ${above.length} dòng phía trên không được đọc ("${first}")`,
    en: `The column names stand on line ${headerLine}; ${above.length} lines above them were not read ("${first}")`,
  };
}

type Damaged = (line: number, reason: string, vi: string) => void;

/** Gathers the damage of a file: the first places, and how many there are. */
function newDamage() {
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
  delimiter: string;
  columns: string[];
  /** A name that two columns bear. */
  twice: string | undefined;
  headerLine: number;
}

/** So many short lines below the rows may be notes; more are damage. */
const mostNotes = 20;

async function* rows(
  source: SourceFile,
  { delimiter, columns, twice, headerLine }: Layout,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Row> {
  const width = columns.length;
  /** Beyond this only columns without a name are left. */
  const named = columns.findLastIndex((name) => name !== '') + 1;
  const damage = newDamage();
  const damaged = damage.add;
  /** Lines of words alone: notes when no row follows, damage when one does. */
  let notes: Row[] = [];
  const short = ({ line, cells }: Row) =>
    damaged(line, `${cells.length} cells, the columns are ${width}`, `${cells.length} ô, số cột là ${width}`);
  for await (const row of records(source, delimiter, damaged, onRead)) {
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
    const aside = asideOf(cells, columns);
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

/** Records with their first line. Merge conflicts, broken quotes and bytes that are not UTF-8 are told as damage. */
async function* records(
  source: SourceFile,
  delimiter: string,
  damaged: Damaged,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Row> {
  const encoding = encodingOf(await headBytes(source, 2));
  // A quote within a cell is a letter: ten inches, and what a programme writes for Excel, ="0123".
  const parser = parse({
    relax_quotes: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    bom: true,
    relax_column_count: true,
    info: true,
    skip_empty_lines: false,
  });
  const bytes = inUtf8(await source.open(onRead), encoding);
  bytes.on('error', (error) => parser.destroy(error));
  bytes.pipe(parser);
  let line = 1;
  try {
    for await (const part of parser) {
      const { record, info } = part as { record: string[]; info: { lines: number } };
      const first = line;
      line = info.lines + 1;
      if (record.length === 1 && record[0]!.trim() === '') continue;
      if (conflictMarker.test(record[0]!)) {
        const mark = record[0]!.slice(0, 20);
        damaged(first, `a merge conflict was left in the file (${mark})`, `tệp còn sót xung đột khi gộp (${mark})`);
        continue;
      }
      const cells = record.map(normalForm);
      if (cells.some((cell) => cell.includes('\uFFFD')))
        damaged(first, 'bytes that are not UTF-8', 'có byte không phải UTF-8; hãy lưu tệp dưới dạng CSV UTF-8');
      yield { line: first, cells };
    }
  } catch (error) {
    const { code, lines, message } = error as { code?: string; lines?: number; message: string };
    if (code?.startsWith('CSV_')) damaged(lines ?? line, `not CSV: ${message}`, `không phải CSV: ${message}`);
    else if (code?.startsWith('Z_'))
      damaged(line, `the compressed file is cut off or damaged (${code})`, `tệp nén bị cụt hoặc hỏng (${code})`);
    else throw error;
  } finally {
    bytes.destroy();
  }
}

/** csv-parse knows the other encodings by their marks. */
function inUtf8(bytes: Readable, encoding: ReturnType<typeof encodingOf>): Readable {
  if (encoding !== 'utf-16be') return bytes;
  const decoder = new TextDecoder(encoding);
  const text = bytes.pipe(
    new Transform({
      transform: (part: Buffer, _encoding, done) => done(null, decoder.decode(part, { stream: true })),
    }),
  );
  bytes.on('error', (error) => text.destroy(error));
  return text;
}

const plain = /^[\x20-\x7e]*$/;
/** Vietnamese text comes in both forms; NFC is kept. */
const normalForm = (cell: string) => (plain.test(cell) ? cell : cell.normalize('NFC'));
