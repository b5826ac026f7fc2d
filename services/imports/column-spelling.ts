import { plainText } from '#contracts/names.ts';

/** "thong_tin/ma_ca" of Kobo, "thong_tin:ma_ca" and "thong_tin-ma_ca" of ODK: the question behind its group. A hyphen between words is none. */
const behindGroup = (column: string) => column.split(/^\w+(?:-\w+)+$/.test(column) ? '-' : /[/:]/).at(-1)!;
/** "2. Dân số (người)": the name without its number and its unit. */
const withoutUnit = (column: string) =>
  column.replace(/^\s*\(?\d+\s*[.)]\s*/, '').replace(/\([^)]*\)|\[[^\]]*\]/g, ' ');

/** What may stand in brackets behind a count without changing what is counted: its unit, a year, the mark of a footnote. */
const unit =
  /^(?:(?:so |don vi |dvt |tinh theo )*(?:nguoi|nguoi dan|nhan khau|khau|dan|ca|ca benh|benh nhan|bn|f0|truong hop|giuong|giuong benh|mui|lieu|lao dong|tuoi|nam|people|persons?|cases?|beds?|doses?|years?|number|count|n|no)|(?:19|20)\d{2}|\d{1,2}|)$/;
const brackets = /\(([^)]*)\)|\[([^\]]*)\]/g;
/** Words before a form's group or a merged cell that make other numbers of those below. */
const otherNumbers =
  /\b(?:tich luy|luy ke|luy tich|cong don|cumulative|running total|tu vong|chet|deaths?|khoi|recovered|nghi|nghi ngo|suspected|probable|ke hoach|du kien|uoc tinh|planned|expected|ty le|ti le|rate|percent|nghin|ngan|trieu|thousands?|millions?)\b/;

/** The name says of which numbers it is, and they are others than its words alone would say: deaths, running totals, thousands. */
export const saysOtherNumbers = (name: string): boolean => otherNumbers.test(plainText(name));

/**
 * Whether the column may be read as a count by a part of its name: "Dân số (người)" is a population, "Số ca (cộng dồn)" and "Lũy kế: Số ca" are no new cases, and
 * "Dân số (nghìn người)" no people.
 *
 * @param isWholeName all words of the name are those that are known: nothing but a sign may change them
 */
export function countsAsNamed(column: string, isWholeName = false): boolean {
  // The signs of shares are no letters: they are in no spelling.
  if (/[%‰]/.test(column)) return false;
  if (isWholeName) return true;
  const group = column.slice(0, column.length - behindGroup(column).length);
  if (saysOtherNumbers(group)) return false;
  return [...column.matchAll(brackets)].every(([, round, square]) => unit.test(plainText(round ?? square ?? '')));
}

/** "DateConfirmation": words that only their capitals part. */
const apart = (column: string) => column.replace(/([a-z\d])([A-Z])/g, '$1 $2');

/** How a column's name may be read, as compared with the names that a kind knows: whole, without a form's group, without number and unit, with its words apart. */
export const spellingsOf = (column: string): [string, string, string, string] => [
  plainText(column),
  plainText(behindGroup(column)),
  plainText(withoutUnit(column)),
  plainText(apart(behindGroup(column))),
];
