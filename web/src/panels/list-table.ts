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
