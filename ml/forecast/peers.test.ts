import { expect, it } from 'vitest';
import { createRandom } from '../numerics/random.ts';
import type { Levels } from './levels.ts';
import { defaultPeers, peerLevels } from './peers.ts';

it('finds the areas that move together, never the total, and skips levels that are missing', () => {
  const length = 60;
  const areas = 9;
  const random = createRandom(1);
  const z = new Float64Array(areas * length);
  for (let i = 0; i < areas; i++) {
    for (let t = 0; t < length; t++) {
      // areas 0-3 swing one way, 4-7 the other; 8 is the total and swings like the first
      const phase = i < 4 || i === 8 ? 0 : Math.PI;
      z[i * length + t] = (i === 8 ? 100 : 10 + i) + Math.sin(t / 5 + phase) + 0.02 * random.normal();
    }
  }
  const options = { ...defaultPeers, peers: 3 };
  const levels: Levels = { areas, first: 0, length, z };
  const near = peerLevels(levels, 8, options);
  const at = (i: number, t: number) => near[i * length + t]!;
  // the peers of area 0 are 1, 2 and 3: mean level 12, swinging as it does
  for (const t of [10, 30, 59]) expect(at(0, t)).toBeCloseTo(12 + Math.sin(t / 5), 1);
  for (const t of [10, 30, 59]) expect(at(4, t)).toBeCloseTo(16 + Math.sin(t / 5 + Math.PI), 1);
  z.fill(Number.NaN, 1 * length, 2 * length);
  expect(peerLevels(levels, 8, { ...options, peers: 2 })[59]).toBeCloseTo(12.5 + Math.sin(59 / 5), 1);
});

it('takes everybody as a peer while there is too little to tell', () => {
  const levels: Levels = { areas: 3, first: 0, length: 2, z: Float64Array.from([1, 1, 2, 2, 6, 6]) };
  expect([...peerLevels(levels, -1, { ...defaultPeers, peers: 1 })]).toEqual([4, 4, 3.5, 3.5, 1.5, 1.5]);
});
