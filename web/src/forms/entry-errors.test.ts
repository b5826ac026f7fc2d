import { expect, test } from 'vitest';
import { errorInWords, inWords, withoutBox } from './entry-errors.ts';

const said = { open: 'đang mở', 'not-open': 'chưa mở', 1: '1 – nhẹ', 'q7-tan-phu': 'Tân Phú' };

test('ids in a sentence are said in the words of the screen, whole ids alone', () => {
  expect(inWords('một trong: "open", "not-open", 1', said)).toBe('một trong: đang mở, chưa mở, 1 – nhẹ');
  expect(inWords('lúc này chỉ có thể: not-open', said)).toBe('lúc này chỉ có thể: chưa mở');
  expect(inWords('reopened 10 times in re-open', said)).toBe('reopened 10 times in re-open');
  expect(inWords('nothing known', {})).toBe('nothing known');
});

test('a value is said as its box shows it; what is no id stays', () => {
  expect(errorInWords({ field: 'json.areaId', value: 'q7-tan-phu', reason: 'ended' }, said)).toEqual({
    field: 'json.areaId',
    value: 'Tân Phú',
    reason: 'ended',
  });
  expect(errorInWords({ field: 'json.ageYears', value: 240, reason: 'x' }, said)).toMatchObject({ value: 240 });
  expect(errorInWords({ field: 'json.kind', reason: 'required' }, said)).toEqual({
    field: 'json.kind',
    reason: 'required',
  });
});

test('what belongs to no box is told apart', () => {
  const errors = [
    { field: 'json.ageYears', reason: 'a' },
    { field: 'step', reason: 'b' },
  ];
  expect(withoutBox(errors, [{ name: 'ageYears' }])).toEqual([errors[1]]);
});
