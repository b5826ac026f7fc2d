import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bareName, plainName } from './plain-name.ts';

test('accents, case, đ and composition do not matter', () => {
  const forms = ['Phường Tân Thuận Đông', 'PHƯỜNG TÂN THUẬN ĐÔNG', 'phuong tan thuan dong', 'Phượng Tấn Thuần Đống'];
  for (const form of forms)
    for (const composition of ['NFC', 'NFD'])
      expect(plainName(form.normalize(composition))).toBe('phuong tan thuan dong');
});

test('is the same when done twice, for any text', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => plainName(plainName(text)) === plainName(text)));
});

test('the kind of an area is left out, a number alone is not left over', () => {
  expect(['phuong tan phu', 'quan 7', 'phuong 1', 'to dan pho 3 tan phu', 'tan phu'].map(bareName)).toEqual([
    'tan phu',
    'quan 7',
    'phuong 1',
    '3 tan phu',
    'tan phu',
  ]);
});
