import { ValueError } from './value-error.ts';

/** Which sign stands before the decimals: vi 1.234,5 · en 1,234.5. */
export type NumberFormat = 'vi' | 'en';

const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const thousandsByComma = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;
const decimalComma = /^[+-]?\d+,\d{1,2}$/;

const forms: Record<NumberFormat, RegExp> = {
  en: /^[+-]?(?:\d+|[1-9]\d{0,2}(?:,\d{3})+)?(?:\.\d*)?(?:e[+-]?\d+)?$/i,
  vi: /^[+-]?(?:\d+|[1-9]\d{0,2}(?:\.\d{3})+)?(?:,\d*)?(?:e[+-]?\d+)?$/i,
};

/** Ordinary, no-break, narrow no-break, thin and figure space, and the Swiss apostrophe: a group of three digits may follow each of them. */
const spaced = /^([+-]?\d{1,3})((?:[ \u00a0\u202f\u2009\u2007'’]\d{3})+)((?:[.,]\d*)?)$/;

function tidied(text: string): string {
  const trimmed = text.trim().replace(/^\u2212/, '-');
  const groups = spaced.exec(trimmed);
  return groups ? `${groups[1]}${groups[2]!.replace(/\D/g, '')}${groups[3]}` : trimmed;
}

/** What a text says under each convention; a convention that does not allow it is left out. */
export function readingsOf(text: string): Partial<Record<NumberFormat, number>> {
  const number = tidied(text);
  if (!/\d/.test(number)) return {};
  const grouped = spaced.test(text.trim());
  const found: Partial<Record<NumberFormat, number>> = {};
  for (const format of ['en', 'vi'] as const) {
    if (!forms[format].test(number)) continue;
    const [thousands, decimal] = format === 'en' ? [',', '.'] : ['.', ','];
    // Where spaces make the groups, the one sign that is left stands before the decimals.
    if (grouped && number.includes(thousands)) continue;
    const value = Number(number.replaceAll(thousands, '').replace(decimal, '.'));
    if (Number.isFinite(value)) found[format] = value;
  }
  return found;
}

const notANumber = () => new ValueError('not a number', 'không phải là số');

/**
 * A number by the convention of its column. Without one (no cell of the column depends on it): 1234.5, 1,234.5, 12,5, where "1.234" is a little
 * over one and a decimal comma is believed only with one or two digits behind it.
 *
 * @throws ValueError
 */
export function parseNumber(text: string, format?: NumberFormat): number {
  if (format) {
    const value = readingsOf(text)[format];
    if (value !== undefined) return value;
    if (Object.keys(readingsOf(text)).length)
      throw new ValueError(
        `not a number as its column writes them (${format === 'vi' ? '1.234,5' : '1,234.5'})`,
        `không phải là số theo cách viết của cột (${format === 'vi' ? '1.234,5' : '1,234.5'})`,
      );
    throw notANumber();
  }
  const trimmed = tidied(text).replaceAll('\u00a0', '');
  if (plainNumber.test(trimmed)) return Number(trimmed);
  if (thousandsByComma.test(trimmed)) return Number(trimmed.replaceAll(',', ''));
  if (decimalComma.test(trimmed)) return Number(trimmed.replace(',', '.'));
  throw notANumber();
}

/** A whole number; "10033.0" of a spreadsheet is one. @throws ValueError */
export function parseWhole(text: string, format?: NumberFormat): number {
  const value = parseNumber(text, format);
  if (!Number.isInteger(value)) throw new ValueError('not a whole number', 'không phải là số nguyên');
  return value;
}

/** From here on decimals cannot be a thousands mark that a spreadsheet took for a decimal point. */
const leastInParts = 1000;

/**
 * People counted in parts, as some sources estimate them (27613.09), as whole people. Below 1000 a part is no estimate: 38.45 is what is left of
 * 38.450 people.
 *
 * @throws ValueError
 */
export function parsePeople(text: string, format?: NumberFormat): number {
  const value = parseNumber(text, format);
  if (!Number.isInteger(value) && Math.abs(value) < leastInParts)
    throw new ValueError(
      `not a whole number; a part is taken for an estimate from ${leastInParts} on`,
      `không phải là số nguyên; chỉ từ ${leastInParts} trở lên phần lẻ mới được coi là ước tính`,
    );
  return Math.round(value);
}
