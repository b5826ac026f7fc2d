/** What is chosen for short histories: found on simulated districts and New York's boroughs, see `ml/results/district-variants.md` for every variant tried. */

import type { NetworkShareOptions } from './network-share.ts';
import type { MixOptions } from './rehearse.ts';
import { defaultRenewalPath } from './renewal-path.ts';
import type { Foresight, WalkOptions } from './walk.ts';

export type DistrictOptions = WalkOptions & { mix: MixOptions };

/** Coefficients of growth-features by horizon: pooled fits on other districts. */
const growthPrior = [
  [0.15, 0.42, 0.1, -0.1, -0.35, -0.65],
  [0.33, 0.55, 0.2, -0.05, -0.48, -0.6],
  [0.5, 0.78, 0.3, 0, -0.55, -0.55],
  [0.75, 0.8, 0.3, 0, -0.6, -0.45],
];

export function districtOptions(serialInterval: ArrayLike<number>): DistrictOptions {
  return {
    growth: { prior: growthPrior, priorRows: 40, halfLifeWeeks: 10 },
    spread: {
      // wider than the other districts' errors were: a wave that breaks within the month was in none of them
      process: [0.08, 0.23, 0.45, 0.7],
      counting: [1.2, 1.2, 1.2, 1.3],
      errors: 5,
      halfLifeWeeks: 10,
      otherHorizons: 1,
      mostSquare: 16,
    },
    renewal: { ...defaultRenewalPath, serialInterval },
    mix: { share: 0.25, least: 0.25, most: 0.5, memoryWeeks: 8, priorWeeks: 2 },
    combine: { memoryWeeks: 8, power: 3, cap: 0.6, priorWeeks: 2 },
  };
}

/** Levels (beds, businesses) move less from week to week than new cases do, and are counted, not sampled. */
export function stockOptions(): DistrictOptions {
  const options = districtOptions([]);
  return {
    ...options,
    spread: { ...options.spread, process: [0.02, 0.05, 0.09, 0.14], errors: 4, counting: [1, 1.2, 1.4, 1.6] },
  };
}

/** How much the pre-trained network says beside growth and renewal: see `ml/results/network.md`. */
const networkShare: NetworkShareOptions = {
  start: 0.5,
  least: 0.2,
  most: 0.8,
  power: 3,
  memoryWeeks: 8,
  priorWeeks: 2,
  widest: 2.5,
  widthPriorSquare: 1.5,
  widthPriorWeeks: 0.5,
  widthGrowth: 0.2,
};

/** With the network less of the flat baseline is needed: it knows waves that this district has not seen. */
export const withNetwork = (options: DistrictOptions, member: Foresight): DistrictOptions => ({
  ...options,
  mix: { ...options.mix, share: 0.1, least: 0.1 },
  network: { member, share: networkShare },
});
