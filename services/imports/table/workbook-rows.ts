import { parentPort, workerData } from 'node:worker_threads';
import readWorkbook from 'read-excel-file/universal';

/** What a workbook holds: each sheet with its rows from the first one, each cell as text. */
export interface Sheet {
  name: string;
  rows: string[][];
}

const dayMs = 86_400_000;
/** Before this a "date" is a time of day: spreadsheets count days from the end of 1899. */
const firstDay = Date.UTC(1900, 0, 2);

/**
 * A cell as it would be typed. Days are written year first, so that nobody has to ask which number is the month. A number knows its own decimal point: a fraction of three
 * digits gets a fourth, or 12.345 kilometres might be taken for twelve thousand.
 */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dayText(value);
  if (typeof value === 'number') return /\.\d{3}$/.test(String(value)) ? `${value}0` : String(value);
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  return String(value)
    .normalize('NFC')
    .replace(/\s*\r?\n\s*/g, ' ');
}

function dayText(value: Date): string {
  // A spreadsheet keeps a moment as a part of a day: half past seven comes out some milliseconds beside it.
  const ms = Math.round(value.getTime() / 1000) * 1000;
  const text = new Date(ms).toISOString();
  if (ms < firstDay) return text.slice(11, 19);
  return ms % dayMs === 0 ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
}

/** @throws what the library throws: it is no workbook, or a damaged one */
export async function readSheets(bytes: Uint8Array): Promise<Sheet[]> {
  const copy = new Uint8Array(bytes);
  const sheets = await readWorkbook(copy.buffer);
  return sheets.map(({ sheet, data }) => ({ name: sheet, rows: data.map((row) => row.map(cellText)) }));
}

// A workbook of a megabyte takes a second to read: the door goes on meanwhile.
if (parentPort && workerData?.workbook) parentPort.postMessage(await readSheets(workerData.workbook as Uint8Array));
