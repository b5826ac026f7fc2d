import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RejectedRow } from './run-import.ts';

/** Rejected rows as a CSV that a spreadsheet opens: line, column, value, reason, then the row as it was. */
export class RejectsFile {
  readonly path: string;
  private readonly columns: string[];
  private file: number | undefined;

  constructor(path: string, columns: string[]) {
    this.path = path;
    this.columns = columns;
  }

  /** Bytes written. */
  get size(): number {
    return this.file === undefined ? 0 : fstatSync(this.file).size;
  }

  /** Begins anew; or, after an interruption, behind what was settled. */
  open(settledBytes = 0): void {
    mkdirSync(dirname(this.path), { recursive: true });
    this.file = openSync(this.path, settledBytes ? 'r+' : 'w');
    if (settledBytes) ftruncateSync(this.file, settledBytes);
    else this.write(['line', 'column', 'value', 'reason', ...this.columns]);
  }

  add(rejected: RejectedRow[]): void {
    for (const { problems, cells } of rejected)
      for (const { line, column, value, reason } of problems)
        this.write([String(line), column, value, reason, ...cells]);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private write(cells: string[]): void {
    const line = `${cells.map(quoted).join(',')}\r\n`;
    writeSync(this.file!, line, fstatSync(this.file!).size);
  }
}

const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
