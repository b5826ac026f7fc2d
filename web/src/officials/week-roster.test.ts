import { expect, test } from 'vitest';
import { mondayOf, rosterOfWeek } from './week-roster.ts';

const zone = 'Asia/Ho_Chi_Minh';
const shift = (shiftId: string, from: string, until: string, targetId = 'chair-W1') => ({
  ...{ shiftId, targetId, officerId: 'an', from: `${from}+07:00`, until: `${until}+07:00` },
});

test('a week begins on Monday', () => {
  expect(['2021-08-22', '2021-08-23', '2021-08-29', '2021-08-30'].map(mondayOf)).toEqual([
    '2021-08-16',
    '2021-08-23',
    '2021-08-23',
    '2021-08-30',
  ]);
});

test('a shift is on each local day that it touches; one that ends at midnight is not on the next, one before or after the week on none', () => {
  const shifts = [
    shift('night', '2021-08-24T20:00:00', '2021-08-25T08:00:00'),
    shift('day', '2021-08-24T08:00:00', '2021-08-24T20:00:00'),
    shift('to-midnight', '2021-08-26T20:00:00', '2021-08-27T00:00:00'),
    shift('before', '2021-08-22T20:00:00', '2021-08-23T00:00:00', 'other'),
    shift('after', '2021-08-30T00:00:00', '2021-08-30T08:00:00', 'other'),
    shift('leader', '2021-08-29T23:59:00', '2021-08-30T08:00:00', 'district-leader'),
  ];
  const found = rosterOfWeek(shifts, '2021-08-23', zone).map(({ targetId, days }) => [
    targetId,
    days.map((day) => day.map(({ shiftId }) => shiftId).join(' ')),
  ]);
  expect(found).toEqual([
    ['chair-W1', ['', 'day night', 'night', 'to-midnight', '', '', '']],
    ['district-leader', ['', '', '', '', '', '', 'leader']],
  ]);
});
