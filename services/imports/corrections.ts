import type { CellCorrection } from '#contracts/http/imports.ts';
import { plainText } from '#contracts/names.ts';
import type { Words } from '#contracts/words.ts';
import { MappingError } from './mapping.ts';
import type { Row, Table } from './table/row.ts';

/** A table whose cells are read as somebody has mended them. */
export interface CorrectedTable {
  table: Table;
  /** After the whole table was read once: why not every correction has found its cell; undefined: each has. */
  leftOver: () => Words | undefined;
}

/**
 * Lays corrections over a table. The file stays as it is; of two corrections of one cell the later one holds. Only cells are mended: what damages a file is in none.
 *
 * @throws MappingError for a column that the file does not have
 */
export function openCorrected(table: Table, corrections: readonly CellCorrection[] = []): CorrectedTable {
  if (corrections.length === 0) return { table, leftOver: () => undefined };
  const byLine = new Map<number, Map<number, string>>();
  const unknown = new Set<string>();
  for (const { line, column, value } of corrections) {
    const index = indexOf(table.columns, column);
    if (index < 0) unknown.add(column);
    const cells = byLine.get(line) ?? new Map<number, string>();
    byLine.set(line, cells.set(index, value.normalize('NFC')));
  }
  if (unknown.size)
    throw new MappingError(
      [...unknown].map((column) => ({
        en: `no column "${column}" to correct; the columns are ${table.columns.join(', ')}`,
        vi: `không có cột "${column}" để sửa; các cột là ${table.columns.join(', ')}`,
      })),
    );
  const found = new Set<number>();
  const corrected = (row: Row): Row => {
    const cells = byLine.get(row.line);
    if (!cells || row.aside) return row;
    found.add(row.line);
    return { ...row, cells: row.cells.map((cell, index) => cells.get(index) ?? cell), mended: new Set(cells.keys()) };
  };
  return {
    table: {
      ...table,
      rows: async function* (options) {
        for await (const row of table.rows(options)) yield corrected(row);
      },
    },
    leftOver: () => {
      const lines = [...byLine.keys()].filter((line) => !found.has(line)).sort((a, b) => a - b);
      if (lines.length === 0) return undefined;
      const some = lines.slice(0, 10).join(', ');
      return {
        en: `no row to correct on line ${some}: was the file changed since?`,
        vi: `không có dòng nào để sửa ở dòng ${some}: tệp đã bị thay đổi chăng?`,
      };
    },
  };
}

function indexOf(columns: string[], name: string): number {
  const exact = columns.indexOf(name);
  return exact >= 0 ? exact : columns.findIndex((known) => plainText(known) === plainText(name));
}
