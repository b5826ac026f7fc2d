import { expect, test } from 'vitest';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { plainText } from '#contracts/names.ts';
import lists from './offences.json' with { type: 'json' };
import { offenceKind } from './offences.ts';

test('every list names our kinds, in words as files are compared, each word once', () => {
  const seen = new Set<string>();
  for (const list of Object.values(lists as Record<string, Record<string, string[]>>))
    for (const [kind, words] of Object.entries(list)) {
      expect(violationKind.safeParse(kind).success, kind).toBe(true);
      for (const word of words) {
        expect(plainText(word)).toBe(word);
        expect(seen.has(word), word).toBe(false);
        seen.add(word);
        expect(offenceKind(word)).toBe(kind);
      }
    }
});

test('words that no list has are no kind', () => {
  expect(offenceKind('')).toBeUndefined();
  expect(offenceKind('noise')).toBeUndefined();
});
