import { type CellScore, hubLevels, scoreCell, scoreCellLog } from './interval-score.ts';

/** Means over many cells. Coverage is a share (0..1) of cells. */
export interface ScoreSummary {
  cells: number;
  wis: number;
  logWis: number;
  absoluteError: number;
  coverage50: number;
  coverage95: number;
}

/** Adds up cells and gives their means. */
export class ScoreSum {
  #cells = 0;
  #wis = 0;
  #logWis = 0;
  #error = 0;
  #inside50 = 0;
  #inside95 = 0;
  readonly #multiplier: number;

  /** @param multiplier of the log scale: 1 for counts, 100,000 for proportions */
  constructor(multiplier = 1) {
    this.#multiplier = multiplier;
  }

  add(quantiles: ArrayLike<number>, observed: number): CellScore {
    const score = scoreCell(quantiles, observed);
    this.#cells++;
    this.#wis += score.wis;
    this.#logWis += scoreCellLog(quantiles, observed, this.#multiplier).wis;
    this.#error += score.absoluteError;
    if (score.inside50) this.#inside50++;
    if (score.inside95) this.#inside95++;
    return score;
  }

  summary(): ScoreSummary {
    const n = this.#cells;
    return {
      cells: n,
      wis: this.#wis / n,
      logWis: this.#logWis / n,
      absoluteError: this.#error / n,
      coverage50: this.#inside50 / n,
      coverage95: this.#inside95 / n,
    };
  }
}

/** Share of observations at or below each quantile: a calibrated forecast gives back `hubLevels`. */
export function reliability(cells: Iterable<{ quantiles: ArrayLike<number>; observed: number }>): Float64Array {
  const share = new Float64Array(hubLevels.length);
  let n = 0;
  for (const { quantiles, observed } of cells) {
    n++;
    for (let i = 0; i < share.length; i++) if (observed <= quantiles[i]!) share[i]!++;
  }
  return share.map((s) => s / n);
}
