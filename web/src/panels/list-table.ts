export interface Sorting {
  column: string;
  descending: boolean;
}
type Row = Record<string, unknown>;

/** Numbers by size, days and moments by time, words as Vietnamese sorts them; what is missing last, in either direction. Rows that are equal stay as they were. */
export function sorted(rows: readonly Row[], sorting: Sorting | undefined): readonly Row[] {
  if (!sorting) return rows;
  const { column, descending } = sorting;
  return rows.toSorted((a, b) => {
    const [one, other] = [a[column] ?? '', b[column] ?? ''];
    if (one === '' || other === '') return Number(one === '') - Number(other === '');
    const order =
      typeof one === 'number' && typeof other === 'number'
        ? one - other
        : String(one).localeCompare(String(other), 'vi', { numeric: true });
    return descending ? -order : order;
  });
}

/** The next sorting when a heading is pressed: up, down, as it came. */
export const nextSorting = (sorting: Sorting | undefined, column: string): Sorting | undefined =>
  sorting?.column !== column
    ? { column, descending: false }
    : sorting.descending
      ? undefined
      : { column, descending: true };

/** A cell that a spreadsheet would run as a formula is kept as text. Source: OWASP, CSV Injection. */
const harmless = (cell: string) => (/^[=+\-@\t\r]/.test(cell) && !/^[+-]?[\d.,]+$/.test(cell) ? `'${cell}` : cell);
const quoted = (cell: string) => (/[",;\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** What is seen as a file that spreadsheets open (RFC 4180, UTF-8 with its mark, so that Vietnamese letters are read). */
export const csvOf = (headings: readonly string[], rows: readonly (readonly string[])[]): string =>
  `\uFEFF${[headings, ...rows].map((row) => row.map((cell) => quoted(harmless(cell))).join(',')).join('\r\n')}\r\n`;
