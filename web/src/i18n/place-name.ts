import type { Language } from './format.ts';

/** Letters without their marks: how Vietnamese is typed where marks cannot be. */
export const withoutMarks = (text: string) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');

/** A place's name in a language. An English name that is only the other one without its marks is no better, and is left alone. */
export function placeName(place: { name: string; nameEnglish?: string | null }, language: Language): string {
  const { name, nameEnglish } = place;
  if (language !== 'en' || !nameEnglish) return name;
  return withoutMarks(nameEnglish).toLowerCase() === withoutMarks(name).toLowerCase() ? name : nameEnglish;
}
