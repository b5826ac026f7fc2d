import { type Readable, Transform } from 'node:stream';
import { parse } from 'csv-parse';
import { sniffDelimiter } from './delimiter.ts';
import { type Damaged, type ReadRecords, recordTable } from './record-table.ts';
import type { Row, Table } from './row.ts';
import { encodingOf, headBytes, headOf, type SourceFile } from './source-bytes.ts';

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
  const separator = separatorLine.exec(head.split(/\r?\n/, 1)[0]!)?.[1];
  const delimiter = separator === '\\t' ? '\t' : (separator ?? sniffDelimiter(head));
  const read: ReadRecords = async function* (damaged, onRead) {
    for await (const row of records(source, delimiter, damaged, onRead)) if (!separator || row.line !== 1) yield row;
  };
  return { ...(await recordTable(read, names)), delimiter };
}

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
