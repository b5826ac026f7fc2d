/**
 * The walk with the baseline beside it: at every moment the combination in natural numbers, mixed by quantiles with the flat baseline, the more of
 * it the worse the combination did lately. Scores are kept from the moment at which a target is settled; nothing later is looked at.
 */
import { scoreCell } from '../../metrics/interval-score.ts';
import { cellOf, flatAt, mixQuantiles } from './flat.ts';
import { blockOf, type SeenHistory, weekSteps } from './seen.ts';
import { type Foreseen, type WalkOptions, walkDistrict } from './walk.ts';

export interface MixOptions {
  /** share of the baseline while nothing is known, and at equal scores */
  share: number;
  least: number;
  most: number;
  /** scores of the last so many weeks count */
  memoryWeeks: number;
  /** the start share weighs as so many scored weeks */
  priorWeeks: number;
}

/** One moment's forecast before the fact. */
export interface Rehearsed {
  readonly last: number;
  /** areas × horizons × 23, natural numbers, not negative; NaN where an area cannot be forecast */
  readonly quantiles: Float64Array;
  readonly baseline: Float64Array;
  readonly baselineShare: number;
  readonly weights: Foreseen['weights'];
}

/** @param settledSteps steps after its end at which a week counts as settled */
export function rehearse(
  history: SeenHistory,
  horizons: number,
  options: WalkOptions & { mix: MixOptions; settledSteps: number },
  seed: number,
): Rehearsed[] {
  const { mix, settledSteps } = options;
  const week = weekSteps(history);
  const areas = history.areas.length;
  const foreseen = walkDistrict(history, horizons, options);
  const done: (Rehearsed & { alone: Float64Array; scored: number })[] = [];
  const scores: { at: number; model: number; baseline: number }[] = [];
  foreseen.forEach(({ last, quantiles, weights }, m) => {
    const seen = history.moments[m]!;
    const recent: { at: number; model: number; baseline: number }[] = [];
    for (const one of done)
      while (one.scored < horizons) {
        const target = one.last + (one.scored + 1) * week;
        if (target + settledSteps > last) break;
        let [model, baseline] = [0, 0];
        for (let i = 0; i < areas; i++) {
          const observed = blockOf(seen, history, i, target);
          const own = cellOf(one.alone, i, one.scored, horizons);
          const flat = cellOf(one.baseline, i, one.scored, horizons);
          if (!Number.isFinite(observed) || Number.isNaN(own[0]!) || Number.isNaN(flat[0]!)) continue;
          model += scoreCell(own, observed).wis;
          baseline += scoreCell(flat, observed).wis;
        }
        scores.push({ at: target, model, baseline });
        one.scored++;
      }
    for (const score of scores) if (score.at > last - mix.memoryWeeks * week) recent.push(score);
    const stride = m > 0 ? last - foreseen[m - 1]!.last : week;
    const baselineShare = shareOfBaseline(recent, (mix.priorWeeks * horizons * week) / stride, mix);
    const alone = quantiles.map((z) => Math.max(0, Math.expm1(z)));
    const baseline = flatAt(history, seen, horizons, seed);
    const mixed = mixQuantiles(alone, baseline, baselineShare);
    done.push({ last, quantiles: mixed, baseline, baselineShare, weights, alone, scored: 0 });
  });
  return done.map(({ alone: _alone, scored: _scored, ...rehearsed }) => rehearsed);
}

function shareOfBaseline(
  scores: readonly { model: number; baseline: number }[],
  prior: number,
  { share, least, most }: MixOptions,
): number {
  let [model, baseline] = [0, 0];
  for (const score of scores) {
    model += score.model;
    baseline += score.baseline;
  }
  if (!(baseline > 0)) return share;
  // the prior: as good as the baseline
  const usual = (prior * baseline) / Math.max(1, scores.length);
  const ratio = (model + usual) / (baseline + usual);
  return Math.min(most, Math.max(least, share * ratio ** 2));
}
