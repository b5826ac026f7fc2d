import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A CSV file as columns of text. Plain or gzipped; quoted fields may hold commas, not line breaks. */
export class CsvTable {
  readonly rows: string[][];
  private readonly index: Map<string, number>;
  private readonly name: string;

  constructor(name: string, text: string) {
    this.name = name;
    const lines = text.split(/\r?\n/);
    this.index = new Map(fields(lines[0] ?? '').map((column, i) => [column, i]));
    this.rows = [];
    for (let i = 1; i < lines.length; i++) if (lines[i] !== '') this.rows.push(fields(lines[i]!));
  }

  /** position of a column; throws naming file and column when it is missing */
  column(name: string): number {
    const at = this.index.get(name);
    if (at === undefined) throw new Error(`${this.name}: column "${name}" is missing`);
    return at;
  }
}

export function readCsv(path: string): CsvTable {
  const bytes = readFileSync(path);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8');
  return new CsvTable(path, text);
}

function fields(line: string): string[] {
  if (!line.includes('"')) return line.split(',');
  const out: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g))
    out.push(match[1] === undefined ? (match[2] ?? '') : match[1].replaceAll('""', '"'));
  return out;
}
