import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays } from '#contracts/days.ts';
import { type FollowUpFact, followUpOn } from './follow-up.ts';
import { courseOf, followUpRules, type Protection } from './rules.ts';

const unknown: Protection = { doses: null, lastDoseDay: null, recoveredDay: null };
const twoDoses = (lastDoseDay: string): Protection => ({ ...unknown, doses: 2, lastDoseDay });
const recovered = (recoveredDay: string): Protection => ({ ...unknown, recoveredDay });

describe('the course of a contact', () => {
  test.each<[string, string, Protection, number]>([
    ['before any decision that we have read', '2021-12-15', twoDoses('2021-08-01'), 14],
    ['on the day of 10696, protected', '2021-12-16', twoDoses('2021-08-01'), 7],
    ['on the day of 10696, unknown', '2021-12-16', unknown, 14],
    ['last dose 14 days ago', '2022-01-15', twoDoses('2022-01-01'), 7],
    ['last dose 13 days ago', '2022-01-14', twoDoses('2022-01-01'), 14],
    ['last dose six months ago', '2022-01-15', twoDoses('2021-07-15'), 7],
    ['last dose a day longer ago', '2022-01-15', twoDoses('2021-07-14'), 14],
    ['one dose', '2022-01-15', { ...twoDoses('2021-12-01'), doses: 1 }, 14],
    ['a dose of an unknown day', '2022-01-15', { ...unknown, doses: 2 }, 14],
    ['a dose after the exposure', '2022-01-15', twoDoses('2022-01-16'), 14],
    ['recovered six months ago', '2022-01-15', recovered('2021-07-15'), 7],
    ['recovered a day longer ago', '2022-01-15', recovered('2021-07-14'), 14],
    ['recovered after the exposure', '2022-01-15', recovered('2022-01-16'), 14],
    ['a day before the successor', '2022-02-20', twoDoses('2022-01-01'), 7],
    ['the successor, protected', '2022-02-21', twoDoses('2022-01-01'), 5],
    ['the successor bounds no age of a dose', '2022-02-21', twoDoses('2021-03-01'), 5],
    ['the successor, recovered three months ago', '2022-03-15', recovered('2021-12-15'), 5],
    ['the successor, recovered a day longer ago', '2022-03-15', recovered('2021-12-14'), 7],
    ['the successor, others', '2022-02-21', unknown, 7],
  ])('%s', (_, day, protection, days) => expect(courseOf(day, protection).days).toBe(days));

  test('rules follow each other without a gap', () => {
    expect(followUpRules.map(({ from }) => from)).toEqual([
      null,
      ...followUpRules.slice(0, -1).map(({ until }) => until),
    ]);
    expect(followUpRules.at(-1)!.until).toBeNull();
  });
});

const fact = (kind: FollowUpFact['kind'], day: string): FollowUpFact => ({
  id: `${kind}-${day}`,
  kind,
  day,
  at: `${day}T05:00:00.000Z`,
});
const exposed = fact('exposed', '2022-03-01');

describe('the follow-up', () => {
  test('nobody is followed up before an exposure is known', () => {
    expect(followUpOn('2022-02-28', [exposed], unknown)).toBeNull();
    expect(followUpOn('2022-03-01', [exposed], unknown)).toMatchObject({ status: 'open', dueToday: false });
  });

  test('is due from the day after to the last day, and then closed', () => {
    expect(followUpOn('2022-03-02', [exposed], unknown)).toEqual({
      status: 'open',
      course: followUpRules[2]!.others,
      lastExposureDay: '2022-03-01',
      firstDay: '2022-03-02',
      lastDay: '2022-03-08',
      visitedDays: [],
      missedDays: [],
      dueToday: true,
    });
    expect(followUpOn('2022-03-08', [exposed], unknown)).toMatchObject({ status: 'open', dueToday: true });
    const after = followUpOn(
      '2022-03-09',
      [exposed, fact('visited', '2022-03-03'), fact('visited', '2022-03-09')],
      unknown,
    );
    expect(after).toMatchObject({ status: 'completed', dueToday: false, visitedDays: ['2022-03-03', '2022-03-09'] });
    expect(after!.missedDays).toHaveLength(6);
  });

  test('a suspended, lost or moved contact is not late; who is resumed is due again; the end does not move', () => {
    const facts = [exposed, fact('suspended', '2022-03-03'), fact('resumed', '2022-03-06')];
    expect(followUpOn('2022-03-04', facts, unknown)).toMatchObject({ status: 'suspended', dueToday: false });
    expect(followUpOn('2022-03-07', facts, unknown)).toMatchObject({
      status: 'open',
      dueToday: true,
      missedDays: ['2022-03-02', '2022-03-06'],
      lastDay: '2022-03-08',
    });
    for (const kind of ['lost', 'moved-away'] as const)
      expect(followUpOn('2022-03-04', [exposed, fact(kind, '2022-03-04')], unknown)).toMatchObject({
        status: kind,
        dueToday: false,
      });
  });

  test('a new exposure starts it anew, also of one who was lost, or whose follow-up had ended', () => {
    const facts = [exposed, fact('lost', '2022-03-04'), fact('exposed', '2022-03-20')];
    expect(followUpOn('2022-03-21', facts, unknown)).toMatchObject({ status: 'open', dueToday: true, missedDays: [] });
  });

  const kinds = ['exposed', 'visited', 'moved-away', 'lost', 'suspended', 'resumed'] as const;
  const anyFacts = fc.uniqueArray(
    fc
      .record({ kind: fc.constantFrom(...kinds), offset: fc.integer({ min: 0, max: 40 }) })
      .map(({ kind, offset }) => fact(kind, addDays('2022-02-10', offset))),
    { maxLength: 12, selector: ({ id }) => id },
  );

  test('does not depend on the order or the repetition of facts', () => {
    fc.assert(
      fc.property(
        anyFacts.chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray(facts, { minLength: facts.length })),
        ),
        fc.integer({ min: 0, max: 60 }),
        ([facts, shuffled], offset) => {
          const today = addDays('2022-02-10', offset);
          expect(followUpOn(today, [...shuffled, ...shuffled], unknown)).toEqual(followUpOn(today, facts, unknown));
        },
      ),
    );
  });

  test('is closed once the days of the newest exposure are over, whatever was said', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const newest = facts
          .filter(({ kind }) => kind === 'exposed')
          .map(({ day }) => day)
          .sort()
          .at(-1);
        fc.pre(newest !== undefined);
        const today = addDays(newest!, Math.max(courseOf(newest!, unknown).days + 1, 0));
        expect(followUpOn(today, facts, unknown)).toMatchObject({ status: 'completed', dueToday: false });
      }),
    );
  });
});
