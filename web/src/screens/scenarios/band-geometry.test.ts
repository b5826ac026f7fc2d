import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisTop, bandPicture, type DayBand, dayTicks, limitPath, probabilityPicture } from './band-geometry.ts';

const room = { width: 300, height: 120, left: 40, right: 8, top: 8, bottom: 18 };
const dayBand = fc
  .array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 4, maxLength: 4 })
  .map((values) => values.sort((a, b) => a - b))
  .map(([q05, q25, q75, q95]): DayBand => ({ q05: q05!, q25: q25!, q75: q75!, q95: q95! }));

/** Corners of a path of straight lines. */
const corners = (path: string) =>
  path
    .replace(/^M|Z$/g, '')
    .split('L')
    .map((pair) => pair.split(',').map(Number) as [number, number]);

test('bands stay inside the picture, the narrow one inside the wide one, on every day', () => {
  fc.assert(
    fc.property(fc.array(dayBand, { minLength: 2, maxLength: 120 }), (days) => {
      const picture = bandPicture(days, axisTop([days]), room);
      const [wide, narrow] = [corners(picture.wide), corners(picture.narrow)];
      expect(wide).toHaveLength(2 * days.length);
      for (const [x, y] of [...wide, ...narrow]) {
        expect(x).toBeGreaterThanOrEqual(room.left);
        expect(x).toBeLessThanOrEqual(room.width - room.right);
        expect(y).toBeGreaterThanOrEqual(room.top);
        expect(y).toBeLessThanOrEqual(room.height - room.bottom);
      }
      // d3 draws the upper edge forwards and the lower one back
      days.forEach((_, day) => {
        const back = 2 * days.length - 1 - day;
        expect(wide[day]![1]).toBeLessThanOrEqual(narrow[day]![1]);
        expect(narrow[day]![1]).toBeLessThanOrEqual(narrow[back]![1]);
        expect(narrow[back]![1]).toBeLessThanOrEqual(wide[back]![1]);
      });
    }),
  );
});

test('scenarios stand on one axis: its top is the highest of all of them', () => {
  const low = [{ q05: 0, q25: 1, q75: 2, q95: 3 }];
  const high = [{ q05: 0, q25: 10, q75: 20, q95: 170 }];
  expect(axisTop([low, high])).toBe(170);
  const ticks = [low, high].map((days) => bandPicture(days, 170, room).yTicks);
  expect(ticks[0]).toEqual(ticks[1]);
});

test('days without a probability yet are no zero', () => {
  const { edge } = probabilityPicture([null, null, 0.5, 1], room);
  expect(corners(edge)).toHaveLength(2);
  expect(corners(edge)[1]![1]).toBe(room.top);
});

test('labels are weeks, and never closer than they are wide', () => {
  for (const days of [30, 60, 90, 120])
    for (const pixels of [150, 250, 700]) {
      const ticks = dayTicks(days, pixels);
      expect(ticks.every((day) => day % 7 === 0)).toBe(true);
      expect((ticks[1]! / days) * pixels).toBeGreaterThan(40);
    }
});

test('a limit above the picture is not drawn at its top, as if it were there', () => {
  const picture = bandPicture([{ q05: 0, q25: 1, q75: 2, q95: 100 }], 100, room);
  expect(limitPath([900, 900], picture, room)).toBe('');
  expect(limitPath([50, 50], picture, room)).toMatch(/^M40,/);
});
