import { withoutMarks } from '@vungxanh/services/contracts/names.ts';
import type { Language } from './format.ts';

/** A place's name in a language. An English name that is only the other one without its marks is no better, and is left alone. */
export function placeName(place: { name: string; nameEnglish?: string | null }, language: Language): string {
  const { name, nameEnglish } = place;
  if (language !== 'en' || !nameEnglish) return name;
  return withoutMarks(nameEnglish).toLowerCase() === withoutMarks(name).toLowerCase() ? name : nameEnglish;
}
