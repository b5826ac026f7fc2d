import { expect, test } from 'vitest';
import { findByName, mayBeNumber } from './find.ts';

const all = ['Phường Tân Thuận Đông', 'Phường Tân Thuận Tây', 'Phường Phú Thuận', 'Tổ 12, phường Phú Mỹ'].map(
  (name) => ({
    key: name,
    name,
  }),
);
const names = (text: string) => findByName(all, text).map(({ name }) => name);

test.each([
  ['dong', ['Phường Tân Thuận Đông']],
  ['ĐÔNG', ['Phường Tân Thuận Đông']],
  ['tay thuan', ['Phường Tân Thuận Tây']],
  ['phu', ['Phường Tân Thuận Đông', 'Phường Tân Thuận Tây', 'Phường Phú Thuận', 'Tổ 12, phường Phú Mỹ']],
  ['to 12', ['Tổ 12, phường Phú Mỹ']],
  ['to 1', ['Tổ 12, phường Phú Mỹ']],
  ['xyz', []],
  ['', []],
])('“%s” finds by the beginnings of words, without accents', (text, found) => {
  expect(names(text).toSorted()).toEqual((found as string[]).toSorted());
});

test.each([
  ['dt-vp-0557', true],
  ['DT_1', true],
  ['tân phú', false],
  ['phu', false],
  ['a b1', false],
])('“%s” may be a number: %s', (text, is) => expect(mayBeNumber(text)).toBe(is));
