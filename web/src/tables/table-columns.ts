/** A column of a table of things that are of one kind. */
export interface Column<Row> {
  key: string;
  name: string;
  /** By what it is sorted; missing: unknown, which stands last in either direction. */
  value: (row: Row) => string | number | null | undefined;
  /** What is read, and saved; left out: the value as it is. */
  text?: (row: Row) => string;
  numeric?: boolean;
  /** Never broken into lines: a moment, a number of a file. */
  whole?: boolean;
  /** Said under the heading of a column whose name does not say all. */
  note?: string;
  /** It cannot be sorted, such as a picture. */
  unsorted?: boolean;
}

export const textOf = <Row>(column: Column<Row>, row: Row): string =>
  column.text?.(row) ?? String(column.value(row) ?? '');
