import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smallCellPolicy } from '#contracts/access/small-cells.ts';
import { type Cell, suppress } from './suppress.ts';

const whole = (parts: readonly number[], elsewhere = 0): Cell[] => [
  { areaId: 'D', parent: null, count: parts.reduce((sum, part) => sum + part, elsewhere) },
  ...parts.map((count, index) => ({ areaId: `W${index}`, parent: 'D', count })),
];
const toldOf = (cells: readonly Cell[]) => [...suppress(cells, smallCellPolicy).values()];
const hiddenOf = (cells: readonly Cell[]) => toldOf(cells).filter((count) => count === null).length;

describe('a whole and its parts', () => {
  test('without a small count everything is told, 0 too', () => {
    expect(toldOf(whole([5, 0, 12, 700]))).toEqual([717, 5, 0, 12, 700]);
  });

  test.each([1, 2, 3, 4])('%i is hidden, with two others at least', (small) => {
    const told = suppress(whole([small, 50, 60, 70, 80]), smallCellPolicy);
    expect(told.get('D')).toBe(260 + small);
    expect(told.get('W0')).toBeNull();
    expect(hiddenOf(whole([small, 50, 60, 70, 80]))).toBe(3);
  });

  test('a small whole is hidden with everything in it, zeros too', () => {
    expect(toldOf(whole([1, 0, 2]))).toEqual([null, null, null, null]);
  });

  test('hidden ones that come to no more than a small count take all others with them', () => {
    expect(hiddenOf(whole([1, 0, 0, 8]))).toBe(4);
    expect(hiddenOf(whole([1, 1, 0, 8]))).toBe(3);
    expect(hiddenOf(whole([1, 1, 1, 90, 90, 90]))).toBe(4);
  });

  test('a small number of cases that lie in none of the parts hides some of the parts', () => {
    expect(hiddenOf(whole([50, 60, 70, 80], 2))).toBe(3);
    expect(hiddenOf(whole([50, 60, 70, 80], 9))).toBe(0);
  });

  test('below a hidden part nothing is told, below a told one what is safe', () => {
    const cells = [
      ...whole([2, 50, 60, 70]),
      ...['a', 'b'].map((name, index) => ({ areaId: `W0${name}`, parent: 'W0', count: index * 2 })),
    ];
    const told = suppress(cells, smallCellPolicy);
    expect([told.get('W0a'), told.get('W0b')]).toEqual([null, null]);
  });

  test('an area whose whole is not there stands for itself', () => {
    const told = suppress(
      [
        { areaId: 'X', parent: 'gone', count: 3 },
        { areaId: 'Y', parent: 'gone', count: 8 },
      ],
      smallCellPolicy,
    );
    expect([...told.values()]).toEqual([null, 8]);
  });
});

test.each([
  [2, 30],
  [3, 24],
  [4, 14],
  [5, 10],
])('somebody who knows how it is done learns no small count: every table of %i parts up to %i', (partCount, most) => {
  // All tables that are told alike are one answer: what a hidden part may be is what it is in any of them.
  const answers = new Map<string, Set<number>[]>();
  const table = new Array<number>(partCount).fill(0);
  for (let number = 0; number < (most + 1) ** partCount; number++) {
    for (let part = 0, rest = number; part < partCount; part++, rest = Math.floor(rest / (most + 1)))
      table[part] = rest % (most + 1);
    const [total, ...told] = toldOf(whole(table));
    if (total === null) continue;
    // Where the hidden ones come to more, the end of the tables that are tried narrows what they may be, and not the answer.
    if (total! - told.reduce<number>((sum, count) => sum + (count ?? 0), 0) > most) continue;
    const key = JSON.stringify([total, told]);
    const values = answers.get(key) ?? table.map(() => new Set<number>());
    for (const [part, count] of table.entries()) values[part]!.add(count);
    answers.set(key, values);
  }
  const narrow = [...answers].flatMap(([key, values]) =>
    (JSON.parse(key) as [number, (number | null)[]])[1].flatMap((count, part) =>
      count === null && values[part]!.size < 3 ? [`${key} part ${part}: ${[...values[part]!]}`] : [],
    ),
  );
  expect(narrow).toEqual([]);
  expect(answers.size).toBeGreaterThan(partCount * most);
});

test('the same counts are told the same way in whatever order they come', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 1, maxLength: 8 }), fc.nat(1000), (parts, seed) => {
      const cells = whole(parts);
      const shuffled = cells.toSorted(
        (a, b) => ((a.areaId.charCodeAt(1) * seed) % 7) - ((b.areaId.charCodeAt(1) * seed) % 7),
      );
      const one = suppress(cells, smallCellPolicy);
      const other = suppress(shuffled, smallCellPolicy);
      for (const { areaId } of cells) expect(other.get(areaId)).toBe(one.get(areaId));
    }),
  );
});
