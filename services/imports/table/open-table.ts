import { csvTable } from './csv-table.ts';
import { geojsonTable } from './geojson-table.ts';
import type { Table } from './row.ts';
import { headOf, type SourceFile } from './source-bytes.ts';

/**
 * A table from a file, by what is in it: GeoJSON begins with a brace, all else is CSV.
 * @param names plain names of columns that the kind knows, to find the line with the column names
 */
export async function openTable(source: SourceFile, names?: ReadonlySet<string>): Promise<Table> {
  return /^\s*\{/.test(await headOf(source, 1024)) ? geojsonTable(source) : csvTable(source, names);
}
