import { logistic, logit } from '../numerics/distributions.ts';

/**
 * Walk-forward recalibration at one horizon: every cumulative probability P is replaced by logistic(steepness · logit P), with the
 * steepness that would have scored best (log score) on the forecasts whose outcome is known, pulled towards 1. One steepness for all
 * cuts keeps the cumulative probabilities in order.
 */
export class Recalibration {
  private readonly logSteepness = Float64Array.from({ length: 17 }, (_, i) => (i - 8) * 0.06);
  private readonly score = new Float64Array(17);
  private readonly fade: number;
  private readonly weekWeight: number;
  private readonly priorSd: number;

  /** @param weekWeight how many independent cells one week of all areas counts for (areas share the city's error) */
  constructor(fade: number, weekWeight: number, priorSd: number) {
    this.fade = fade;
    this.weekWeight = weekWeight;
    this.priorSd = priorSd;
  }

  /** one week's outcomes: uncorrected P(band <= k) of every cell and cut, and whether it came true */
  addWeek(cells: { probability: number; happened: boolean }[]): void {
    if (cells.length === 0) return;
    this.logSteepness.forEach((log, g) => {
      const steepness = Math.exp(log);
      let sum = 0;
      for (const cell of cells) {
        const p = steepen(cell.probability, steepness);
        sum += Math.log(cell.happened ? p : 1 - p);
      }
      this.score[g] = this.fade * this.score[g]! + (this.weekWeight * sum) / cells.length;
    });
  }

  /** posterior mean of the steepness */
  steepness(): number {
    const posterior = this.logSteepness.map((log, g) => this.score[g]! - 0.5 * (log / this.priorSd) ** 2);
    const top = Math.max(...posterior);
    let total = 0;
    let mean = 0;
    posterior.forEach((value, g) => {
      const weight = Math.exp(value - top);
      total += weight;
      mean += weight * this.logSteepness[g]!;
    });
    return Math.exp(mean / total);
  }
}

const smallest = 1e-4;

export function steepen(probability: number, steepness: number): number {
  const p = Math.min(1 - smallest, Math.max(smallest, probability));
  return logistic(steepness * logit(p));
}
