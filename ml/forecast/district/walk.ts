/** One district's history walked through: at each moment every member's centre, the combination, its spread, and later what came of it. */

import { hubLevels } from '../../metrics/interval-score.ts';
import { countingNoise } from '../../numerics/spread.ts';
import { levelsOf, weeksBack } from './growth.ts';
import { GrowthMember, type GrowthOptions } from './growth-member.ts';
import { averaged, NetworkShare, type NetworkShareOptions, widened } from './network-share.ts';
import { type RenewalPathOptions, renewalGrowth } from './renewal-path.ts';
import { blockOf, levelOf, type SeenHistory, weekSteps } from './seen.ts';
import { fitSpread, type PastError, quantilesAbout, type SpreadPrior } from './spread.ts';

export interface WalkOptions {
  growth: GrowthOptions;
  spread: SpreadPrior;
  renewal: RenewalPathOptions;
  /** leave out the others: for comparisons */
  only?: readonly MemberName[];
  combine: { memoryWeeks: number; power: number; cap: number; priorWeeks: number };
  /** the pre-trained network, where it was loaded; flows only */
  network?: { readonly member: Foresight; readonly share: NetworkShareOptions } | undefined;
}

/** What foresees all areas at all moments at once: `ml/forecast/network`. */
export interface Foresight {
  /** quantiles of log(x + 1), one array for each moment: areas × 4 × 23; NaN where too little is known */
  foresee(history: SeenHistory): Float64Array[];
}

const foresightHorizons = 4;

export type MemberName = 'growth' | 'renewal';

/** What was foreseen at one moment. */
export interface Foreseen {
  readonly last: number;
  /** areas × horizons × 23, log scale */
  readonly quantiles: Float64Array;
  readonly weights: Readonly<Record<string, number>>;
}

interface Made {
  readonly last: number;
  readonly base: Float64Array;
  /** by member, areas × horizons, log scale; the combination last */
  readonly centres: readonly Float64Array[];
}

const levels = hubLevels.length;

/** Walks all moments, oldest first; nothing known later is used at any of them. */
export function walkDistrict(history: SeenHistory, horizons: number, options: WalkOptions): Foreseen[] {
  const { moments, total } = history;
  const areas = history.areas.length;
  const week = weekSteps(history);
  const stride = moments.length > 1 ? moments[1]!.last - moments[0]!.last : week;
  const daily = history.step === 'day' && history.kind === 'flow';
  const names: MemberName[] = daily ? ['growth', 'renewal'] : ['growth'];
  const growth = new GrowthMember(history, areas, horizons, stride, options.growth);
  const made: Made[] = [];
  const foreseen: Foreseen[] = [];
  const network = history.kind === 'flow' && options.network ? options.network : undefined;
  const foresight = network?.member.foresee(history).map((all) => firstHorizons(all, areas, horizons));
  const share = network && new NetworkShare(history, areas, horizons, stride, network.share);
  for (const [moment, seen] of moments.entries()) {
    const known = levelsOf(seen, history, areas, total);
    const base = Float64Array.from({ length: areas }, (_, i) => known.own[i * weeksBack]!);
    const changes = [growth.foresee(seen, known)];
    if (daily) changes.push(renewalGrowth(seen, areas, total, horizons, options.renewal));
    const centres = changes.map((change) => change.map((value, k) => base[Math.floor(k / horizons)]! + value));
    const past: PastError[][][] = Array.from({ length: names.length + 1 }, () =>
      Array.from({ length: horizons }, () => []),
    );
    const scores = names.map(() => ({ sum: 0, weight: 0 }));
    for (const one of made)
      for (let h = 0; h < horizons; h++) {
        const target = one.last + (h + 1) * week;
        if (target > seen.last) continue;
        const ageWeeks = (seen.last - target) / week;
        for (let i = 0; i < areas; i++) {
          const came = levelOf(blockOf(seen, history, i, target));
          if (!Number.isFinite(came)) continue;
          const noise = countingNoise(one.base[i]!);
          one.centres.forEach((centre, m) => {
            const error = came - centre[i * horizons + h]!;
            if (!Number.isFinite(error)) return;
            past[m]![h]!.push({ error, noise, ageWeeks });
            if (m < names.length && ageWeeks <= options.combine.memoryWeeks) {
              const weight = 1 / Math.sqrt(options.spread.process[h]! + options.spread.counting[h]! * noise);
              scores[m]!.sum += Math.abs(error) * weight;
              scores[m]!.weight += 1;
            }
          });
        }
      }
    const weights =
      options.only && daily
        ? names.map((name) => (options.only!.includes(name) ? 1 : 0))
        : memberWeights(scores, areas * horizons * (week / stride), options.combine);
    const combined = new Float64Array(areas * horizons);
    for (let k = 0; k < combined.length; k++) {
      let sum = 0;
      let weight = 0;
      centres.forEach((centre, m) => {
        if (Number.isNaN(centre[k]!)) return;
        sum += weights[m]! * centre[k]!;
        weight += weights[m]!;
      });
      combined[k] = sum / weight;
    }
    const quantiles = new Float64Array(areas * horizons * levels).fill(Number.NaN);
    for (let h = 0; h < horizons; h++) {
      const spread = fitSpread(past[names.length]!, h, (areas * week) / stride, options.spread);
      for (let i = 0; i < areas; i++) {
        if (!Number.isFinite(combined[i * horizons + h]!)) continue;
        quantiles.set(quantilesAbout(combined[i * horizons + h]!, base[i]!, spread), (i * horizons + h) * levels);
      }
    }
    made.push({ last: seen.last, base, centres: [...centres, combined] });
    const ownShare = share && foresight ? 1 - share.at(seen) : 1;
    let together: Float64Array = quantiles;
    if (share && foresight) {
      const average = averaged(quantiles, foresight[moment]!, 1 - ownShare);
      together = widened(average, share.width(seen), horizons, network!.share.widthGrowth);
      share.add(seen.last, quantiles, foresight[moment]!, average);
    }
    foreseen.push({
      last: seen.last,
      quantiles: together,
      weights: Object.fromEntries([
        ...names.map((name, m) => [name, ownShare * weights[m]!] as const),
        ...(foresight ? [['network', 1 - ownShare] as const] : []),
      ]),
    });
  }
  return foreseen;
}

function memberWeights(
  scores: readonly { sum: number; weight: number }[],
  weekOfErrors: number,
  { power, cap, priorWeeks }: WalkOptions['combine'],
): number[] {
  const all = scores.reduce((a, s) => a + s.sum, 0);
  const count = scores.reduce((a, s) => a + s.weight, 0);
  // no errors yet, or none at all: nothing tells the members apart
  if (all === 0) return scores.map(() => 1 / scores.length);
  const common = all / count;
  const prior = priorWeeks * weekOfErrors;
  const raw = scores.map((s) => ((s.sum + prior * common) / (s.weight + prior) / common) ** -power);
  const sum = raw.reduce((a, b) => a + b, 0);
  const shares = raw.map((value) => value / sum);
  const over = shares.findIndex((share) => share > cap);
  if (over < 0 || shares.length === 1) return shares;
  const rest = 1 - shares[over]!;
  return shares.map((share, m) => (m === over ? cap : (share * (1 - cap)) / rest));
}

/** The first weeks of a foresight of four. */
function firstHorizons(all: Float64Array, areas: number, horizons: number): Float64Array {
  if (horizons === foresightHorizons) return all;
  const out = new Float64Array(areas * horizons * levels);
  for (let i = 0; i < areas; i++)
    out.set(
      all.subarray(i * foresightHorizons * levels, (i * foresightHorizons + horizons) * levels),
      i * horizons * levels,
    );
  return out;
}
