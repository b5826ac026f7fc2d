/** The origins of a backtest: every round as it was known, and between rounds rehearsals for the weeks that had none. */
import { type Panel, panelUntil, yearFraction } from '../series.ts';
import { growthPanel } from './growth-features.ts';
import { type DistrictHistory, type RelatedDisease, relatedPanels } from './hub-districts.ts';
import { type HubSeries, type Round, signalAsKnown, targetAsKnown } from './hub-folder.ts';
import { type Levels, logLevels } from './levels.ts';
import { completeLastPeriods, learnReportingGrowth, repairLastPeriod, type Vintage, weeklyDelays } from './nowcast.ts';
import type { Situation } from './situation.ts';

export const horizonWeeks = 4;
/** A target that is its own source needs so many weeks before its first rehearsal; one with a second signal needs few. */
const leastWeeksAlone = 34;
const leastWeeksWithSignal = 3;

export interface Origin {
  /** null for a rehearsal */
  readonly round: Round | null;
  readonly situation: Situation;
}

/** Which diseases' district history helps which target: chosen on the development period, see README. */
const relatedOf: Record<HubSeries['name'], readonly RelatedDisease[]> = {
  'covid-us/hosp': [],
  'covid-us/ed': [],
  'flu-us/hosp': ['flu', 'rsv'],
};

/**
 * Growth of first reports (log ratio at ages 0, 1, 2 weeks) as it was at the end of the development period: medians over
 * states that the code printed for the round of 2025-09-27. Rounds up to that date may not read it; later ones start from
 * it until they have seen four weeks of vintages.
 */
const learnedUntil = '2025-09-27';
const learnedGrowth: Record<'hosp' | 'ed', readonly number[]> = {
  hosp: [0.09, 0.016, 0.008],
  ed: [0.036, 0.007, 0.003],
};

function nowcastLevels(panel: Panel, last: number, earlier: readonly Vintage[], prior: readonly number[]): Levels {
  const levels = logLevels(panel, last);
  completeLastPeriods(levels, learnReportingGrowth(earlier, panel, last, weeklyDelays, prior));
  return levels;
}

export function* hubOrigins(series: HubSeries, history: DistrictHistory | null): Generator<Origin> {
  const total = series.areas.indexOf('US');
  const ones = new Float64Array(series.areas.length).fill(1);
  const isShare = series.name.endsWith('/ed');
  let done = Number.NEGATIVE_INFINITY;
  for (const round of series.rounds) {
    const target = targetAsKnown(series, round);
    const signal = signalAsKnown(series, round);
    const situationAt = (last: number, live: boolean): Situation => {
      const prior = round.referenceDate > learnedUntil ? learnedGrowth : null;
      const levels = live
        ? nowcastLevels(panelUntil(target.panel, last), last, target.earlier, prior?.[isShare ? 'ed' : 'hosp'] ?? [])
        : logLevels(panelUntil(target.panel, last), last);
      let signalLevels: Levels | null = null;
      if (signal) {
        const panel = panelUntil(signal.panel, last);
        const incomplete = live && !signal.settled;
        signalLevels = incomplete
          ? nowcastLevels(panel, last, signal.earlier, prior?.ed ?? [])
          : logLevels(panel, last);
      }
      if (signalLevels) repairLastPeriod(signalLevels, null);
      const doubt = repairLastPeriod(levels, signalLevels);
      return {
        last,
        target: levels,
        doubt,
        weights: isShare ? series.population : ones,
        total,
        source: growthPanel(
          signalLevels ?? levels,
          signalLevels || isShare ? series.population : ones,
          total,
          yearFraction,
        ),
        transferred: signalLevels !== null,
        related: relatedPanels(history, relatedOf[series.name], last),
        horizons: horizonWeeks,
      };
    };
    const earliest = target.panel.first + (signal ? leastWeeksWithSignal : leastWeeksAlone);
    for (let week = Math.max(done + 1, earliest); week < round.lastWeek; week++) {
      yield { round: null, situation: situationAt(week, false) };
    }
    yield { round, situation: situationAt(round.lastWeek, true) };
    done = round.lastWeek;
  }
}
