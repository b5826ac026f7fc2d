import { csvOf } from './csv.ts';

/** A cell as it is read, and what it stands for: a number, a day (yyyy-mm-dd), or the text itself. */
export interface SavedCell {
  text: string;
  value: unknown;
}
/** Kinds of files that a table is saved as. */
export const tableFormats = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof tableFormats)[number];

const day = /^\d{4}-\d{2}-\d{2}$/;

/** A cell of a workbook: a number stays one, so that it can be summed, and a day is a day. Text is text: a workbook runs no formula that is not written as one. */
export function workbookCell({ text, value }: SavedCell) {
  if (typeof value === 'number' && Number.isFinite(value))
    return { value, type: Number, ...(text.includes('%') ? { format: '0.0%' } : {}) };
  if (typeof value === 'string' && day.test(value))
    return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'dd/mm/yyyy' };
  return text === '' ? null : { value: text, type: String };
}

/**
 * Hands a table to the browser as a file: these columns, words, rows and this order.
 * @param file its name without the ending
 */
export async function saveTable(
  file: string,
  headings: readonly string[],
  rows: readonly (readonly SavedCell[])[],
  format: TableFormat,
): Promise<void> {
  const blob =
    format === 'csv'
      ? new Blob(
          [
            csvOf(
              headings,
              rows.map((row) => row.map(({ text }) => text)),
            ),
          ],
          { type: 'text/csv;charset=utf-8' },
        )
      : await workbookOf(headings, rows);
  const link = URL.createObjectURL(blob);
  Object.assign(document.createElement('a'), { href: link, download: `${file}.${format}` }).click();
  URL.revokeObjectURL(link);
}

/** Loaded when somebody asks for it. */
export async function workbookOf(headings: readonly string[], rows: readonly (readonly SavedCell[])[]): Promise<Blob> {
  const { default: writeWorkbook } = await import('write-excel-file/universal');
  const head = headings.map((value) => ({ value, type: String, fontWeight: 'bold' as const }));
  return writeWorkbook([head, ...rows.map((row) => row.map(workbookCell))], { stickyRowsCount: 1 }).toBlob();
}
