import { expect, test } from 'vitest';
import { mondayOf, releasedWeeks } from './weeks.ts';

const policy = { settleDays: 3, settleMinutes: 10 };
const days = { from: '2021-08-01', to: '2021-09-30' };
const at = (until: string, firstKnownAt: string | null = '2021-01-01T00:00:00Z', most = 9) =>
  releasedWeeks({ timeZone: 'Asia/Ho_Chi_Minh', firstKnownAt, until }, days, policy, most).map(({ to }) => to);

test('the Monday of a day', () => {
  expect(['2021-08-08', '2021-08-09', '2021-08-15', '1969-12-31'].map(mondayOf)).toEqual([
    ...['2021-08-02', '2021-08-09', '2021-08-09', '1969-12-29'],
  ]);
});

test('a week is released three days after its Sunday, at the district’s midnight, and told ten minutes later', () => {
  // Sunday the 15th; midnight that begins Thursday the 19th in Vietnam is 17:00 UTC on the 18th.
  expect(at('2021-08-18T17:09:59Z')[0]).toBe('2021-08-08');
  expect(at('2021-08-18T17:10:00Z')[0]).toBe('2021-08-15');
  const [newest] = releasedWeeks(
    { timeZone: 'Asia/Ho_Chi_Minh', firstKnownAt: '2021-01-01T00:00:00Z', until: '2021-08-20T00:00:00Z' },
    days,
    policy,
    1,
  );
  expect(newest).toEqual({ from: '2021-08-09', to: '2021-08-15', releasedAt: '2021-08-18T17:00:00.000Z' });
});

test('what was over before the district was heard of is released at the midnight after', () => {
  const heard = '2021-09-20T03:00:00Z';
  expect(at('2021-09-20T17:09:59Z', heard)).toEqual([]);
  expect(at('2021-09-20T17:10:00Z', heard)[0]).toBe('2021-09-12');
  expect(at('2021-09-20T17:10:00Z', null)).toEqual([]);
});

test('only weeks that end in the days, and no more than are asked for', () => {
  expect(at('2022-01-01T00:00:00Z')).toHaveLength(9);
  expect(at('2022-01-01T00:00:00Z').at(-1)).toBe('2021-08-01');
  expect(at('2022-01-01T00:00:00Z')[0]).toBe('2021-09-26');
  expect(at('2022-01-01T00:00:00Z', undefined, 2)).toEqual(['2021-09-26', '2021-09-19']);
});
