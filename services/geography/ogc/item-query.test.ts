import { describe, expect, test } from 'vitest';
import { Problem } from '#platform/problem.ts';
import { readItemQuery } from './item-query.ts';

const read = (text: string) => readItemQuery(new URLSearchParams(text), 'Asia/Ho_Chi_Minh');
const fault = (text: string) => {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    const { status, title, errors } = error.toJSON() as ReturnType<Problem['toJSON']> & { errors: unknown[] };
    expect([status, title]).toEqual([400, 'The request does not fit']);
    return errors;
  }
  return undefined;
};

test('nothing asked: the first hundred of everything', () => {
  expect(read('')).toEqual({ limit: 100, offset: 0, bbox: null, datetime: null });
  expect(read('f=json')).toEqual(read('f=geojson'));
});

test('a parameter or a format that is not known is refused', () => {
  expect(fault('colour=red')).toEqual([
    { field: 'colour', value: 'red', reason: 'one of limit, offset, bbox, datetime, f' },
  ]);
  expect(fault('f=html')).toEqual([{ field: 'f', value: 'html', reason: 'json' }]);
});

describe('limit and offset', () => {
  test('1 to 10,000 items; more is cut down to that, as the standard asks', () => {
    expect([1, 9999, 10_000, 10_001, 999_999_999].map((limit) => read(`limit=${limit}`).limit)).toEqual([
      1, 9999, 10_000, 10_000, 10_000,
    ]);
    for (const value of ['0', '-1', '1.5', '', 'x1', '1x', '1000000000'])
      expect(fault(`limit=${value}`)).toEqual([{ field: 'limit', value, reason: 'a whole number of 1 or more' }]);
  });

  test('offset from 0 on', () => {
    expect([0, 7].map((offset) => read(`offset=${offset}`).offset)).toEqual([0, 7]);
    expect(fault('offset=-1')).toEqual([{ field: 'offset', value: '-1', reason: 'a whole number of 0 or more' }]);
  });
});

describe('bbox', () => {
  test('four numbers, or six with heights', () => {
    expect(read('bbox=106.6,10.7,106.8,10.8').bbox).toEqual([106.6, 10.7, 106.8, 10.8]);
    expect(read('bbox=106.6,10.7,-5,106.8,10.8,99').bbox).toEqual([106.6, 10.7, 106.8, 10.8]);
    // Over the date line the west is east of the east.
    expect(read('bbox=170,-10,-170,10').bbox).toEqual([170, -10, -170, 10]);
    expect(read('bbox=1,10,2,10').bbox).toEqual([1, 10, 2, 10]);
  });

  test.each(['1,2,3', '1,2,3,4,5', '1,2,3,x', '1,2,,4', '1,2, ,4', '', '1,2,3,Infinity'])('"%s" is none', (value) => {
    expect(fault(`bbox=${value}`)).toEqual([
      { field: 'bbox', value, reason: 'four (or six) numbers: west,south,east,north' },
    ]);
  });

  test('the south is not north of the north', () => {
    expect(fault('bbox=1,10.1,2,10')).toEqual([{ field: 'bbox', value: '1,10.1,2,10', reason: 'south at most north' }]);
  });
});

describe('datetime', () => {
  test.each([
    ['2021-08-01T07:00:00+07:00', '2021-08-01T07:00:00+07:00', '2021-08-01T07:00:00+07:00'],
    ['2021-08-01t00:00:00z', '2021-08-01t00:00:00z', '2021-08-01t00:00:00z'],
    ['../2021-08-02T01:02:03.5Z', null, '2021-08-02T01:02:03.5Z'],
    ['../..', null, null],
  ])('%s', (value, from, until) => {
    expect(readItemQuery(new URLSearchParams({ datetime: value }), 'Asia/Ho_Chi_Minh').datetime).toEqual({
      from,
      until,
    });
  });

  test.each([
    ['2021-08-01', '2021-07-31T17:00:00.000Z', '2021-08-01T16:59:59.999Z'],
    ['2021-08-01/2021-08-02', '2021-07-31T17:00:00.000Z', '2021-08-02T16:59:59.999Z'],
    ['../2021-08-02', null, '2021-08-02T16:59:59.999Z'],
    ['2021-08-01/..', '2021-07-31T17:00:00.000Z', null],
    ['/2021-08-02', null, '2021-08-02T16:59:59.999Z'],
    ['2021-08-01/2021-08-01T12:00:00Z', '2021-07-31T17:00:00.000Z', '2021-08-01T12:00:00Z'],
  ])("%s: a day is the whole day in the district's zone", (value, from, until) => {
    expect(readItemQuery(new URLSearchParams({ datetime: value }), 'Asia/Ho_Chi_Minh').datetime).toEqual({
      from,
      until,
    });
  });

  test.each([
    ['2021-03-14', '2021-03-14T05:00:00.000Z', '2021-03-15T03:59:59.999Z'],
    ['2021-11-07', '2021-11-07T04:00:00.000Z', '2021-11-08T04:59:59.999Z'],
  ])('%s: a day of 23 or 25 hours where clocks are moved', (value, from, until) => {
    expect(readItemQuery(new URLSearchParams({ datetime: value }), 'America/New_York').datetime).toEqual({
      from,
      until,
    });
  });

  const moment = 'RFC 3339, such as 2021-08-01T00:00:00Z, or "..", or a day';
  test.each([
    ['2021-08-02/2021-08-01', 'the first before the second'],
    ['2021-08-01/2021-08-02/2021-08-03', 'one moment, or two with "/" between'],
    ['..', 'a moment'],
    ['', 'a moment'],
    ['yesterday', moment],
    ['2021-08', moment],
    ['2021-13-01', moment],
    ['2021-02-29', moment],
    ['2021-08-01T00:00:00', moment],
    ['2021-08-01x', moment],
    ['x2021-08-01', moment],
    ['x2021-08-01T00:00:00Z', moment],
    ['2021-08-01T99:00:00Z', moment],
    ['01-08-2021T00:00:00Z', moment],
    ['2021-08-01/x', moment],
  ])('"%s": %s', (value, reason) => {
    expect(fault(String(new URLSearchParams({ datetime: value })))).toEqual([{ field: 'datetime', value, reason }]);
  });
});
