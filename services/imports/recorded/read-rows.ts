import { csvTable } from '../table/csv-table.ts';
import { fileOnDisk } from '../table/source-bytes.ts';

/** Rows of a CSV as objects by column name, with the line that they stand on. Throws DamagedFile like the import. */
export async function* readRows<Column extends string>(
  path: string,
): AsyncGenerator<Record<Column, string> & { line: number }> {
  const table = await csvTable(await fileOnDisk(path, path));
  for await (const { line, cells } of table.rows()) {
    const row: Record<string, string | number> = { line };
    table.columns.forEach((column, index) => {
      row[column] = cells[index]!;
    });
    yield row as Record<Column, string> & { line: number };
  }
}
