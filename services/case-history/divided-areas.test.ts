import { expect, test } from 'vitest';
import type { AreaChanges } from '../district/area-changes.ts';
import { casesSaid, dividedAreas, withheldOfDivided } from './divided-areas.ts';

const changes: AreaChanges = new Map([
  ['P', { since: '1970-04-11', wasThere: false, whole: [], divided: ['W2'] }], // day 100
  ['N', { since: '1970-04-11', wasThere: false, whole: ['W0'], divided: [] }],
  ['W2', { since: '1970-01-11', wasThere: false, whole: ['tổ'], divided: [] }],
]);
const names = new Map([['W2', 'Phường 2']]);

test('an area is divided when what it took a part of, or what lay wholly in that, had something before its borders', () => {
  const of = (said: [areaId: string, day: number][]) =>
    dividedAreas(changes, names, (areaId, before) => said.some(([id, day]) => id === areaId && day < before));
  expect([...of([['W2', 99]]).keys()]).toEqual(['P']);
  expect([...of([['tổ', 5]]).keys()]).toEqual(['P']);
  expect([...of([['W2', 100]]).keys()]).toEqual([]);
  expect([...of([['W0', 99]]).keys()]).toEqual([]);
  expect(withheldOfDivided(of([['W2', 99]]).get('P')!, 28)).toMatchObject({
    reason: 'borders-changed',
    detail: expect.stringContaining('28 days from 1970-04-11 on are needed'),
    note: { vi: expect.stringMatching(/Phường 2 .*28 ngày kể từ 11\/04\/1970/) },
  });
});

test('a line list has said something of an area from its first case there, whatever the order of its changes', () => {
  const said = casesSaid({
    places: ['a', null],
    place: Int32Array.from([0, 0, 1]),
    day: Int32Array.from([90, 120, 10]),
    age: Int32Array.from([3, 2, 1]),
    change: Int32Array.from([1, 1, 1]),
  });
  expect([said('a', 91), said('a', 90), said('b', 500)]).toEqual([true, false, false]);
});
