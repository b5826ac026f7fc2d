import { expect, test } from 'vitest';
import { cases } from './events/epidemic/feeds.ts';
import { ownWords } from './import-kind.ts';
import { plainText } from './names.ts';

test('the words of the screen are read again, in both languages, with and without marks', () => {
  const words = ownWords(cases.points.statuses, cases.values);
  for (const [text, value] of [
    ['nằm viện', 'hospitalised'],
    ['Đang theo dõi', 'active'],
    ['dieu tri tai nha', 'home-care'],
    ['In hospital', 'hospitalised'],
    ['intensive-care', 'intensive-care'],
    ['tử vong', 'deceased'],
  ] as const)
    expect([text, words[plainText(text)]]).toEqual([text, value]);
});

test('a value without words is its own word', () => {
  expect(ownWords(['on-hold'], {})).toEqual({ 'on hold': 'on-hold' });
});
