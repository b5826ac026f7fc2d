import { expect, test } from 'vitest';
import { listAddress } from './list-address.ts';

test('a figure of now names no moment: its list counts what is known when it is opened', () => {
  expect(
    listAddress('/api/x/rows', { district: 'q7', asOf: undefined }, { areaId: 'W1' }, { formula: 'rows-open' }),
  ).toBe('/api/x/rows?district=q7&areaId=W1&formula=rows-open');
});

test('a figure as of a moment names it', () => {
  const moment = { district: 'q7', asOf: '2021-07-20T06:00:00+07:00' };
  expect(listAddress('/api/x/rows', moment, { areaId: 'W1', onDay: '2021-07-20' }, { windowDays: 7 })).toBe(
    '/api/x/rows?district=q7&areaId=W1&onDay=2021-07-20&asOf=2021-07-20T06%3A00%3A00%2B07%3A00&windowDays=7',
  );
});

test('the whole district has no area', () => {
  expect(listAddress('/api/x/rows', { district: 'q7', asOf: undefined }, { areaId: undefined })).toBe(
    '/api/x/rows?district=q7',
  );
});
