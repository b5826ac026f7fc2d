import { ValueError } from './value-error.ts';

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const thousandsByComma = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const decimalComma = /^[+-]?\d+,\d{1,2}$/;

/**
 * A number as people write it: 1234.5, 1,234.5, 12,5. "1.234" is read as a little over one, as spreadsheets write it; a decimal comma is
 * believed only with one or two digits behind it.
 */
export function parseNumber(text: string): number {
  const trimmed = text.trim().replaceAll('\u00a0', '');
  if (plainNumber.test(trimmed)) return Number(trimmed);
  if (thousandsByComma.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  if (decimalComma.test(trimmed)) return Number(trimmed.replace(',', '.'));
  throw new ValueError('not a number');
}

/** A whole number; "10033.0" of a spreadsheet is one. */
export function parseWhole(text: string): number {
  const value = parseNumber(text);
  if (!Number.isInteger(value)) throw new ValueError('not a whole number');
  return value;
}
