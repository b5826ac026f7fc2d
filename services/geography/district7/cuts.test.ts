import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutsAlongLine, leftShare } from './chord.ts';
import { type Ring, signedArea, type Vertex } from './planar.ts';

/** A rectangle 4 wide and 2 high. */
const rectangle: Ring = [
  [0, 0],
  [4, 0],
  [4, 2],
  [0, 2],
];
/** Three teeth that stand on a base: a level line through them has three chords inside. */
const comb: Ring = [
  [0, 0],
  [5, 0],
  [5, 3],
  [4, 3],
  [4, 1],
  [3, 1],
  [3, 3],
  [2, 3],
  [2, 1],
  [1, 1],
  [1, 3],
  [0, 3],
];

describe('cutsAlongLine', () => {
  test('both halves run the way the ring ran and share the two new vertices', () => {
    // Upright through x = 1: crosses the lower edge and the upper one.
    const [cut, ...others] = cutsAlongLine(rectangle, [1, 0.7], Math.PI / 2);
    expect(others).toEqual([]);
    const rounded = (ring: Ring) => ring.map(([x, y]) => [Number(x.toFixed(12)), Number(y.toFixed(12))]);
    expect(rounded(cut!.left)).toEqual([
      [1, 0],
      [4, 0],
      [4, 2],
      [1, 2],
    ]);
    expect(rounded(cut!.right)).toEqual([
      [1, 2],
      [0, 2],
      [0, 0],
      [1, 0],
    ]);
    expect(leftShare(cut!)).toBeCloseTo(0.75, 12);
  });

  test('a slanted line', () => {
    const [cut] = cutsAlongLine(rectangle, [2, 1], Math.PI / 4);
    expect(leftShare(cut!)).toBeCloseTo(0.5, 12);
    expect(cut!.left[0]![0]).toBeCloseTo(1, 12);
    expect(cut!.left.at(-1)![0]).toBeCloseTo(3, 12);
  });

  test('each chord of a line that crosses three teeth takes one tooth off', () => {
    const cuts = cutsAlongLine(comb, [0, 2], 0);
    const teeth = cuts.map((cut) => {
      const [small] = [cut.left, cut.right].sort((a, b) => signedArea(a) - signedArea(b));
      return small!.map(([x]) => x).sort((a, b) => a - b);
    });
    expect(teeth).toEqual([
      [0, 0, 1, 1],
      [2, 2, 3, 3],
      [4, 4, 5, 5],
    ]);
  });

  test('a crossing nearer to a vertex than a fiftieth of its edge is refused, at either end', () => {
    // The upright edges are 2 high: a fiftieth is 0.04.
    const at = (height: number) => cutsAlongLine(rectangle, [0, height], 0).length;
    expect([0.0399, 0.0401, 1.9599, 1.9601].map(at)).toEqual([0, 1, 1, 0]);
    expect([0, 2].map(at)).toEqual([0, 0]);
  });

  test('a line beside the ring, or along one of its edges, cuts nothing', () => {
    expect(cutsAlongLine(rectangle, [0, 2.1], 0)).toEqual([]);
    expect(cutsAlongLine(rectangle, [0, -0.1], 0)).toEqual([]);
    expect(cutsAlongLine(rectangle, [0, 0], 0)).toEqual([]);
  });

  test('whatever the direction, the halves sum to the ring and keep its winding', () => {
    const angle = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true });
    const inside = fc.tuple(fc.double({ min: 0, max: 5, noNaN: true }), fc.double({ min: 0, max: 3, noNaN: true }));
    fc.assert(
      fc.property(inside, angle, fc.boolean(), ([x, y], direction, reversed) => {
        const ring = reversed ? comb.toReversed() : comb;
        const through: Vertex = [x, y];
        for (const cut of cutsAlongLine(ring, through, direction)) {
          const [left, right] = [signedArea(cut.left), signedArea(cut.right)];
          expect(left + right).toBeCloseTo(signedArea(ring), 9);
          expect(Math.sign(left)).toBe(Math.sign(signedArea(ring)));
          expect(Math.sign(right)).toBe(Math.sign(signedArea(ring)));
          expect(cut.left.length + cut.right.length).toBe(ring.length + 4);
          expect(leftShare(cut)).toBeCloseTo(left / signedArea(ring), 9);
          expect([cut.left[0], cut.left.at(-1)]).toEqual([cut.right.at(-1), cut.right[0]]);
        }
      }),
    );
  });
});
