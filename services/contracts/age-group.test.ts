import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writtenAges } from './age-group.ts';

const group = (text: string) => writtenAges(text)?.group;

describe('ages as people write them', () => {
  // Each bound on both sides: the age itself belongs to the one, and not to the other.
  test.each([
    [
      '66+',
      '>65',
      '> 65',
      'trên 65',
      'Trên 65 tuổi',
      'over 65',
      'older than 65',
      'more than 65 years',
      'lớn hơn 65',
      'hơn 65 tuổi',
      '>65t',
      'from 66',
    ],
    [
      '65+',
      '≥65',
      '≥ 65',
      '>=65',
      '>= 65',
      '=> 65',
      '⩾65',
      'từ 65',
      'Từ 65 tuổi',
      'từ 65 trở lên',
      'Từ đủ 65 tuổi trở lên',
      '65+',
      '65 +',
      '65 tuổi trở lên',
      '65 and over',
      '65 years and older',
      'at least 65',
      'ít nhất 65 tuổi',
      '65 plus',
    ],
    [
      '0-17',
      '<18',
      '< 18',
      'dưới 18',
      'Dưới 18 tuổi',
      'under 18',
      'below 18',
      'less than 18 years',
      'chưa đủ 18',
      'nhỏ hơn 18',
      '≤17',
      '<= 17',
      '17 tuổi trở xuống',
      'đến 17',
      'up to 17',
      '17 and under',
      'không quá 17 tuổi',
      '0 - 17',
      '0 đến dưới 18',
    ],
    [
      '18-64',
      '18-64',
      '18 – 64',
      '18—64 tuổi',
      '18 ~ 64',
      'từ 18 đến 64',
      '18 to 64',
      '18 tới 64 tuổi',
      'từ 18 đến dưới 65',
      '≥18 và <65',
      '≥ 18 - < 65',
      '18 - dưới 65',
      'trên 17 đến 64',
      '>17 - 64',
      '18 - ≤64',
      '18t-64t',
      'Nhóm 18-64',
      '(18-64)',
      '18 and under 65',
      '018-064',
    ],
    ['0-0', '<1', 'dưới 1 tuổi'],
    ['all', 'all', 'Tất cả', 'tổng', 'Mọi lứa tuổi', 'all ages', 'Total', 'tất cả các lứa tuổi'],
  ])('%s', (right, ...written) => {
    expect(Object.fromEntries(written.map((text) => [text, group(text)]))).toEqual(
      Object.fromEntries(written.map((text) => [text, right])),
    );
  });

  test.each([
    '65',
    '6-23 tháng',
    '0-5 months',
    'trên 65 trở lên',
    '< 65 trở lên',
    '>65+',
    '≥65 trở xuống',
    '64-18',
    '<0',
    '18.5-24.9',
    '0,5-5',
    '5/11',
    '2024-11-05',
    '11-May',
    'F0',
    'người già',
    '1000+',
    'nhóm 1: 18-49',
    '18-49-64',
    '-5',
    '+65',
  ])('"%s" names no ages in whole years', (text) => {
    expect(group(text)).toBeUndefined();
  });

  test('below and from a number share every age once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 120 }), (age) => {
        expect([group(`<${age}`), group(`≥${age}`)]).toEqual([`0-${age - 1}`, `${age}+`]);
        expect([group(`≤ ${age}`), group(`trên ${age}`)]).toEqual([`0-${age}`, `${age + 1}+`]);
      }),
    );
  });

  test('what is spelt as the contracts spell it stays', () => {
    const spelt = fc.oneof(
      fc.integer({ min: 0, max: 120 }).map((from) => `${from}+`),
      fc.tuple(fc.nat(120), fc.nat(120)).map(([from, more]) => `${from}-${from + more}`),
    );
    fc.assert(
      fc.property(spelt, (text) => {
        expect(writtenAges(text)).toEqual({ group: text, isStrict: false });
      }),
    );
  });

  test('only a bound that is not itself meant is strict', () => {
    expect(['>65', 'dưới 18', '18 - < 65', '65+', '≤17', '18-64'].map((text) => writtenAges(text)?.isStrict)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
