import { parse } from 'csv-parse';
import { sniffDelimiter } from './delimiter.ts';
import type { Row, Table } from './row.ts';
import { headOf, type SourceFile } from './source-bytes.ts';
import { type Damage, DamagedFile, damageLimit } from './structural-damage.ts';

/** Lines that a merge left behind (git): the file holds two versions of itself. */
const conflictMarker = /^(<{7}|={7}|>{7}|\|{7})(\s|$)/;

/** Opens a CSV: delimiter and columns from its head. Its rows are read later, as often as it takes. */
export async function csvTable(source: SourceFile): Promise<Table> {
  const delimiter = sniffDelimiter(await headOf(source));
  let columns: string[] | undefined;
  const early: Damage[] = [];
  for await (const { cells } of records(source, delimiter, (line, reason) => early.push({ line, reason }))) {
    columns = cells;
    break;
  }
  if (!columns) throw new DamagedFile(early.length ? early : [{ line: 1, reason: 'no line with column names' }]);
  const width = columns.length;
  const twice = columns.find((name, index) => name !== '' && columns.indexOf(name) !== index);
  return {
    columns: columns.map((name) => name.trim()),
    delimiter,
    unit: 'line',
    rows: (options) => rows(source, delimiter, width, twice, options?.onRead),
  };
}

async function* rows(
  source: SourceFile,
  delimiter: string,
  width: number,
  twice: string | undefined,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Row> {
  const damage: Damage[] = [];
  let total = 0;
  const damaged = (line: number, reason: string) => {
    total++;
    if (damage.length < damageLimit) damage.push({ line, reason });
  };
  let header = true;
  for await (const { line, cells } of records(source, delimiter, damaged, onRead)) {
    if (header) {
      header = false;
      if (twice !== undefined) damaged(line, `two columns are called "${twice}"`);
      continue;
    }
    if (cells.length !== width) damaged(line, `${cells.length} cells, the columns are ${width}`);
    // The rest of a damaged file is read for its damage only.
    else if (total === 0) yield { line, cells };
  }
  if (total) throw new DamagedFile(damage, total);
}

/** Records with their first line. Merge conflicts, broken quotes and bytes that are not UTF-8 are told as damage. */
async function* records(
  source: SourceFile,
  delimiter: string,
  damaged: (line: number, reason: string) => void,
  onRead?: (bytes: number) => void,
): AsyncGenerator<Row> {
  const parser = parse({ delimiter, bom: true, relax_column_count: true, info: true, skip_empty_lines: false });
  const bytes = await source.open(onRead);
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
        damaged(first, `a merge conflict was left in the file (${record[0]!.slice(0, 20)})`);
        continue;
      }
      const cells = record.map(normalForm);
      if (cells.some((cell) => cell.includes('\uFFFD'))) damaged(first, 'bytes that are not UTF-8');
      yield { line: first, cells };
    }
  } catch (error) {
    const { code, lines, message } = error as { code?: string; lines?: number; message: string };
    if (code?.startsWith('CSV_')) damaged(lines ?? line, `not CSV: ${message}`);
    else if (code?.startsWith('Z_')) damaged(line, `the compressed file is cut off or damaged (${code})`);
    else throw error;
  } finally {
    bytes.destroy();
  }
}

const plain = /^[\x20-\x7e]*$/;
/** Vietnamese text comes in both forms; NFC is kept. */
const normalForm = (cell: string) => (plain.test(cell) ? cell : cell.normalize('NFC'));
