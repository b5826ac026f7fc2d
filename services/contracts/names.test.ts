import { expect, test } from 'vitest';
import { withoutMarks } from './names.ts';

test('marks go, letters and case stay; đ is a letter of its own', () => {
  for (const composition of ['NFC', 'NFD'])
    expect(withoutMarks('Đường Nguyễn Thị Thập, Quận 7'.normalize(composition))).toBe('Duong Nguyen Thi Thap, Quan 7');
  expect(withoutMarks('đĐ')).toBe('dD');
});
