import { expect, test } from 'vitest';
import { byDeadline, clockState } from './legal-clock.ts';

const now = Date.parse('2021-08-24T05:00:00Z');
const due = (dueAt: string | null, overdue = false) => clockState({ dueAt, overdue }, now);

test.each([
  [null, false, 'none'],
  ['2021-08-24T04:59:59Z', false, 'late'],
  ['2021-08-24T05:00:00Z', false, 'late'],
  ['2021-08-24T05:00:01Z', false, 'soon'],
  ['2021-08-25T05:00:00Z', false, 'soon'],
  ['2021-08-25T05:00:01Z', false, 'inTime'],
  ['2021-08-25T05:00:01Z', true, 'late'],
] as const)('a term of %s, overdue %s: %s', (dueAt, overdue, state) => expect(due(dueAt, overdue)).toBe(state));

test('what is due first stands first, what has no term last, the longest wait before', () => {
  const rows = [
    { id: 'none', dueAt: null, statusSince: '2021-08-01T00:00:00Z' },
    { id: 'later', dueAt: '2021-08-26T00:00:00Z', statusSince: '2021-08-01T00:00:00Z' },
    { id: 'newer', dueAt: '2021-08-25T00:00:00Z', statusSince: '2021-08-20T00:00:00Z' },
    { id: 'older', dueAt: '2021-08-25T00:00:00Z', statusSince: '2021-08-10T00:00:00Z' },
    { id: 'waits', dueAt: null, statusSince: '2021-07-01T00:00:00Z' },
  ];
  expect(rows.toSorted(byDeadline).map(({ id }) => id)).toEqual(['older', 'newer', 'later', 'waits', 'none']);
});
