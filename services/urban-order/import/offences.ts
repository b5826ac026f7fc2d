import type { ViolationKind } from '#contracts/events/urban-order/violation-reported.ts';
import lists from './offences.json' with { type: 'json' };

/** Words of the sources → our kinds, from a data file: a new city's list is rows, not code. */
const kinds = new Map<string, string>(
  Object.values(lists as Record<string, Record<string, string[]>>).flatMap((list) =>
    Object.entries(list).flatMap(([kind, words]) => words.map((word): [string, string] => [word, kind])),
  ),
);

/**
 * The kind of an offence in a source's words; undefined when the list does not have them.
 * @param plainWords lower case without accents and punctuation, as the list has them
 */
export const offenceKind = (plainWords: string): ViolationKind | undefined =>
  kinds.get(plainWords) as ViolationKind | undefined;
