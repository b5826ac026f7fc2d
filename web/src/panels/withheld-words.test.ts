import { abstentionReasons } from '@vungxanh/services/contracts/http/outlook/abstention.ts';
import { expect, test } from 'vitest';
import { withheldWords } from './Withheld.words.ts';

test.each(['vi', 'en'] as const)('every reason for which a number is withheld has words (%s)', (language) => {
  const { reasons } = withheldWords[language];
  expect(abstentionReasons.filter((reason) => !reasons[reason])).toEqual([]);
  const other = withheldWords[language === 'vi' ? 'en' : 'vi'].reasons;
  // What is the same in both languages was not translated.
  expect(abstentionReasons.filter((reason) => reasons[reason] === other[reason])).toEqual([]);
});
