import { Worker } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import type { FileQuestion } from '#contracts/http/imports.ts';
import type { Words } from '#contracts/words.ts';
import { MappingError } from '../mapping.ts';
import { findHeader, headRecords, knownColumns } from './header-line.ts';
import { type ReadRecords, recordTable } from './record-table.ts';
import type { Row, Table } from './row.ts';
import type { SourceFile } from './source-bytes.ts';
import { DamagedFile } from './structural-damage.ts';
import type { Sheet } from './workbook-rows.ts';

/** A zip, which a workbook (.xlsx) is. */
export const isZip = (head: string): boolean => head.startsWith('PK\u0003\u0004');
/** Excel 97–2003 (.xls), by the first bytes of its container. */
export const isOldWorkbook = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0;

/** It is not known which sheet is meant. */
export class WhichSheet extends MappingError {
  readonly question: FileQuestion;

  constructor(sheets: Sheet[], words: Words) {
    const names = sheets.map(({ name }) => name);
    const list = names.join(', ');
    super([
      {
        en: `${words.en}: say which with --sheet NAME, of ${list}`,
        vi: `${words.vi}: hãy chỉ trang bằng --sheet TÊN, trong ${list}`,
      },
    ]);
    this.name = 'WhichSheet';
    this.question = { asks: 'sheet', sheets: names, words };
  }
}

/** Unpacked, all sheets are in memory at once. About a million cells. */
const mostUnpackedBytes = 128 * 1024 * 1024;
const heapMegabytes = 1024;

const saveAsCsv = { en: 'save the sheet as CSV UTF-8', vi: 'hãy lưu trang dưới dạng CSV UTF-8' };
export const oldWorkbook = (): DamagedFile =>
  damaged({
    en: 'a workbook of Excel 97–2003 (.xls); save it as .xlsx, or the sheet as CSV UTF-8',
    vi: 'tệp bảng tính Excel 97–2003 (.xls); hãy lưu lại dưới dạng .xlsx hoặc CSV UTF-8',
  });

function damaged({ en, vi }: Words): DamagedFile {
  return new DamagedFile([{ line: 1, reason: en }], 1, [vi]);
}

/**
 * A sheet of a workbook (.xlsx) as a table; `line` is the row of the sheet. Where several sheets hold something it is the one that has the columns of the kind, or it is
 * asked which.
 *
 * @param names plain names of columns that the kind knows
 * @throws DamagedFile when it cannot be read @throws MappingError when it is not known which sheet is meant
 */
export async function workbookTable(source: SourceFile, names?: ReadonlySet<string>, asked?: string): Promise<Table> {
  const sheets = await sheetsOf(source);
  const sheet = chosen(sheets, names, asked);
  const records = recordsOf(sheet);
  const read: ReadRecords = async function* (_damaged, onRead) {
    onRead?.(source.size);
    yield* records;
  };
  const table = await recordTable(read, names);
  const others = sheets.length - 1;
  if (others === 0) return table;
  return {
    ...table,
    findings: [
      {
        en: `Sheet "${sheet.name}" is read, and not the ${others} other(s)`,
        vi: `Đọc trang "${sheet.name}", không đọc ${others} trang khác`,
      },
      ...(table.findings ?? []),
    ],
  };
}

async function sheetsOf(source: SourceFile): Promise<Sheet[]> {
  const bytes = await readAll(source);
  const names: string[] = [];
  let unpacked = 0;
  try {
    // Nothing is unpacked here: the list of the files in it, and their sizes, stand at its end.
    unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        names.push(name);
        unpacked += originalSize;
        return false;
      },
    });
  } catch (error) {
    throw damaged({
      en: `the workbook is cut off or damaged (${(error as Error).message})`,
      vi: 'tệp bảng tính bị cụt hoặc hỏng',
    });
  }
  if (!names.includes('xl/workbook.xml'))
    throw damaged({
      en: `a packed file that is no workbook (.xlsx); ${saveAsCsv.en}`,
      vi: `tệp nén không phải bảng tính .xlsx; ${saveAsCsv.vi}`,
    });
  if (unpacked > mostUnpackedBytes) throw tooLarge(unpacked);
  const sheets = await inWorker(bytes);
  return sheets.filter(({ rows }) => rows.some((cells) => cells.some((cell) => cell.trim() !== '')));
}

const tooLarge = (unpacked: number) =>
  damaged({
    en: `the workbook holds ${Math.ceil(unpacked / 2 ** 20)} MB unpacked, at most ${mostUnpackedBytes / 2 ** 20}; ${saveAsCsv.en}`,
    vi: `bảng tính giải nén ra ${Math.ceil(unpacked / 2 ** 20)} MB, tối đa ${mostUnpackedBytes / 2 ** 20}; ${saveAsCsv.vi}`,
  });

async function readAll(source: SourceFile): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  for await (const part of await source.open()) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Reading a workbook keeps a processor busy for seconds: it is done beside whoever asked, with a memory of its own. */
function inWorker(workbook: Uint8Array): Promise<Sheet[]> {
  const worker = new Worker(new URL('./workbook-rows.ts', import.meta.url), {
    workerData: { workbook },
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  return new Promise((done, fail) => {
    worker.on('message', done);
    worker.on('error', (error) =>
      fail(
        damaged({
          en: `the workbook cannot be read (${error.message.slice(0, 200)}); ${saveAsCsv.en}`,
          vi: `không đọc được bảng tính; ${saveAsCsv.vi}`,
        }),
      ),
    );
    worker.on('exit', () => fail(new Error('reading the workbook ended without an answer')));
  });
}

function chosen(sheets: Sheet[], names: ReadonlySet<string> | undefined, asked: string | undefined): Sheet {
  if (sheets.length === 0)
    throw damaged({ en: 'no sheet of the workbook holds anything', vi: 'không trang nào của bảng tính có dữ liệu' });
  if (asked !== undefined) {
    const one = sheets.find(({ name }) => name.normalize('NFC') === asked.normalize('NFC'));
    if (one) return one;
    throw new WhichSheet(sheets, { en: `no sheet "${asked}"`, vi: `không có trang "${asked}"` });
  }
  if (sheets.length === 1) return sheets[0]!;
  const fitting = sheets.map((sheet) => ({ sheet, known: knownIn(sheet, names) }));
  const most = Math.max(...fitting.map(({ known }) => known));
  const best = fitting.filter(({ known }) => known === most);
  if (best.length === 1 && most > 1) return best[0]!.sheet;
  throw new WhichSheet(sheets, {
    en: `${sheets.length} sheets hold something`,
    vi: `có ${sheets.length} trang có dữ liệu`,
  });
}

function knownIn(sheet: Sheet, names: ReadonlySet<string> = new Set()): number {
  const header = findHeader(recordsOf(sheet).slice(0, headRecords), names);
  return header ? knownColumns(header.columns, names) : 0;
}

/** Rows in which something stands, with their numbers. A line that fills its first cell alone is a title or a note, as in a CSV. */
function recordsOf({ rows }: Sheet): Row[] {
  return rows.flatMap((cells, index) => {
    const filled = cells.filter((cell) => cell.trim() !== '').length;
    if (filled === 0) return [];
    return [{ line: index + 1, cells: filled === 1 && cells[0]!.trim() !== '' ? [cells[0]!] : [...cells] }];
  });
}
