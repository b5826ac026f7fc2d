import { expect, test } from 'vitest';
import { type CellPart, foldCells } from './point-cells.ts';

const layer = {
  categories: ['a', 'b', 'other'],
  statuses: ['open', 'over', 'gone'],
  openStatuses: ['open'],
  goneStatuses: ['gone'],
};
const part = (more: Partial<CellPart>): CellPart => ({
  x: 1,
  y: 1,
  category: 0,
  status: 0,
  clock: 0,
  count: 1,
  lonSum: 106,
  latSum: 10,
  firstSequence: 7,
  ...more,
});

test('a cell has counts by kind and by what is asked, and lies in the middle of its points', () => {
  const cells = foldCells(
    [
      part({ count: 3, lonSum: 3 * 106, latSum: 3 * 10, clock: 3 }),
      part({ category: 1, status: 1, lonSum: 110, latSum: 14 }),
      part({ category: null, clock: 1 }),
      part({ x: 0, y: 2, clock: 2, firstSequence: 9 }),
    ],
    layer,
  );
  expect(cells).toEqual([
    {
      x: 1,
      y: 1,
      lon: 106.8,
      lat: 10.8,
      count: 5,
      open: 4,
      late: 3,
      due: 0,
      fresh: 1,
      categories: [3, 1, 1],
      firstSequence: null,
    },
    {
      x: 0,
      y: 2,
      lon: 106,
      lat: 10,
      count: 1,
      open: 1,
      late: 0,
      due: 1,
      fresh: 0,
      categories: [1, 0, 0],
      firstSequence: 9,
    },
  ]);
});

test('what turned out to be nothing is in no cell', () => {
  expect(foldCells([part({ status: 2, count: 4 })], layer)).toEqual([]);
});
