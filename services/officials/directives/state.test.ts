import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Addressable,
  type Answer,
  addresseesOf,
  directiveOf,
  duesOfDirective,
  type Issued,
  lawfulSteps,
} from './state.ts';

const at = (minute: number) => new Date(Date.parse('2021-10-01T00:00:00Z') + minute * 60_000).toISOString();
const issued = (answeredBy: 'all' | 'any'): Issued => ({
  ...{ directiveId: 'd1', title: 'Kiểm tra', text: 'Kiểm tra các chốt', areaIds: [], units: ['y-te'], roles: [] },
  ...{ answeredBy, addressees: ['an', 'binh'], dueAt: at(600), occurredAt: at(0) },
});
const read = (officerId: string, minute: number): Answer => ({
  ...{ type: 'directive-acknowledged', officerId, saidAt: at(minute) },
});
const told = (officerId: string, minute: number, percent: number): Answer => ({
  ...{ type: 'directive-progressed', officerId, saidAt: at(minute), percent },
});
const said = (type: string, minute: number): Answer => ({ type, officerId: null, saidAt: at(minute) });
const statusOf = (answeredBy: 'all' | 'any', ...answers: Answer[]) => {
  const { status, unanswered } = directiveOf(issued(answeredBy), answers);
  return [status, unanswered];
};

test.each([
  ['nothing said', 'all', [], ['issued', ['an', 'binh']]],
  ['one of all', 'all', [read('an', 1)], ['issued', ['binh']]],
  ['one where any is enough', 'any', [read('an', 1)], ['acknowledged', []]],
  ['all of all', 'all', [read('an', 1), read('binh', 2)], ['acknowledged', []]],
  ['whoever reports has read it', 'all', [told('an', 1, 10), read('binh', 2)], ['acknowledged', []]],
  ['99 is not done', 'any', [told('an', 1, 99)], ['acknowledged', []]],
  ['done by one where any is enough', 'any', [told('an', 1, 100)], ['done', []]],
  ['done by one of all', 'all', [told('an', 1, 100)], ['issued', ['binh']]],
  ['done by all', 'all', [told('an', 1, 100), told('binh', 2, 100)], ['done', []]],
  ['withdrawn', 'all', [said('directive-withdrawn', 3)], ['withdrawn', []]],
  ['a stranger’s word', 'any', [read('chi', 1)], ['issued', ['an', 'binh']]],
] as const)('%s', (_words, answeredBy, answers, wanted) => {
  expect(statusOf(answeredBy, ...answers)).toEqual(wanted);
});

test('it is due once, with those from whom it waits; not when it is done, withdrawn or was escalated', () => {
  const dues = (...answers: Answer[]) => duesOfDirective(directiveOf(issued('all'), answers));
  expect(dues(told('an', 1, 100))).toEqual([
    {
      ...{ rule: 'overdue', sequence: 1, dueAt: at(600), type: 'directive-escalated' },
      data: { directiveId: 'd1', waitsFor: ['binh'] },
    },
  ]);
  expect(dues(told('an', 1, 100), told('binh', 1, 100))).toEqual([]);
  expect(dues(said('directive-withdrawn', 1))).toEqual([]);
  expect(dues(said('directive-escalated', 600))).toEqual([]);
});

test('steps that are lawful: of an addressee, of a stranger, of who leads', () => {
  const steps = (officerId: string | undefined, ...answers: Answer[]) =>
    lawfulSteps(directiveOf(issued('all'), answers), officerId);
  expect(steps('an')).toEqual(['acknowledge', 'report']);
  expect(steps('an', read('an', 1))).toEqual(['report']);
  expect(steps('an', told('an', 1, 100))).toEqual([]);
  expect(steps('chi')).toEqual([]);
  expect(steps(undefined)).toEqual(['withdraw']);
  expect(steps(undefined, said('directive-withdrawn', 1))).toEqual([]);
  expect(steps('an', said('directive-withdrawn', 1))).toEqual([]);
});

test('the order in which answers come makes no difference', () => {
  const answer = fc.record({
    type: fc.constantFrom('directive-acknowledged', 'directive-progressed'),
    officerId: fc.constantFrom('an', 'binh'),
    saidAt: fc.integer({ min: 1, max: 500 }).map(at),
    percent: fc.constantFrom(0, 50, 100),
  });
  fc.assert(
    fc.property(fc.uniqueArray(answer, { selector: ({ saidAt }) => saidAt, maxLength: 8 }), (answers) => {
      expect(directiveOf(issued('all'), answers.toReversed())).toEqual(directiveOf(issued('all'), answers));
    }),
  );
});

const officer = (officerId: string, unit: string, roles: string[], areaIds: string[]): Addressable => ({
  ...{ officerId, unit, roles, areaIds },
});
const register = [
  officer('an', 'y-te', ['health-station-officer'], ['W1']),
  officer('binh', 'do-thi', ['urban-order-inspector'], ['W2']),
  officer('chi', 'ward.W1', ['ward-leader'], ['W1']),
  officer('dung', 'ward.W1', ['analyst'], ['W1a']),
];
const above: Record<string, string[]> = { W1: ['W1', 'D'], W2: ['W2', 'D'], W1a: ['W1a', 'W1', 'D'], D: ['D'] };

test.each([
  ['a unit', { units: ['y-te'] }, ['an']],
  ['a duty', { roles: ['ward-leader'] as const }, ['chi']],
  ['a ward, and what lies in it', { areaIds: ['W1'] }, ['an', 'chi', 'dung']],
  ['a neighbourhood: who has it or what lies above it', { areaIds: ['W1a'] }, ['an', 'chi', 'dung']],
  ['the district', { areaIds: ['D'] }, ['an', 'binh', 'chi', 'dung']],
  ['a unit in a ward', { areaIds: ['W1'], units: ['ward.W1'] }, ['chi', 'dung']],
  ['a unit where it has nobody', { areaIds: ['W2'], units: ['y-te'] }, []],
  ['nobody named', {}, []],
])('%s', (_words, asked, wanted) => {
  const { areaIds = [], units = [], roles = [] } = asked as Partial<Pick<Issued, 'areaIds' | 'units' | 'roles'>>;
  expect(
    addresseesOf({ areaIds, units, roles: [...roles] }, register, (id) => above[id] ?? [id]).map(
      (one) => one.officerId,
    ),
  ).toEqual(wanted);
});
