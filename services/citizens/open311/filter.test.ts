import { describe, expect, test } from 'vitest';
import type { GeoProblem } from './answer.ts';
import { readRequestFilter, readW3cDate } from './filter.ts';

const now = Date.parse('2021-10-05T03:00:00Z');
const wrongOf = (query: Record<string, string>) => {
  try {
    readRequestFilter(query, now);
    return [];
  } catch (error) {
    return (error as GeoProblem).errors.map(({ description }) => description.split(':')[0]);
  }
};

test.each([
  ['2021-10-01T00:00:00Z', '2021-10-01T00:00:00.000Z'],
  ['2021-10-01T00:00:00+07:00', '2021-09-30T17:00:00.000Z'],
  // A plus in an address is a blank.
  ['2021-10-01T00:00:00 07:00', '2021-09-30T17:00:00.000Z'],
  ['2021-10-01T00:00:00-0800', '2021-10-01T08:00:00.000Z'],
  ['2021-10-01', '2021-10-01T00:00:00.000Z'],
  ['2021-10-01t00:00:00.5z', '2021-10-01T00:00:00.500Z'],
])('%s is %s', (written, read) => {
  expect(new Date(readW3cDate(written)!).toISOString()).toBe(read);
});

test.each([
  '2021-02-30',
  '2021-13-01T00:00:00Z',
  '2021-10-01T25:00:00Z',
  '2021-10-01T00:00:00',
  '10/01/2021',
  '1',
  'now',
  '1633046400',
  '0001-01-01',
])('%s is none', (written) => expect(readW3cDate(written)).toBeUndefined());

describe('the span of receipt', () => {
  test('nothing said: the last 90 days; a start alone: 90 days from it, or until now; an end alone: 90 days before', () => {
    expect(readRequestFilter({}, now)).toMatchObject({
      from: '2021-07-07T03:00:00.001Z',
      to: '2021-10-05T03:00:00.001Z',
    });
    expect(readRequestFilter({ start_date: '', end_date: ' ' }, now)).toEqual(readRequestFilter({}, now));
    expect(readRequestFilter({ start_date: '2021-01-01T00:00:00Z' }, now)).toMatchObject({
      to: '2021-04-01T00:00:00.000Z',
    });
    expect(readRequestFilter({ start_date: '2021-10-01T00:00:00Z' }, now)).toMatchObject({
      to: '2021-10-05T03:00:00.001Z',
    });
    expect(readRequestFilter({ end_date: '2021-04-01T00:00:00Z' }, now)).toMatchObject({
      from: '2021-01-01T00:00:00.000Z',
    });
  });

  test('90 days are taken, one second more is not; an end before its start is not', () => {
    const start = { start_date: '2021-01-01T00:00:00Z' };
    expect(wrongOf({ ...start, end_date: '2021-04-01T00:00:00Z' })).toEqual([]);
    expect(wrongOf({ ...start, end_date: '2021-04-01T00:00:01Z' })).toEqual(['start_date, end_date']);
    expect(wrongOf({ ...start, end_date: '2020-12-31T23:59:59Z' })).toEqual(['start_date']);
  });
});

test('everything that is wrong is told at once, by its parameter', () => {
  expect(
    wrongOf({ start_date: 'yesterday', status: 'open,done', service_code: 'tree,001', page: '0', page_size: '1001' }),
  ).toEqual(['page', 'page_size', 'service_code', 'status', 'start_date']);
});

test('numbers override all else; lists are taken with blanks and in capitals', () => {
  expect(readRequestFilter({ service_request_id: 'PA-1, PA-2,', start_date: 'never' }, now)).toMatchObject({
    ids: ['PA-1', 'PA-2'],
  });
  expect(readRequestFilter({ status: 'OPEN , closed', service_code: ' tree,' }, now)).toMatchObject({
    statuses: ['open', 'closed'],
    topics: ['tree'],
  });
  expect(readRequestFilter({ page: '2', page_size: '1000', extensions: 'TRUE' }, now)).toMatchObject({
    page: 2,
    pageSize: 1000,
    extensions: true,
  });
});
