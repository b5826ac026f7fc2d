import { expect, test } from 'vitest';
import { readMilestones } from './read-milestones.ts';

const today = '2021-07-10';

test.each<[string, string, string, string | null, string | null, string]>([
  ['15h–16h 3/7 chợ Tân Mỹ', '2021-07-03', '15:00', '16:00', null, 'chợ Tân Mỹ'],
  ['15-16h ngày 3/7 tại chợ Tân Mỹ.', '2021-07-03', '15:00', '16:00', null, 'chợ Tân Mỹ'],
  ['Từ 7h30 đến 8h15, ngày 03/07/2021: ở chợ', '2021-07-03', '07:30', '08:15', null, 'chợ'],
  ['3/7 15:30-24:00 quán X', '2021-07-03', '15:30', '24:00', null, 'quán X'],
  ['Buổi sáng 4/7 cà phê X', '2021-07-04', '05:00', '11:00', 'morning', 'cà phê X'],
  ['Sáng 4/7 cà phê X', '2021-07-04', '05:00', '11:00', 'morning', 'cà phê X'],
  ['cả ngày 4/7 công trường', '2021-07-04', '00:00', '24:00', 'whole-day', 'công trường'],
  ['3h chiều 4/7 cà phê Chiều Tím', '2021-07-04', '15:00', null, null, 'cà phê Chiều Tím'],
  ['15h 4/7 Chiều Tím', '2021-07-04', '15:00', null, null, 'Chiều Tím'],
  ['8h-9h tối 4/7 quán Y', '2021-07-04', '20:00', '21:00', null, 'quán Y'],
  ['8h 10/7 hôm nay', '2021-07-10', '08:00', null, null, 'hôm nay'],
  ['8h 11/7 năm trước', '2020-07-11', '08:00', null, null, 'năm trước'],
  ['8h 29/2 năm nhuận', '2020-02-29', '08:00', null, null, 'năm nhuận'],
  ['8h 4/7 số 12 Huỳnh Tấn Phát', '2021-07-04', '08:00', null, null, 'số 12 Huỳnh Tấn Phát'],
])('%s', (text, day, from, until, partOfDay, place) => {
  expect(readMilestones(text, today)).toEqual([{ text, day, from, until, partOfDay, place }]);
});

test.each([
  ['15h chợ Tân Mỹ', 'no-day'],
  ['chợ Tân Mỹ', 'no-day'],
  ['15h 31/6 chợ', 'no-such-day'],
  ['15h 3/13 chợ', 'no-such-day'],
  ['15h 11/7/2021 chợ', 'day-to-come'],
  ['15h 3/7 4/7 chợ', 'several-days'],
  ['15h 3/7 nhà 12/5 Huỳnh Tấn Phát', 'several-days'],
  ['3/7 chợ', 'no-time'],
  ['đêm 3/7 chợ', 'no-day'],
  ['25h 3/7 chợ', 'no-such-time'],
  ['15h60 3/7 chợ', 'no-such-time'],
  ['24h 3/7 chợ', 'no-such-time'],
  ['15h 3/7 17h chợ', 'several-times'],
  ['15h 3/7 chợ, 17h về', 'several-times'],
  ['15h sáng 3/7 chợ', 'contradicting-times'],
  ['16h-15h 3/7 chợ', 'ends-before-it-begins'],
  ['15h 3/7', 'no-place'],
])('%s is not understood: %s', (text, problem) => {
  expect(readMilestones(text, today)).toEqual([{ text, problem }]);
});

test('pieces end with a semicolon or a line; one that is not understood leaves the others', () => {
  expect(readMilestones('8h 3/7 A;\n ; ???\n9h 3/7 B', today)).toMatchObject([
    { place: 'A' },
    { text: '???', problem: 'no-day' },
    { place: 'B' },
  ]);
});
