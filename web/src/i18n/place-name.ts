import { withoutMarks } from '@vungxanh/services/contracts/names.ts';
import type { Language } from './format.ts';

/**
 * A place's name in a language. An English name that is only the other one without its marks is no better, and is left alone. A district that has a number for a name is
 * "District 7" in English also where nobody said so.
 */
export function placeName(place: { name: string; nameEnglish?: string | null }, language: Language): string {
  const { name, nameEnglish } = place;
  if (language !== 'en') return name;
  if (nameEnglish && withoutMarks(nameEnglish).toLowerCase() !== withoutMarks(name).toLowerCase()) return nameEnglish;
  const number = /^Quận (\d+)$/.exec(name.normalize('NFC'))?.[1];
  return number === undefined ? name : `District ${number}`;
}
