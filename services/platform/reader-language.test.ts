import { expect, test } from 'vitest';
import { Problem } from './problem.ts';
import { readerLanguage } from './reader-language.ts';

test.each([
  [undefined, 'en'],
  ['', 'en'],
  ['*', 'en'],
  ['fr-FR,fr;q=0.9', 'en'],
  ['vi', 'vi'],
  ['vi-VN,vi;q=0.9,en-US;q=0.8', 'vi'],
  ['en-US,en;q=0.9,vi;q=0.8', 'en'],
  ['fr, vi;q=0.2', 'vi'],
  ['vi;q=0', 'en'],
  ['VI', 'vi'],
  ['en;q=0.5, vi;q=0.6', 'vi'],
])('%s: %s', (accepted, language) => {
  expect(readerLanguage(accepted)).toBe(language);
});

test('a problem is told in the language of its reader, English where it has no other words', () => {
  const problem = new Problem(422, 'No', {
    errors: [
      { field: 'a', value: 1, reason: 'at most 0', words: { vi: 'nhiều nhất là 0', en: 'at most 0' } },
      { field: 'b', reason: 'wrong' },
    ],
  });
  expect(problem.toJSON()).toEqual({ type: 'about:blank', title: 'No', status: 422, errors: problem.errors });
  expect(problem.errors).toEqual([
    { field: 'a', value: 1, reason: 'at most 0' },
    { field: 'b', reason: 'wrong' },
  ]);
  expect(problem.toldIn('vi')).toMatchObject({ errors: [{ reason: 'nhiều nhất là 0' }, { reason: 'wrong' }] });
});
