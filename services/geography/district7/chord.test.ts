import { describe, expect, it } from 'vitest';
import { cutsAlongLine, leftShare } from './chord.ts';
import { type Ring, signedArea } from './planar.ts';

/** A U, 3 wide and 3 high, whose gap is 1 wide and 2 deep: area 7. */
const U: Ring = [
  [0, 0],
  [3, 0],
  [3, 3],
  [2, 3],
  [2, 1],
  [1, 1],
  [1, 3],
  [0, 3],
];

describe('cutsAlongLine', () => {
  it('cuts each arm of a U apart by itself, and never along the gap', () => {
    const cuts = cutsAlongLine(U, [0, 2], 0);
    expect(cuts).toHaveLength(2);
    for (const cut of cuts) {
      const areas = [signedArea(cut.left), signedArea(cut.right)].sort((a, b) => a - b);
      expect(areas[0]).toBeCloseTo(1, 12);
      expect(areas[1]).toBeCloseTo(6, 12);
    }
  });

  it('cuts a U once below its gap, and states the share of the left piece', () => {
    const [cut, ...others] = cutsAlongLine(U, [0, 0.5], 0);
    expect(others).toHaveLength(0);
    expect(leftShare(cut!)).toBeCloseTo(signedArea(cut!.left) / 7, 12);
    expect([signedArea(cut!.left), signedArea(cut!.right)].sort((a, b) => a - b)[0]).toBeCloseTo(1.5, 12);
  });

  it('finds nothing on a line that misses the ring or grazes a vertex', () => {
    expect(cutsAlongLine(U, [0, 4], 0)).toEqual([]);
    expect(cutsAlongLine(U, [0, 2.999], 0)).toEqual([]);
  });
});
