import { expect, test } from 'vitest';
import { checkTotals } from './check-totals.ts';

// Published counts of areas by level. Sources: 2021-09-21 vietbao.vn 269541; 2021-11-08 baomoi.net.vn c40818222; 2021-11-18 netnews.vn 2824708;
// 2022-01-07 tacnghiep.baoquocte.vn 170344; 2022-02-14 en.vietnamplus.vn 222153; a week of 2022 moitruong.net.vn.
test.each([
  ['wards of 2021-11-08', [197, 102, 12, 1], 312],
  ['districts of 2021-11-08', [13, 7, 2], 22],
  ['wards of 2021-11-18', [150, 157, 5, 0], 312],
  ['districts of 2021-11-18', [11, 11, 0], 22],
  ['districts of 2022-01-07', [18, 4, 0], 22],
  ['wards of 2022-02-14', [275, 37], 312],
  ['wards of a week of 2022', [300, 12, 0, 0], 312],
  ['districts of 2021-09-21', [3, 3, 14, 2], 22],
])('%s add up', (_, parts, total) => {
  expect(checkTotals({ parts, total })).toEqual({ sum: total, total, difference: 0, addsUp: true });
});

test('the table of 2021-09-21 does not: its parts are 855 more than its total', () => {
  expect(checkTotals({ parts: [14_034, 6_098, 1_962, 3_091], total: 24_330 })).toEqual({
    sum: 25_185,
    total: 24_330,
    difference: 855,
    addsUp: false,
  });
});
