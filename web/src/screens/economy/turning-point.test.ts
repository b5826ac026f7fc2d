import { expect, test } from 'vitest';
import { turningPoint } from './turning-point.ts';

const point = (day: number, value: number) => ({ day: `2021-09-0${day}`, value });
test('from the lowest day to now', () => {
  expect(turningPoint([point(1, 900), point(2, 700), point(3, 700), point(4, 4500)])).toEqual({
    lowest: point(3, 700),
    now: point(4, 4500),
  });
  expect(turningPoint([])).toBeUndefined();
});
