import { csvTable } from './csv-table.ts';
import { geojsonTable } from './geojson-table.ts';
import type { Table } from './row.ts';
import { headOf, type SourceFile } from './source-bytes.ts';

/** A table from a file, by what is in it: GeoJSON begins with a brace, all else is CSV. */
export async function openTable(source: SourceFile): Promise<Table> {
  return /^\s*\{/.test(await headOf(source, 1024)) ? geojsonTable(source) : csvTable(source);
}
