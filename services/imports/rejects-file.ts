import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { byteOrderMark, csvLine } from './csv-line.ts';
import type { RejectedRow } from './run-import.ts';

/** Ours stand before the columns of the file; Vietnamese for people, English for programmes. */
const ours = ['line', 'column', 'value', 'reason', 'ly do'];

/** Rejected rows as a CSV that a spreadsheet opens: line, column, value, reason in both languages, then the row as it was. */
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
    else {
      writeSync(this.file, byteOrderMark);
      // A column of the file may be called as one of ours: each name stands once, so that the file can be read again.
      const names = ours.map((name) => (this.columns.includes(name) ? `${name} (rejected)` : name));
      this.write([...names, ...this.columns]);
    }
  }

  add(rejected: RejectedRow[]): void {
    for (const { problems, cells } of rejected)
      for (const { line, column, value, reason, reasonVi } of problems)
        this.write([String(line), column, value, reason, reasonVi ?? reason, ...cells]);
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private write(cells: string[]): void {
    writeSync(this.file!, csvLine(cells), fstatSync(this.file!).size);
  }
}
