import { parseArgs } from 'node:util';
import { readRiskData } from '../risk/backtest-data.ts';
import { type BandEvaluation, evaluateBands, type ScoredForecast, settledTruth } from '../risk/band-evaluation.ts';
import { defaultOptions, type RiskOptions } from '../risk/options.ts';
import { WalkForward } from '../risk/walk-forward.ts';

/**
 * Scores variants of the options on development data beside the transition baseline, truth settled 28 days:
 *   node ml/bench/risk-variants.ts --data DIR ['{"name":{"persistence":0.8}}']
 */
const { values, positionals } = parseArgs({ options: { data: { type: 'string' } }, allowPositionals: true });
if (!values.data) throw new Error('--data DIR is needed');
const cuts = [20, 50, 150];
const data = readRiskData(values.data.split(','));
const truth = settledTruth(data.revisions, data.populations, cuts, 28);
const weekEnds = [...new Set(data.revisions.map((revision) => revision.weekEnd))].sort((a, b) => a - b);
const variants = JSON.parse(positionals[0] ?? '{"chosen":{}}') as Record<string, Partial<RiskOptions>>;
for (const [name, change] of Object.entries(variants)) {
  const walk = new WalkForward(data, { ...defaultOptions, ...change }, cuts);
  const own: ScoredForecast[] = [];
  const baseline: ScoredForecast[] = [];
  for (let week = weekEnds[0]!; week <= weekEnds.at(-1)!; week += 7) {
    const forecast = walk.step(week);
    if (!forecast || week < weekEnds[0]! + 7 * 19) continue;
    own.push(forecast);
    baseline.push({ origin: week, probabilities: forecast.baseline });
  }
  const score = (forecasts: ScoredForecast[], horizons: number[]): BandEvaluation =>
    evaluateBands(truth, forecasts, cuts.length, horizons);
  const relative = (horizons: number[]) =>
    (score(own, horizons).rankedProbabilityScore / score(baseline, horizons).rankedProbabilityScore).toFixed(3);
  const all = score(own, [1, 2, 3, 4]);
  console.log(
    `${name.padEnd(24)} relative to transitions, weeks 1-2 / 3-4: ${relative([1, 2])} / ${relative([3, 4])}; ` +
      `logistic slope ${all.logisticSlope.toFixed(3)}; 90 % set holds ${all.set90Holds.toFixed(3)} with ${all.set90Size.toFixed(2)} bands`,
  );
}
