import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { knownCases, type Stretch, tile } from './tiling.ts';

const stretch = (start: number, end: number, cases: number | null = 1): Stretch => ({ start, end, cases });

describe('which published periods make up a window', () => {
  test('the finest complete tiling, none counted twice; what straddles an edge does not count', () => {
    const week = stretch(1, 7, 70);
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => stretch(day, day, 9));
    expect(tile([week, ...days], 1, 7)).toEqual({ pieces: days, missing: [], unknownDays: 0 });
    expect(tile([week, ...days.slice(1)], 1, 7).pieces).toEqual([week]);
    expect(tile([stretch(0, 3, 5), stretch(4, 7, 6)], 1, 7)).toEqual({
      pieces: [stretch(4, 7, 6)],
      missing: [1, 2, 3],
      unknownDays: 3,
    });
    expect(tile([stretch(4, 8, 6)], 1, 7).missing).toHaveLength(7);
    expect(tile([stretch(1, 4, 6), stretch(4, 7, 5)], 1, 7).pieces).toHaveLength(1);
  });

  test('a coarser period with a number stands before finer ones of which one has none', () => {
    const week = stretch(1, 7, 12);
    const days = [1, 2, 3, 4, 5, 6, 7].map((day) => stretch(day, day, day === 3 ? null : 2));
    expect(tile([...days, week], 1, 7)).toEqual({ pieces: [week], missing: [], unknownDays: 0 });
    expect(tile(days, 1, 7)).toMatchObject({ missing: [], unknownDays: 1 });
  });

  test('against every choice of periods', () => {
    const days = 7;
    const stretches = fc.array(
      fc
        .record({ start: fc.integer({ min: -2, max: days + 1 }), length: fc.integer({ min: 1, max: 8 }) })
        .chain(({ start, length }) =>
          fc
            .option(fc.integer({ min: 0, max: 9 }), { freq: 6 })
            .map((cases) => stretch(start, start + length - 1, cases)),
        ),
      { maxLength: 11 },
    );
    fc.assert(
      fc.property(stretches, (given) => {
        let best: [number, number, number] | undefined;
        for (let chosen = 0; chosen < 2 ** given.length; chosen++) {
          const pieces = given.filter((_, i) => chosen & (2 ** i));
          const held = new Set<number>();
          let fits = true;
          for (const { start, end } of pieces) {
            if (start < 1 || end > days) fits = false;
            for (let day = start; day <= end; day++) {
              if (held.has(day)) fits = false;
              held.add(day);
            }
          }
          if (!fits) continue;
          const numbered = pieces.filter(({ cases }) => cases !== null).flatMap(({ start, end }) => end - start + 1);
          const score: [number, number, number] = [
            days - numbered.reduce((a, b) => a + b, 0),
            days - held.size,
            -pieces.length,
          ];
          if (!best || compare(score, best) < 0) best = score;
        }
        const { pieces, missing, unknownDays } = tile(given, 1, days);
        expect([unknownDays, missing.length, -pieces.length]).toEqual(best);
        for (const piece of pieces) expect(given).toContain(piece);
      }),
      { numRuns: 300 },
    );
  });

  test('what has no number adds nothing to what is known', () => {
    expect(knownCases([stretch(1, 1, 4), stretch(2, 2, null)])).toBe(4);
  });
});

const compare = (a: readonly number[], b: readonly number[]) => {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at === -1 ? 0 : a[at]! - b[at]!;
};
