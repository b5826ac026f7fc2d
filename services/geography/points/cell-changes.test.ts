import { describe, expect, test } from 'vitest';
import { CellChanges, cellColumns } from './cell-changes.ts';
import { categoryOf, isStanding, type PointState, statusOf } from './point-state.ts';
import { cellZoom, orderBits, stepsOf, zOrderOf } from './z-order.ts';

const point = (change: Partial<PointState> = {}): PointState => ({
  entity: 'e',
  isBorn: true,
  order: '',
  at: stepsOf(106.72, 10.73),
  day: null,
  dayIsFallback: false,
  happenedAt: null,
  category: 0,
  status: 0,
  statusSince: null,
  firstSequence: 1,
  sequence: 1,
  applied: [],
  ...change,
});
/** A cell is a tile of zoom 20: 11 and more bits of the steps fall away. */
const cellOf = (lon: number, lat: number) => Math.floor(zOrderOf(stepsOf(lon, lat)) / 4 ** (orderBits - cellZoom));
const counted = (changes: CellChanges) => {
  const { cells, counts } = changes.columns();
  expect(counts).toHaveLength(cellColumns);
  return cells.map((cell, index) => [
    cell,
    Object.fromEntries(counts.flatMap((row, category) => (row[index] ? [[category, row[index]]] : []))),
  ]);
};

describe('counts of cells', () => {
  test('a new point adds one to its category in its cell', () => {
    const changes = new CellChanges();
    changes.moved('violations', undefined, point({ category: 3 }));
    expect(counted(changes)).toEqual([[cellOf(106.72, 10.73), { 3: 1 }]]);
  });

  test('several in one cell are one row; a place far off is another', () => {
    const changes = new CellChanges();
    changes.moved('cases', undefined, point({ category: 0 }));
    changes.moved('cases', undefined, point({ category: 0 }));
    changes.moved('cases', undefined, point({ category: 2 }));
    changes.moved('cases', undefined, point({ at: stepsOf(106.8, 10.73) }));
    expect(counted(changes)).toEqual([
      [cellOf(106.72, 10.73), { 0: 2, 2: 1 }],
      [cellOf(106.8, 10.73), { 0: 1 }],
    ]);
  });

  test('who moves leaves one cell and enters another; who changes its category stays', () => {
    const changes = new CellChanges();
    changes.moved('cases', point(), point({ at: stepsOf(106.8, 10.73) }));
    expect(counted(changes)).toEqual([
      [cellOf(106.72, 10.73), { 0: -1 }],
      [cellOf(106.8, 10.73), { 0: 1 }],
    ]);
    const recategorised = new CellChanges();
    recategorised.moved('cases', point(), point({ category: 1 }));
    expect(counted(recategorised)).toEqual([[cellOf(106.72, 10.73), { 0: -1, 1: 1 }]]);
  });

  test('what comes to nothing is no change', () => {
    const changes = new CellChanges();
    changes.moved('cases', point(), point({ status: 2 }));
    expect(changes.columns()).toEqual({ cells: [], counts: Array.from({ length: cellColumns }, () => []) });
  });

  test('what has no place, or turned out to be nothing, is in no count', () => {
    const changes = new CellChanges();
    changes.moved('cases', undefined, point({ at: null }));
    changes.moved('violations', undefined, point({ status: statusOf('violations', 'merged')! }));
    expect(counted(changes)).toEqual([]);
    changes.moved('cases', point(), point({ status: statusOf('cases', 'not-a-case')! }));
    expect(counted(changes)).toEqual([[cellOf(106.72, 10.73), { 0: -1 }]]);
  });
});

test('which statuses are in no count', () => {
  const gone = (layer: 'cases' | 'violations' | 'businesses', ...statuses: string[]) =>
    statuses.filter((status) => !isStanding(layer, statusOf(layer, status)!));
  expect(gone('cases', 'active', 'recovered', 'deceased', 'not-a-case')).toEqual(['not-a-case']);
  expect(gone('violations', 'reported', 'closed', 'dismissed', 'merged')).toEqual(['dismissed', 'merged']);
  expect(gone('businesses', 'open', 'closed')).toEqual([]);
});

test('a category that is not in the list is the most general one; a status that is not is none', () => {
  expect(categoryOf('cases', 'quarantine')).toBe(1);
  expect(categoryOf('cases', 'weather')).toBe(3);
  expect(categoryOf('violations', 'weather')).toBe(9);
  expect(statusOf('cases', 'active')).toBe(0);
  expect(statusOf('cases', 'weather')).toBeUndefined();
});
