/** Excel reads a CSV as UTF-8 only when it begins with this. */
export const byteOrderMark = '\uFEFF';

/** What a spreadsheet would take for a formula, however many apostrophes stand before it. */
const formula = /^'*[=+\-@\t\r\n]/;
const negativeNumber = /^-\d+(?:[.,]\d+)*$/;

/**
 * A cell that a spreadsheet shows as it is and does not run: an apostrophe goes before what would be a formula. A negative number stays one.
 * `unwrapped` takes it back.
 * Source: OWASP, CSV Injection.
 */
export const spreadsheetCell = (cell: string): string =>
  formula.test(cell) && !negativeNumber.test(cell) ? `'${cell}` : cell;

/** A line of a CSV for people (RFC 4180), with its end. */
export const csvLine = (cells: string[]): string =>
  `${cells.map((cell) => quoted(spreadsheetCell(cell))).join(',')}\r\n`;

const quoted = (cell: string) => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
