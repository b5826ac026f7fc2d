import { plainText } from '@vungxanh/services/contracts/names.ts';

/** Something that can be found by its name. */
export interface Findable {
  key: string;
  name: string;
}

/** How many are shown. */
const most = 8;

/**
 * Those whose name has every word of the text, in any order, without accents and case; names that begin with the text first. Nothing is found for an empty text.
 */
export function findByName<Found extends Findable>(all: readonly Found[], text: string): Found[] {
  const wanted = plainText(text);
  if (wanted === '') return [];
  const parts = wanted.split(' ');
  return all
    .map((one) => ({ one, plain: plainText(one.name) }))
    .filter(({ plain }) => parts.every((part) => plain.split(' ').some((word) => word.startsWith(part))))
    .toSorted((a, b) => Number(b.plain.startsWith(wanted)) - Number(a.plain.startsWith(wanted)))
    .slice(0, most)
    .map(({ one }) => one);
}

/** The text may be the number of a file: one word of letters, digits, "-" and "_", with a digit among them. */
export const mayBeNumber = (text: string): boolean => /^(?=.*\d)[A-Za-z0-9_-]{2,80}$/.test(text.trim());
