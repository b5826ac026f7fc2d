import { expect, test } from 'vitest';
import { hasAccents, kindOfColumn, namePartsOf } from './area-name.ts';

const spelt = (text: string) =>
  namePartsOf(text).map(({ kind, exact, folded }) => [kind?.word, exact.normalize('NFC'), folded]);

test.each([
  ['P.1', 'phuong', '1'],
  ['P1', 'phuong', '1'],
  ['p 01', 'phuong', '1'],
  ['F.12', 'phuong', '12'],
  ['Ward 3', 'phuong', '3'],
  ['Tan Phu Ward', 'phuong', 'tan phu'],
  ['Q7', 'quan', '7'],
  ['TP. Thủ Đức', 'thanh pho', 'thu duc'],
  ['TX Dĩ An', 'thi xa', 'di an'],
  ['TT Nhà Bè', 'thi tran', 'nha be'],
  ['H. Bình Chánh', 'huyen', 'binh chanh'],
  ['X. Phước Kiển', 'xa', 'phuoc kien'],
  ['KP.03', 'khu pho', '3'],
  ['Khu phố 3A', 'khu pho', '3a'],
  ['Tổ dân phố 12', 'to', '12'],
  ['TDP 12', 'to', '12'],
  ['Tổ 012', 'to', '12'],
  ['Ấp 2', 'ap', '2'],
])('%s', (text, word, folded) => {
  const [part, ...others] = namePartsOf(text);
  expect([part!.kind?.word, part!.folded]).toEqual([word, folded]);
  expect(others).toEqual([]);
});

test('a word with other accents is a name, and a kind alone is one', () => {
  expect(spelt('Phương Mai')).toEqual([[undefined, 'phương mai', 'phuong mai']]);
  expect(spelt('Tô Hiến Thành')[0]![0]).toBeUndefined();
  expect(spelt('Quán Toan')[0]![0]).toBeUndefined();
  expect(spelt('Phường')[0]![0]).toBeUndefined();
  expect(namePartsOf('phuong mai', false)[0]!.kind).toBeUndefined();
});

test('the tone may stand on either vowel, composed or not; other accents count', () => {
  const exact = (text: string) => namePartsOf(text)[0]!.exact;
  expect(exact('Hòa Thủy')).toBe(exact('Hoà Thuỷ'));
  expect(exact('Hòa'.normalize('NFD'))).toBe(exact('Hoà'));
  expect(exact('Phú')).not.toBe(exact('Phủ'));
  expect(exact('Tân')).not.toBe(exact('Tần'));
  expect(exact('Đông')).not.toBe(exact('Dông'));
});

test('parts stand behind commas, dashes with spaces, and in brackets', () => {
  for (const text of ['Tổ 1, phường Tân Phú', 'Tổ 1 - P. Tân Phú', 'Tổ 1 (P.Tân Phú)'])
    expect(spelt(text).map(([word, , folded]) => [word, folded])).toEqual([
      ['to', '1'],
      ['phuong', 'tan phu'],
    ]);
});

test('what a bare number means, by the name of its column', () => {
  const of = (column: string) => kindOfColumn(column)?.word;
  expect(
    ['phuong', 'Phường', 'Tên phường', 'Ward', 'wardName', 'KP', 'Khu phố', 'Tổ', 'Tổ dân phố', 'Xã'].map(of),
  ).toEqual(['phuong', 'phuong', 'phuong', 'phuong', 'phuong', 'khu pho', 'khu pho', 'to', 'to', 'xa']);
  for (const column of ['Mã phường', 'ward_id', 'ward code', 'Mã', 'area', 'Địa chỉ'])
    expect(of(column)).toBeUndefined();
});

test('accents', () => {
  expect(['Tân', 'Đ', 'Tan', 'a-1'].map(hasAccents)).toEqual([true, true, false, false]);
});
