import { expect, test } from 'vitest';
import type { ReproductionDay } from '../api/outlook-answers.ts';
import { reproductionDrawn } from './reproduction.ts';

const size = { height: 80, top: 5, bottom: 5 };
const day = (n: number, told: Partial<ReproductionDay>): ReproductionDay => ({
  date: `2021-08-${String(n).padStart(2, '0')}`,
  cases: 40,
  mean: 1,
  interval50: [0.9, 1.1],
  interval95: [0.8, 1.3],
  direction: 'unclear',
  hidden: null,
  ...told,
});
const hidden = { mean: null, interval50: null, interval95: null, direction: null, hidden: 'too few cases', cases: 3 };
const x = (date: string) => (date < '2021-08-02' ? undefined : Number(date.slice(8)) * 10);

test('days that the curve does not draw are left out, hidden ones leave a gap with their reason', () => {
  const days = [day(1, {}), day(2, {}), day(3, hidden), day(4, hidden), day(5, {})];
  const shown = reproductionDrawn(days, x, 8, size);
  expect(shown.hidden).toEqual([{ x: 26, width: 18, reason: 'too few cases' }]);
  expect(shown.ribbons.map(({ percent }) => percent)).toEqual([95, 50]);
  // Two pieces: before the gap and after it.
  expect(shown.ribbons[0]!.path.match(/M/g)).toHaveLength(2);
});

test('the line at one lies inside the frame whatever the values; an extreme value does not flatten the rest', () => {
  const wild = reproductionDrawn([day(2, { interval95: [0.1, 40] })], x, 8, size);
  expect(wild.one).toBeCloseTo(75 - 70 / 4, 6);
  expect(reproductionDrawn([], x, 8, size).one).toBeCloseTo(40, 6);
});
