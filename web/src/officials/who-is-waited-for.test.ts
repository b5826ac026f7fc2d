import { expect, test } from 'vitest';
import { waitedFor } from './who-is-waited-for.ts';

const person = (officerId: string, doneAt: string | null = null) => ({
  ...{ officerId, name: `Ông ${officerId}`, acknowledgedAt: doneAt, percent: 0, doneAt },
});

test('what waits for an answer and what is overdue are counted apart, with whose it is, each once', () => {
  const an = person('an');
  const binh = person('binh');
  expect(
    waitedFor([
      { unanswered: ['binh'], overdue: false, addressees: [an, binh] },
      { unanswered: ['an', 'binh'], overdue: true, addressees: [an, binh] },
      { unanswered: [], overdue: true, addressees: [person('chi', '2021-10-01T00:00:00Z'), an] },
      { unanswered: [], overdue: false, addressees: [person('dung')] },
    ]),
  ).toEqual({ unanswered: 2, overdue: 2, ofUnanswered: ['Ông binh', 'Ông an'], ofOverdue: ['Ông an', 'Ông binh'] });
  expect(waitedFor([])).toEqual({ unanswered: 0, overdue: 0, ofUnanswered: [], ofOverdue: [] });
});
