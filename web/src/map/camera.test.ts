import { expect, test } from 'vitest';
import { centredOn, fitted, isSeen, pixelsOf, roomyPadding, zoomed, zooms } from './camera.ts';

const size = { width: 1440, height: 900 };
const padding = { top: 30, right: 410, bottom: 100, left: 330 };
const district = [106.69, 10.7, 106.77, 10.78] as const;

test('what is fitted lies between the panels, and touches two of them', () => {
  const camera = fitted(district, size, padding);
  const [left, top] = pixelsOf([district[0], district[3]], camera, size);
  const [right, bottom] = pixelsOf([district[2], district[1]], camera, size);
  expect(left).toBeGreaterThanOrEqual(padding.left - 1);
  expect(right).toBeLessThanOrEqual(size.width - padding.right + 1);
  expect(top).toBeGreaterThanOrEqual(padding.top - 1);
  expect(bottom).toBeLessThanOrEqual(size.height - padding.bottom + 1);
  const across = Math.abs(right - left - (size.width - padding.right - padding.left));
  const down = Math.abs(bottom - top - (size.height - padding.bottom - padding.top));
  expect(Math.min(across, down)).toBeLessThan(1);
});

test('a place is put in the middle of what the panels leave', () => {
  const camera = centredOn([106.73, 10.74], 15, size, padding);
  const [x, y] = pixelsOf([106.73, 10.74], camera, size);
  expect([Math.round(x), Math.round(y)]).toEqual([680, 415]);
  expect(isSeen([106.73, 10.74], camera, size, padding)).toBe(true);
});

test('a place below a panel is not seen', () => {
  const camera = centredOn([106.73, 10.74], 15, size, { top: 0, right: 0, bottom: 0, left: 900 });
  expect(isSeen([106.73, 10.74], camera, size, padding)).toBe(false);
});

test('panels that cover nearly everything leave room, and keep their sides', () => {
  expect(roomyPadding({ top: 0, right: 300, bottom: 0, left: 100 }, { width: 400, height: 100 })).toEqual({
    top: 0,
    right: 210,
    bottom: 0,
    left: 70,
  });
  expect(() => fitted(district, { width: 300, height: 200 }, padding)).not.toThrow();
});

test('zooming ends at both ends', () => {
  const camera = { longitude: 0, latitude: 0, zoom: zooms.most - 0.5 };
  expect(zoomed(camera, 1).zoom).toBe(zooms.most);
  expect(zoomed({ ...camera, zoom: zooms.least }, -1).zoom).toBe(zooms.least);
});
