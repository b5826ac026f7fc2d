import { expect, test } from 'vitest';
import { writableInXml } from './xml-text.ts';

test('what XML has no character for is U+FFFD; what it has stays, in every plane', () => {
  expect(writableInXml('a\u0000b\u000bc\u001fd\u007fe\u0085f')).toBe('a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf');
  expect(writableInXml('\ud83d|\ude00|\ufffe|\uffff')).toBe('\ufffd|\ufffd|\ufffd|\ufffd');
  expect(writableInXml('tab\t, line\n, space \u0020, đ ệ 😀 \ufffd & <')).toBe(
    'tab\t, line\n, space \u0020, đ ệ 😀 \ufffd & <',
  );
});

test('every end of line is one', () => {
  expect(writableInXml('a\r\nb\rc\nd\r\r\ne')).toBe('a\nb\nc\nd\n\ne');
});
