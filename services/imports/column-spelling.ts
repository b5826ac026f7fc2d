import { plainText } from '#contracts/names.ts';

/** "thong_tin/ma_ca" of Kobo, "thong_tin:ma_ca" and "thong_tin-ma_ca" of ODK: the question behind its group. A hyphen between words is none. */
const behindGroup = (column: string) => column.split(/^\w+(?:-\w+)+$/.test(column) ? '-' : /[/:]/).at(-1)!;
/** "2. Dân số (người)": the name without its number and its unit. */
const withoutUnit = (column: string) =>
  column.replace(/^\s*\(?\d+\s*[.)]\s*/, '').replace(/\([^)]*\)|\[[^\]]*\]/g, ' ');

/** "DateConfirmation": words that only their capitals part. */
const apart = (column: string) => column.replace(/([a-z\d])([A-Z])/g, '$1 $2');

/** How a column's name may be read, as compared with the names that a kind knows: whole, without a form's group, without number and unit, with its words apart. */
export const spellingsOf = (column: string): [string, string, string, string] => [
  plainText(column),
  plainText(behindGroup(column)),
  plainText(withoutUnit(column)),
  plainText(apart(behindGroup(column))),
];
