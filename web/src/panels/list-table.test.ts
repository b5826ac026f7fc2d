import { expect, test } from 'vitest';
import { csvOf } from '../tables/csv.ts';
import { nextSorting, sorted } from './list-table.ts';

const rows = [{ n: 10, name: 'Ấu' }, { n: 9, name: 'Bình' }, { n: null, name: 'An' }, { n: 100 }];
const by = (column: 'n' | 'name', descending = false) =>
  sorted(rows, { column, descending }).map((row) => row[column] ?? null);

test('numbers are sorted by size, words as Vietnamese does, what is missing stands last', () => {
  expect(by('n')).toEqual([9, 10, 100, null]);
  expect(by('n', true)).toEqual([100, 10, 9, null]);
  expect(by('name')).toEqual(['An', 'Ấu', 'Bình', null]);
  expect(sorted(rows, undefined)).toBe(rows);
});

test('a heading sorts up, down, and not at all', () => {
  const up = nextSorting(undefined, 'n');
  const down = nextSorting(up, 'n');
  expect([up, down, nextSorting(down, 'n')]).toEqual([
    { column: 'n', descending: false },
    { column: 'n', descending: true },
    undefined,
  ]);
  expect(nextSorting(down, 'name')).toEqual({ column: 'name', descending: false });
});

test('a file has its marks: quotes, commas, line ends, and nothing that a spreadsheet runs', () => {
  expect(
    csvOf(
      ['Địa chỉ', 'Số'],
      [
        ['12, "A"', '3'],
        ['=1+1', '-4'],
        ['a\nb', ''],
      ],
    ),
  ).toBe('\uFEFFĐịa chỉ,Số\r\n"12, ""A""",3\r\n\'=1+1,-4\r\n"a\nb",\r\n');
});
