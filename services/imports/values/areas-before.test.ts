import { expect, test } from 'vitest';
import { areasBefore } from './areas-before.ts';

const before = areasBefore(
  [
    { areaId: 'new-tan-hung', name: 'Phường Tân Hưng', code: '27475' },
    { areaId: 'new-tan-my', name: 'Phường Tân Mỹ' },
    { areaId: 'phu-my', name: 'Phường Phú Mỹ' },
  ],
  {
    until: '2025-07-01',
    areas: [
      { areaId: 'tan-hung', name: 'Phường Tân Hưng', code: '27475' },
      { areaId: 'tan-kieng', name: 'Phường Tân Kiểng', code: '27472' },
      { areaId: 'phu-my', name: 'Phường Phú Mỹ' },
    ],
  },
);
const placed = (areaId: string | undefined, time: string) => {
  const fact = { time, data: { ...(areaId ? { areaId } : {}) } };
  before.placeByDay(fact, 'Asia/Ho_Chi_Minh');
  return (fact.data as { areaId?: string }).areaId;
};

test('an area that ended is found by its name and code; one that never was is not', () => {
  expect(['P. Tân Kiểng', 'tan kieng', '27472', 'Tân Định'].map((text) => before.find(text))).toEqual([
    'tan-kieng',
    'tan-kieng',
    'tan-kieng',
    undefined,
  ]);
});

test('a name that came again means the area of the day: by the local day, to the day before the change', () => {
  expect(placed('new-tan-hung', '2025-06-30T16:59:59Z')).toBe('tan-hung');
  expect(placed('new-tan-hung', '2025-06-30T17:00:00Z')).toBe('new-tan-hung');
  // No area of before has its name; one that went on; none at all.
  expect(placed('new-tan-my', '2021-01-01T00:00:00Z')).toBe('new-tan-my');
  expect(placed('phu-my', '2021-01-01T00:00:00Z')).toBe('phu-my');
  expect(placed(undefined, '2021-01-01T00:00:00Z')).toBeUndefined();
});
