import { csvTable } from './csv-table.ts';
import { geojsonTable } from './geojson-table.ts';
import type { Table } from './row.ts';
import { headBytes, headOf, type SourceFile } from './source-bytes.ts';
import { isOldWorkbook, isZip, oldWorkbook, workbookTable } from './workbook-table.ts';

/**
 * A table from a file, by what is in it: GeoJSON begins with a brace, a workbook is a zip, all else is CSV.
 * @param names plain names of columns that the kind knows, to find the line with the column names
 * @param sheet of a workbook
 */
export async function openTable(source: SourceFile, names?: ReadonlySet<string>, sheet?: string): Promise<Table> {
  const head = await headOf(source, 1024);
  if (isZip(head)) return workbookTable(source, names, sheet);
  if (isOldWorkbook(await headBytes(source, 4))) throw oldWorkbook();
  return /^\s*\{/.test(head) ? geojsonTable(source) : csvTable(source, names);
}
