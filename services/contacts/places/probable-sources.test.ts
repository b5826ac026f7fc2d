import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextQuestion, type Presence, probableSources, sharedPlaces } from './probable-sources.ts';

const hour = (text: string) => `2021-07-03T${text}:00.000Z`;
const at = (subjectId: string, placeId: string, from = '08:00', until = '09:00'): Presence => ({
  subjectId,
  placeId,
  from: hour(from),
  until: hour(until),
});
const windowOf = (caseId: string) => ({ caseId, from: hour('06:00'), until: hour('12:00') });

test('hits are at the same place in windows that overlap', () => {
  const own = at('a', 'market');
  const met = at('b', 'market', '08:59', '10:00');
  const presences = [
    own,
    met,
    at('c', 'market', '09:00', '10:00'),
    at('d', 'market', '07:00', '08:00'),
    at('e', 'cafe'),
  ];
  expect(sharedPlaces('a', presences)).toEqual([[own, met]]);
  expect(sharedPlaces('e', presences)).toEqual([]);
});

test('places are ranked by cases who were there in their window, each counted once', () => {
  const presences = [
    at('a', 'cafe'),
    at('a', 'cafe', '10:00', '11:00'),
    at('a', 'market'),
    at('b', 'market', '11:59', '13:00'),
    at('c', 'market', '12:00', '13:00'),
    at('contact', 'market'),
  ];
  expect(probableSources(['b', 'a', 'c'].map(windowOf), presences)).toEqual([
    { placeId: 'market', caseIds: ['a', 'b'] },
    { placeId: 'cafe', caseIds: ['a'] },
  ]);
});

test('the next question is the one that would move the ranking most', () => {
  const windows = ['a', 'b', 'c'].map(windowOf);
  const ranked = [
    { placeId: 'market', caseIds: ['a', 'b'] },
    { placeId: 'cafe', caseIds: ['a'] },
    { placeId: 'school', caseIds: ['c'] },
  ];
  // A yes brings the school past the café; the café past nobody.
  expect(nextQuestion(ranked, windows, [])).toEqual({ caseId: 'a', placeId: 'school' });
  const no = [
    { caseId: 'a', placeId: 'school' },
    { caseId: 'b', placeId: 'school' },
  ];
  expect(nextQuestion(ranked, windows, no)).toEqual({ caseId: 'c', placeId: 'market' });
  expect(nextQuestion([ranked[0]!], windows.slice(0, 2), [])).toBeNull();
});

test('the ranking does not depend on the order of what is known', () => {
  const presence = fc.record({ subjectId: fc.constantFrom('a', 'b', 'c'), placeId: fc.constantFrom('x', 'y', 'z') });
  fc.assert(
    fc.property(fc.array(presence, { maxLength: 10 }), (drawn) => {
      const presences = drawn.map(({ subjectId, placeId }) => at(subjectId, placeId));
      const windows = ['a', 'b', 'c'].map(windowOf);
      expect(probableSources(windows.toReversed(), presences.toReversed())).toEqual(
        probableSources(windows, presences),
      );
    }),
  );
});
