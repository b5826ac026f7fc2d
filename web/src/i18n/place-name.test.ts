import { expect, test } from 'vitest';
import { placeName } from './place-name.ts';

test('a real English name is used in English only; a name without its marks is not one', () => {
  const district = { name: 'Quận 7', nameEnglish: 'District 7' };
  expect([placeName(district, 'vi'), placeName(district, 'en')]).toEqual(['Quận 7', 'District 7']);
  expect(placeName({ name: 'Phường Tân Phú', nameEnglish: 'Phuong Tan Phu' }, 'en')).toBe('Phường Tân Phú');
  expect([null, 'Quan 7', 'Quận 7'].map((nameEnglish) => placeName({ name: 'Quận 7', nameEnglish }, 'en'))).toEqual(
    Array(3).fill('District 7'),
  );
  expect(placeName({ name: 'Quận 7 cũ' }, 'en')).toBe('Quận 7 cũ');
  expect(placeName({ name: 'Boston', nameEnglish: null }, 'en')).toBe('Boston');
});
