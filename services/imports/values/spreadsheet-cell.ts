/** `="0123"`: how a spreadsheet is made to keep a text as it is. */
const textFormula = /^=\s*"((?:[^"]|"")*)"$/;
/** An apostrophe before figures alone, or before what would be a formula: "text follows". The one of 'S-Hertogenbosch or '76 Gas stays. */
const textMark = /^'+(?=[=+\-@\t\r\n])|^'(?=\d[\d .,/-]*$)/;

/** A cell without what was put around it so that a spreadsheet would leave it alone. Takes back what `spreadsheetCell` of the CSV writer does. */
export function unwrapped(cell: string): string {
  const formula = textFormula.exec(cell.trim());
  if (formula) return formula[1]!.replaceAll('""', '"');
  return textMark.test(cell) ? cell.slice(1) : cell;
}

/** "#N/A", "#REF!", "#DIV/0!", "#####": the spreadsheet had no value to show. */
export const isSpreadsheetError = (cell: string): boolean =>
  /^#(?:N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA|FIELD!|BLOCKED!|CONNECT!|ERROR!)$|^#{3,}$|^Err:\d{3}$/i.test(
    cell.trim(),
  );
