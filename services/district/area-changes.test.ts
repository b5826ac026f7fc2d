import { expect, test } from 'vitest';
import { type AreaChanges, areaChangesOf, dividedBefore, mergedStatements, wholeBefore } from './area-changes.ts';

const changes: AreaChanges = new Map([
  ['new', { since: '2025-07-01', wasThere: false, whole: ['a', 'b'], divided: ['c'] }],
  ['a', { since: '2010-01-01', wasThere: false, whole: ['a1', 'a2'], divided: ['x'] }],
  // A code that was given again.
  ['again', { since: '2025-07-01', wasThere: false, whole: ['again-2'], divided: [] }],
  ['again-2', { since: '2010-01-01', wasThere: false, whole: ['again'], divided: [] }],
]);

test('what lies in an area: the areas that ended, and those that had ended in them', () => {
  expect(wholeBefore(changes, 'new').sort()).toEqual(['a', 'a1', 'a2', 'b']);
  expect(dividedBefore(changes, 'new').sort()).toEqual(['c', 'x']);
  expect([wholeBefore(changes, 'other'), dividedBefore(changes, 'other')]).toEqual([[], []]);
  expect(wholeBefore(changes, 'again')).toEqual(['again-2']);
});

test('what all members say is one statement; what one of them does not say is none', () => {
  const said = (...rows: [key: string, value: number][]) => rows.map(([key, value]) => ({ key, value }));
  const merged = (...members: { key: string; value: number }[][]) =>
    mergedStatements(
      members,
      ({ key }) => key,
      (rows) => ({ key: rows[0]!.key, value: rows.reduce((sum, { value }) => sum + value, 0) }),
    );
  expect(merged(said(['x', 1], ['y', 2]), said(['y', 3], ['z', 4]))).toEqual(said(['y', 5]));
  expect(merged()).toEqual([]);
});

test('an area is whole in the one that covers 95 hundredths of it or more; the newest day is the day of its borders', () => {
  const row = (before: string, share: number | null, since = '2025-07-01') => ({
    ...{ areaId: 'n', before, since, share, wasThere: false },
  });
  expect(areaChangesOf([row('a', 0.95), row('b', 0.949, '2010-01-01'), row('c', 1), row('d', null)]).get('n')).toEqual({
    ...{ since: '2025-07-01', wasThere: false },
    whole: ['a', 'c'],
    divided: ['b', 'd'],
  });
});
