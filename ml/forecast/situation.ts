/** What is known at one origin: the input of every member. */
import type { GrowthPanel } from './growth-features.ts';
import type { Levels } from './levels.ts';

/** Central forecasts on the log scale, `areas * horizons`. */
export interface Centre {
  readonly centre: Float64Array;
}

export interface Situation {
  /** number of the last observed period */
  readonly last: number;
  /** nowcast and repaired levels up to `last` */
  readonly target: Levels;
  /** standard deviation (log scale) of what revision may still change in the last level of each area; 0 when settled */
  readonly unsettled: Float64Array;
  /** pooled-level weights of the areas (ones for counts, population for shares) */
  readonly weights: Float64Array;
  /** index of the area that is the sum of the others, or -1 */
  readonly total: number;
  /** the panel that growth is learned from: the second signal where there is one, else the target */
  readonly source: GrowthPanel;
  /** is `source` another signal than the target */
  readonly transferred: boolean;
  /** panels of other diseases or places, for training only, long settled */
  readonly related: readonly GrowthPanel[];
  readonly horizons: number;
}

/** One forecaster among several. Members keep their fitted state between calls. */
export interface Member {
  readonly name: string;
  /**
   * @param refit fit on what the situation holds; otherwise the last fit may be used with the new levels
   */
  centre(situation: Situation, refit: boolean): Centre;
}
