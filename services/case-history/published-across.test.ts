import { describe, expect, test } from 'vitest';
import type { AreaChanges } from '../district/area-changes.ts';
import { commonDefinition, type PublishedRow, publishedAcross, sumOfCases } from './published-across.ts';

const reform = '1970-04-11'; // day 100
const change = (whole: string[], more: { divided?: string[]; wasThere?: boolean; since?: string } = {}) => ({
  ...{ since: reform, wasThere: false, divided: [], whole },
  ...more,
});
let at = 0;
const row = (areaId: string, start: number, end: number, cases: number | null): PublishedRow => ({
  ...{ areaId, at: at++, start, end, cases },
});
const of = (areaId: string, changes: AreaChanges, rows: PublishedRow[]) =>
  publishedAcross(
    areaId,
    changes,
    (id) => rows.filter((one) => one.areaId === id),
    (id, summed, latest) => ({ ...latest, areaId: id, cases: sumOfCases(summed) }),
  ).map(({ areaId: id, start, end, cases }) => [id, start, end, cases]);

describe('published counts across a change of borders', () => {
  test('of an area that others became: the sum of theirs once all have published, and again with each revision; then its own', () => {
    const changes = new Map([['N', change(['a', 'b'])]]);
    const rows = [
      row('a', 93, 99, 3),
      row('b', 93, 99, 4),
      row('a', 93, 99, 5),
      row('N', 100, 106, 9),
      row('a', 100, 106, 1),
    ];
    expect(of('N', changes, rows)).toEqual([
      ['N', 93, 99, 7],
      ['N', 93, 99, 9],
      ['N', 100, 106, 9],
    ]);
    expect(of('a', changes, rows)).toHaveLength(3);
  });

  test('a period that reaches across the day belongs to nobody; what one part holds back makes no sum', () => {
    const changes = new Map([['N', change(['a', 'b'])]]);
    expect(of('N', changes, [row('a', 97, 103, 3), row('b', 97, 103, 4)])).toEqual([]);
    expect(of('N', changes, [row('a', 93, 99, null), row('b', 93, 99, 4)])).toEqual([['N', 93, 99, null]]);
  });

  test('of an id that was there before, what was said of its old borders is part of the sum and nothing by itself', () => {
    const changes = new Map([['a', change(['b'], { wasThere: true })]]);
    const rows = [row('a', 93, 99, 3), row('a', 97, 103, 50), row('b', 93, 99, 4), row('a', 100, 106, 9)];
    expect(of('a', changes, rows)).toEqual([
      ['a', 93, 99, 7],
      ['a', 100, 106, 9],
    ]);
  });

  test('of a part of a divided area only what is said of itself since; reforms follow each other', () => {
    const divided = new Map([['P', change([], { divided: ['a'], wasThere: true })]]);
    expect(of('P', divided, [row('P', 93, 99, 3), row('P', 100, 106, 4), row('a', 93, 99, 9)])).toEqual([
      ['P', 100, 106, 4],
    ]);
    const twice = new Map([
      ['M', change(['N', 'c'])],
      ['N', change(['a', 'b'], { since: '1970-03-02' })], // day 60
    ]);
    const rows = [
      row('a', 50, 56, 1),
      row('b', 50, 56, 2),
      row('c', 50, 56, 4),
      row('N', 70, 76, 8),
      row('c', 70, 76, 16),
    ];
    expect(of('M', twice, rows)).toEqual([
      ['M', 50, 56, 7],
      ['M', 70, 76, 24],
    ]);
  });

  test('a sum has a definition where all its parts have the same', () => {
    expect(commonDefinition([{ definition: 'x' }, { definition: 'x' }])).toBe('x');
    expect(commonDefinition([{ definition: 'x' }, { definition: null }])).toBeNull();
  });
});
