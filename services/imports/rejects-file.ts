import { closeSync, fstatSync, ftruncateSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { RowProblem } from '#contracts/http/imports.ts';
import { byteOrderMark, csvLine } from './csv-line.ts';
import type { RejectedRow } from './run-import.ts';

/** Ours stand before the columns of the file. No kind takes one of them for a field: the mended file is sent again as it is. */
const ours = ['line', 'column', 'value', 'why rejected', 'lý do bị loại'];

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

  /** One line a row, whatever is wrong with it: a row that is mended and sent again is one row. */
  add(rejected: RejectedRow[]): void {
    for (const { problems, cells } of rejected) {
      const [line] = problems.map((problem) => problem.line);
      const joined = (of: (problem: RowProblem) => string) => problems.map(of).join(' | ');
      this.write([
        String(line),
        joined(({ column }) => column),
        joined(({ value }) => value),
        joined(({ reason }) => reason),
        joined(({ reason, reasonVi }) => reasonVi ?? reason),
        ...cells,
      ]);
    }
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private write(cells: string[]): void {
    writeSync(this.file!, csvLine(cells), fstatSync(this.file!).size);
  }
}
