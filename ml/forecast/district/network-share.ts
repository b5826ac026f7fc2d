/** How much of the forecast is the pre-trained network's: quantiles are averaged on the log scale, the more of the network's the better it was lately. */
import { hubLevels } from '../../metrics/interval-score.ts';
import { half } from '../rising-quantiles.ts';
import { blockOf, levelOf, type Seen, type SeriesKind, weekSteps } from './seen.ts';

export interface NetworkShareOptions {
  /** while nothing is known, and at equal scores */
  start: number;
  least: number;
  most: number;
  power: number;
  /** scores of the last so many weeks count */
  memoryWeeks: number;
  /** equal scores weigh as so many weeks */
  priorWeeks: number;
  /** bands become wider by past errors of the average, never narrower and never more than this many times; 1: not at all */
  widest: number;
  /** what is expected of the squared errors before any was seen, and as how many weeks that weighs: other districts surprised so much */
  widthPriorSquare: number;
  widthPriorWeeks: number;
  /** a district that surprised at one week surprises more at four */
  widthGrowth: number;
}

const levels = hubLevels.length;

interface Waiting {
  readonly last: number;
  /** areas × horizons × 23, log scale */
  readonly own: Float64Array;
  readonly network: Float64Array;
  readonly average: Float64Array;
  scored: number;
}

/** Keeps both forecasts of every moment, and scores them when a week has gone since their target: late reports are then in. */
export class NetworkShare {
  readonly #waiting: Waiting[] = [];
  readonly #scores: { at: number; own: number; network: number; square: number; areas: number }[] = [];
  readonly #kind: SeriesKind;
  readonly #areas: number;
  readonly #horizons: number;
  readonly #stride: number;
  readonly #options: NetworkShareOptions;

  /** @param stride steps between moments */
  constructor(kind: SeriesKind, areas: number, horizons: number, stride: number, options: NetworkShareOptions) {
    this.#kind = kind;
    this.#areas = areas;
    this.#horizons = horizons;
    this.#stride = stride;
    this.#options = options;
  }

  /** Share of the network at a moment, by what is known there. */
  at(seen: Seen): number {
    const { start, least, most, power, memoryWeeks, priorWeeks } = this.#options;
    const week = weekSteps(this.#kind);
    this.#score(seen);
    let [own, network, count] = [0, 0, 0];
    for (const score of this.#scores) {
      if (score.at <= seen.last - memoryWeeks * week) continue;
      own += score.own;
      network += score.network;
      count++;
    }
    if (count === 0 || own + network === 0) return start;
    // the prior: as good as each other
    const usual = ((priorWeeks * this.#horizons * week) / this.#stride) * ((own + network) / 2 / count);
    const odds = (start / (1 - start)) * ((own + usual) / (network + usual)) ** power;
    return Math.min(most, Math.max(least, odds / (1 + odds)));
  }

  /** How many times as wide the bands of the average should have been, by what came of it so far. */
  width(seen: Seen): number {
    const { widest, widthPriorSquare, widthPriorWeeks, memoryWeeks } = this.#options;
    if (widest <= 1) return 1;
    const week = weekSteps(this.#kind);
    const prior = (widthPriorWeeks * this.#areas * this.#horizons * week) / this.#stride;
    let [square, count] = [prior * widthPriorSquare, prior];
    for (const score of this.#scores) {
      if (score.at <= seen.last - 2 * memoryWeeks * week) continue;
      square += score.square;
      count += score.areas;
    }
    return Math.min(widest, Math.max(1, Math.sqrt(square / count)));
  }

  add(last: number, own: Float64Array, network: Float64Array, average: Float64Array): void {
    this.#waiting.push({ last, own, network, average, scored: 0 });
  }

  #score(seen: Seen): void {
    const week = weekSteps(this.#kind);
    for (const one of this.#waiting)
      while (one.scored < this.#horizons) {
        const target = one.last + (one.scored + 1) * week;
        if (target + week > seen.last) break;
        let [own, network, square, areas] = [0, 0, 0, 0];
        for (let i = 0; i < this.#areas; i++) {
          const came = levelOf(blockOf(seen, this.#kind, i, target));
          const at = (i * this.#horizons + one.scored) * levels;
          if (!Number.isFinite(came + one.own[at]! + one.network[at]!)) continue;
          own += pinball(one.own, at, came);
          network += pinball(one.network, at, came);
          square += squaredError(one.average, at, came);
          areas++;
        }
        this.#scores.push({ at: target, own, network, square, areas });
        one.scored++;
      }
  }
}

const lower = hubLevels.indexOf(0.15);
const upper = hubLevels.indexOf(0.85);
/** Standard normal quantile of 0.85. */
const normalUpper = 1.0364;
/** One broken week is no wide world. */
const mostSquare = 16;

/** Squared error in standard deviations, read from the band of 70 %. */
function squaredError(quantiles: Float64Array, at: number, came: number): number {
  const deviation = (quantiles[at + upper]! - quantiles[at + lower]!) / (2 * normalUpper);
  return deviation > 0 ? Math.min(mostSquare, ((came - quantiles[at + half]!) / deviation) ** 2) : 1;
}

function pinball(quantiles: Float64Array, at: number, came: number): number {
  let sum = 0;
  for (let q = 0; q < levels; q++) {
    const gap = came - quantiles[at + q]!;
    sum += gap >= 0 ? hubLevels[q]! * gap : (hubLevels[q]! - 1) * gap;
  }
  return sum;
}

/** Averages quantile by quantile where both are known. @param share of the second */
export const averaged = (own: Float64Array, network: Float64Array, share: number): Float64Array =>
  own.map((value, k) => {
    const other = network[k]!;
    if (Number.isNaN(other)) return value;
    return Number.isNaN(value) ? other : (1 - share) * value + share * other;
  });

/** Bands so many times as wide, further ahead by the power `1 + growth · horizon`, about the same medians; logs of counts, so not below nothing. */
export function widened(quantiles: Float64Array, times: number, horizons: number, growth: number): Float64Array {
  if (times === 1) return quantiles;
  return quantiles.map((value, k) => {
    const median = quantiles[k - (k % levels) + half]!;
    const horizon = Math.floor(k / levels) % horizons;
    return Math.max(0, median + times ** (1 + growth * horizon) * (value - median));
  });
}
