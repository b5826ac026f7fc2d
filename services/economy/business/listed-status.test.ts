import { expect, test } from 'vitest';
import { type BusinessEvent, evolve } from './evolve.ts';
import { type Business, spansOf } from './state.ts';

const file = (status: string | undefined, handedIn: string, source = 'import/businesses/list.csv') => ({
  type: 'business-registered',
  source,
  recordedtime: `${handedIn}T02:00:00Z`,
  data: { businessId: 'b', name: 'Quán', registeredDate: '2021-03-01', ...(status && { status }) },
});
const typed = (status: string, effectiveDate: string) => ({
  type: 'business-status-changed',
  source: 'economy',
  recordedtime: `${effectiveDate}T05:00:00Z`,
  data: { businessId: 'b', status, effectiveDate },
});
const spans = (...events: object[]) =>
  spansOf(
    events.reduce<Business | undefined>(
      (state, event, index) => evolve(state, event as BusinessEvent, index + 1),
      undefined,
    )!.facts,
  ).map(({ from, status }) => `${from} ${status}`);

test('a status that changes in a later file holds from the day on which the file was handed in, above what was typed before', () => {
  // As they are folded: registrations first, in the order of the files.
  const [first, later] = [file('open', '2021-05-01'), file('closed', '2021-05-20')];
  expect(spans(first, later)).toEqual(['2021-03-01 open', '2021-05-20 closed']);
  expect(spans(first, later, typed('suspended', '2021-05-10'))).toEqual([
    '2021-03-01 open',
    '2021-05-10 suspended',
    '2021-05-20 closed',
  ]);
  expect(spans(first, later, typed('open', '2021-05-25')).at(-1)).toBe('2021-05-25 open');
});

test('a file that says what files said before leaves what was typed in between, whatever its name', () => {
  const events = [file('open', '2021-05-01'), file('open', '2021-05-20', 'import/businesses/tue.csv')];
  expect(spans(...events, typed('suspended', '2021-05-10')).at(-1)).toBe('2021-05-10 suspended');
  expect(spans(...events, file(undefined, '2021-05-21'), typed('suspended', '2021-05-10'))).toHaveLength(2);
});

test('each change of the list is one, also back to what it said first', () => {
  const events = [
    file('open', '2021-05-01'),
    file('closed', '2021-05-20'),
    file('closed', '2021-05-22'),
    file('open', '2021-05-24'),
  ];
  expect(spans(...events)).toEqual(['2021-03-01 open', '2021-05-20 closed', '2021-05-24 open']);
});

test('the first status that a file says is of the registration itself', () => {
  const posted = { ...file('open', '2021-05-01'), source: '/register' };
  expect(spans(posted, file('suspended', '2021-05-02'))).toEqual(['2021-03-01 suspended']);
});

test('of a registration that is later than the file, the change is of its day', () => {
  const later = file('closed', '2021-02-01');
  expect(spans(file('open', '2021-01-01'), later)).toEqual(['2021-03-01 closed']);
});
