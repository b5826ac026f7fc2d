/** Members, weights and spread carried forward from origin to origin, each with what was known there and then. */
import { type CombineOptions, defaultCombine, type PastQuantiles, recentWeights, weightedMean } from './combine.ts';
import { recentLevels } from './levels.ts';
import type { Member, Situation } from './situation.ts';
import { defaultSpread, type PastCentre, type SpreadOptions, spreadAbout } from './spread.ts';

export interface WalkOptions {
  spread: SpreadOptions;
  combine: CombineOptions;
  /** at an origin that is only there to learn from, members refit once in so many periods */
  refitEvery: number;
}

export const defaultWalk: WalkOptions = { spread: defaultSpread, combine: defaultCombine, refitEvery: 4 };

/** A forecast at one origin, log scale, areas * horizons * 23. */
export interface WalkForecast {
  readonly last: number;
  readonly quantiles: Float64Array;
  readonly members: readonly { name: string; weight: number; quantiles: Float64Array }[];
}

export class WalkForward {
  readonly #members: readonly Member[];
  readonly #options: WalkOptions;
  readonly #centres: PastCentre[][];
  readonly #quantiles: PastQuantiles[][];
  readonly #combined: PastCentre[] = [];
  #steps = 0;

  constructor(members: readonly Member[], options: WalkOptions = defaultWalk) {
    this.#members = members;
    this.#options = options;
    this.#centres = members.map(() => []);
    this.#quantiles = members.map(() => []);
  }

  /**
   * Forecast at the next origin. Origins must come in ascending order.
   * @param rehearsal an origin between rounds, from the later round's vintage cut short: learned from, never published
   */
  advance(situation: Situation, rehearsal: boolean): WalkForecast {
    const refit = !rehearsal || this.#steps % this.#options.refitEvery === 0;
    this.#steps++;
    const { horizons, target: known, last, unsettled } = situation;
    const recent = recentLevels(known);
    const weights = recentWeights(this.#quantiles, known, horizons, this.#options.combine);
    const members = this.#members.map((member, m) => {
      const now: PastCentre = { last, recent, unsettled, centre: member.centre(situation, refit).centre };
      const quantiles = spreadAbout(now, this.#centres[m]!, known, horizons, this.#options.spread);
      this.#centres[m]!.push(now);
      this.#quantiles[m]!.push({ last, quantiles });
      return { name: member.name, weight: weights[m]!, quantiles, centre: now.centre };
    });
    // the weighted mean of the members' medians, with the spread of its own past errors
    const combined: PastCentre = {
      last,
      recent,
      unsettled,
      centre: weightedMean(
        members.map((m) => m.centre),
        weights,
      ),
    };
    const quantiles = spreadAbout(combined, this.#combined, known, horizons, this.#options.spread);
    this.#combined.push(combined);
    return { last, quantiles, members };
  }
}
