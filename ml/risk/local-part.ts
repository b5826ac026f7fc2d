import { addPrior, addRow, emptySums, solveRidge } from '../numerics/ridge.ts';
import type { UnexplainedWeek } from './context-effects.ts';
import type { KnownWeeks } from './known-weeks.ts';
import { featureCount, featuresAt, type LocalFeatures, mean } from './local-features.ts';
import type { RiskOptions } from './options.ts';
import type { ReportedCounts } from './reported-counts.ts';

/** What the city's trend leaves unexplained in each area, learned by ridge regression over the last year as it looks now. */
export interface LocalPart {
  features: LocalFeatures;
  /** per lead, one coefficient a feature */
  coefficients: Float64Array[];
}

export class LocalRegression {
  private readonly options: RiskOptions;
  private readonly neighbours: readonly Int32Array[];
  private readonly units: Float64Array;
  private readonly reports: ReportedCounts;

  constructor(options: RiskOptions, neighbours: readonly Int32Array[], units: Float64Array, reports: ReportedCounts) {
    this.options = options;
    this.neighbours = neighbours;
    this.units = units;
    this.reports = reports;
  }

  /** @param daysAfterWeek newly reported cases reach that far beyond each week; undefined: not used, in learning as in forecasting */
  fit(known: KnownWeeks, maximumLead: number, daysAfterWeek: number | undefined): LocalPart | undefined {
    const features = this.at(known, known.base, daysAfterWeek);
    if (!features) return undefined;
    const fits = Array.from({ length: maximumLead + 1 }, () => emptySums(featureCount));
    for (let back = 1; back <= this.options.localWindowWeeks; back++) {
      const weekEnd = known.base - 7 * back;
      const then = known.city.has(weekEnd) ? this.at(known, weekEnd, daysAfterWeek) : undefined;
      if (!then) continue;
      const start = known.areas(weekEnd);
      for (let lead = 1; lead <= Math.min(back, maximumLead); lead++) {
        if (!known.city.has(weekEnd + 7 * lead)) continue;
        const target = known.areas(weekEnd + 7 * lead);
        const common = mean(target) - mean(start);
        for (let i = 0; i < start.length; i++) {
          addRow(fits[lead]!, then.values, i * featureCount, target[i]! - start[i]! - common, then.weights[i]!);
        }
      }
    }
    const strength = new Float64Array(featureCount).fill(this.options.localRidge);
    const coefficients = fits.map((sums, lead) => {
      if (lead === 0) return new Float64Array(featureCount);
      addPrior(sums, strength);
      return solveRidge(sums);
    });
    return { features, coefficients };
  }

  /** What these coefficients leave unexplained in the last weeks, area by area around the city's mean; oldest first. */
  unexplained(
    known: KnownWeeks,
    { coefficients }: LocalPart,
    maximumLead: number,
    weeks: number,
    daysAfterWeek: number | undefined,
  ): UnexplainedWeek[] {
    const out: UnexplainedWeek[] = [];
    for (let back = weeks; back >= 1; back--) {
      const weekEnd = known.base - 7 * back;
      const then = known.city.has(weekEnd) ? this.at(known, weekEnd, daysAfterWeek) : undefined;
      if (!then) continue;
      const start = known.areas(weekEnd);
      const residuals: (Float64Array | undefined)[] = [undefined];
      for (let lead = 1; lead <= maximumLead; lead++) {
        const isKnown = lead <= back && known.city.has(weekEnd + 7 * lead);
        residuals.push(
          isKnown ? leftOver(start, known.areas(weekEnd + 7 * lead), then, coefficients[lead]!) : undefined,
        );
      }
      out.push({ weekEnd, residuals, weights: then.weights });
    }
    return out;
  }

  private at(known: KnownWeeks, weekEnd: number, daysAfterWeek: number | undefined): LocalFeatures | undefined {
    const day = weekEnd + (daysAfterWeek ?? 0);
    const reports = daysAfterWeek === undefined ? undefined : this.reports.window(day - 7, day);
    return featuresAt(known, weekEnd, this.neighbours, this.units, reports);
  }
}

/** change of every area minus what its features led to expect, freed of what all areas share */
function leftOver(
  start: Float64Array,
  target: Float64Array,
  { values, weights }: LocalFeatures,
  coefficients: Float64Array,
): Float64Array {
  let [sum, weight] = [0, 0];
  const residual = start.map((x, i) => {
    let rest = target[i]! - x;
    for (let f = 0; f < featureCount; f++) rest -= coefficients[f]! * values[i * featureCount + f]!;
    sum += weights[i]! * rest;
    weight += weights[i]!;
    return rest;
  });
  return residual.map((rest) => rest - sum / weight);
}
