/** The learned growth as a member: features of past moments, what came of them as known now, and the prior from other districts. */
import { addPrior, addRow, emptySums, solveRidge } from '../../numerics/ridge.ts';
import { countingNoise } from '../../numerics/spread.ts';
import { growthWidth, type Levels, weeksBack, writeGrowthFeatures } from './growth.ts';
import { blockOf, levelOf, type Seen, type SeriesKind, weekSteps } from './seen.ts';

export interface GrowthOptions {
  /** the prior weighs as so many rows of an area with many cases, of moments a week apart */
  priorRows: number;
  /** a moment counts half as much after so many weeks */
  halfLifeWeeks: number;
  /** horizons × growthWidth */
  prior: readonly (readonly number[])[];
}

interface Past {
  readonly last: number;
  /** areas × growthWidth */
  readonly features: Float64Array;
  readonly usable: Uint8Array;
  readonly base: Float64Array;
}

/** Least squares of the coming change on the features, refitted at every moment from all earlier ones. */
export class GrowthMember {
  readonly #past: Past[] = [];
  readonly #kind: SeriesKind;
  readonly #options: GrowthOptions;
  readonly #areas: number;
  readonly #horizons: number;
  readonly #stride: number;

  /** @param stride steps between moments */
  constructor(kind: SeriesKind, areas: number, horizons: number, stride: number, options: GrowthOptions) {
    this.#kind = kind;
    this.#areas = areas;
    this.#horizons = horizons;
    this.#stride = stride;
    this.#options = options;
  }

  /** Foreseen change of the log level, areas × horizons; NaN where too little is known. Moments must ascend. */
  foresee(seen: Seen, levels: Levels): Float64Array {
    const areas = this.#areas;
    const out = new Float64Array(areas * this.#horizons).fill(Number.NaN);
    const now: Past = {
      last: seen.last,
      features: new Float64Array(areas * growthWidth),
      usable: new Uint8Array(areas),
      base: Float64Array.from({ length: areas }, (_, i) => levels.own[i * weeksBack]!),
    };
    for (let i = 0; i < areas; i++)
      now.usable[i] = writeGrowthFeatures(levels, i, now.features.subarray(i * growthWidth, (i + 1) * growthWidth))
        ? 1
        : 0;
    for (let h = 0; h < this.#horizons; h++) {
      const fit = this.coefficients(seen, h);
      for (let i = 0; i < areas; i++) {
        if (!now.usable[i]) continue;
        let sum = 0;
        for (let f = 0; f < growthWidth; f++) sum += fit[f]! * now.features[i * growthWidth + f]!;
        out[i * this.#horizons + h] = sum;
      }
    }
    this.#past.push(now);
    return out;
  }

  coefficients(seen: Seen, horizon: number): Float64Array {
    const { prior, priorRows, halfLifeWeeks } = this.#options;
    const week = weekSteps(this.#kind);
    const strength = (priorRows * week) / this.#stride;
    const sums = emptySums(growthWidth);
    // features are of the size of a weekly growth: about 0.3
    addPrior(sums, new Float64Array(growthWidth).fill(0.09 * strength), prior[horizon]!);
    for (const { last, features, usable, base } of this.#past) {
      const target = last + (horizon + 1) * week;
      if (target > seen.last) continue;
      const age = 2 ** (-(seen.last - target) / (week * halfLifeWeeks));
      for (let i = 0; i < this.#areas; i++) {
        if (!usable[i]) continue;
        const came = levelOf(blockOf(seen, this.#kind, i, target)) - base[i]!;
        if (!Number.isFinite(came)) continue;
        const weight = age / (1 + 15 * countingNoise(base[i]!));
        addRow(sums, features, i * growthWidth, came, weight);
      }
    }
    return solveRidge(sums);
  }
}
