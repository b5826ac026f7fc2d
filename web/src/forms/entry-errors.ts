import type { FieldError } from '../api/http.ts';

/** Ids that a form can be about, with what the screen calls them. */
export type SaidIds = Readonly<Record<string, string>>;

/** A sentence of a service with the words of the screen in place of ids; longer ids first, so that no id is taken for a part of another. */
export function inWords(sentence: string, said: SaidIds): string {
  const ids = Object.keys(said).sort((a, b) => b.length - a.length);
  if (ids.length === 0) return sentence;
  const any = new RegExp(`"?(?<![\\p{L}\\p{N}_-])(${ids.map(escaped).join('|')})(?![\\p{L}\\p{N}_-])"?`, 'gu');
  return sentence.replace(any, (_, id: string) => said[id]!);
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What is wrong with a field, value and reason in the words of the screen. */
export const errorInWords = ({ field, value, reason }: FieldError, said: SaidIds): FieldError => ({
  field,
  ...(value === undefined ? {} : { value: said[String(value)] ?? value }),
  reason: inWords(reason, said),
});

/** Those that belong to no box of the form: they are told above it. */
export const withoutBox = (errors: readonly FieldError[], boxes: readonly { name: string }[]): FieldError[] =>
  errors.filter(({ field }) => !boxes.some(({ name }) => field.split('.').includes(name)));
