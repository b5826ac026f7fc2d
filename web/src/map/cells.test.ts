import { expect, test } from 'vitest';
import { cellBounds, cellPixels, cellZoomAt, stateOfCell } from './cells.ts';

test('cells below zoom 14, points from there on', () => {
  expect([11.9, 12, 13.99, 14, 18].map(cellZoomAt)).toEqual([14, 15, 16, undefined, undefined]);
});

test('bounds of a cell hold what the service puts in it', () => {
  const [west, south, east, north] = cellBounds(14, 13048, 7704);
  // Of services/urban-order/point-cells.int.test.ts: the cell of 106.702, 10.705.
  expect([west <= 106.702, 106.702 < east, south <= 10.705, 10.705 < north]).toEqual([true, true, true, true]);
});

test('the worst decides; a larger count is larger, within bounds', () => {
  const none = { late: 0, due: 0, fresh: 0, open: 0 };
  expect(stateOfCell({ late: 1, due: 2, fresh: 3, open: 4 })).toBe('late');
  expect(stateOfCell({ ...none, due: 1, open: 1 })).toBe('due');
  expect(stateOfCell({ ...none, fresh: 1 })).toBe('new');
  expect(stateOfCell({ ...none, open: 1 })).toBe('open');
  expect(stateOfCell(none)).toBe('over');
  expect(cellPixels(1)).toBeLessThan(cellPixels(2));
  expect(cellPixels(1e6)).toBe(52);
});
