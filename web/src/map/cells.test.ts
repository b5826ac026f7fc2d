import { expect, test } from 'vitest';
import { cellBounds, cellPixels, cellZoomAt, stateOfCell } from './cells.ts';

test('cells below zoom 14, points from there on', () => {
  expect([11.9, 12, 13.99, 14, 18].map(cellZoomAt)).toEqual([14, 15, 16, undefined, undefined]);
});

test('bounds of a cell hold what lies in it, and neighbours touch', () => {
  const [lon, lat] = [106.702, 10.705];
  const x = Math.floor(((lon + 180) / 360) * 2 ** 14);
  const y = Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** 14);
  const [west, south, east, north] = cellBounds(14, x, y);
  expect([west <= lon, lon < east, south < lat, lat <= north]).toEqual([true, true, true, true]);
  expect(cellBounds(14, x + 1, y)[0]).toBeCloseTo(east, 12);
  expect(cellBounds(14, x, y + 1)[3]).toBeCloseTo(south, 12);
});

test('the worst decides; a larger count is larger, within bounds', () => {
  const none = { late: 0, due: 0, fresh: 0, open: 0 };
  expect(stateOfCell({ late: 1, due: 2, fresh: 3, open: 4 })).toBe('late');
  expect(stateOfCell({ ...none, due: 1, open: 1 })).toBe('due');
  expect(stateOfCell({ ...none, fresh: 1 })).toBe('new');
  expect(stateOfCell({ ...none, open: 1 })).toBe('open');
  expect(stateOfCell(none)).toBe('over');
  expect(cellPixels(1)).toBeLessThan(cellPixels(2));
  expect(cellPixels(1e6)).toBe(44);
});
