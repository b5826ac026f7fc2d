/** The origins of a backtest: every round as it was known, and between rounds rehearsals for the weeks that had none. */
import { yearFraction } from '../numerics/days.ts';
import { lastReportedOfAny, type Panel, panelUntil } from '../numerics/panels.ts';
import { growthPanel } from './growth-features.ts';
import { type DistrictHistory, type RelatedDisease, relatedPanels } from './hub-districts.ts';
import { type HubSeries, type Round, signalAsKnown, targetAsKnown } from './hub-folder.ts';
import { type Levels, logLevels } from './levels.ts';
import {
  completeLastPeriods,
  learnReportingGrowth,
  noReportingPrior,
  type ReportingPrior,
  repairLastPeriod,
  unsettledLevels,
  type Vintage,
  weeklyDelays,
} from './nowcast.ts';
import type { Situation } from './situation.ts';

export const horizonWeeks = 4;
/** A target that is its own source needs so many weeks before its first rehearsal; one with a second signal needs few. */
const leastWeeksAlone = 34;
const leastWeeksWithSignal = 3;
/** A second signal that has been silent for longer is left aside, where the target has history enough to do without. */
const mostSilentWeeks = 2;

export interface Origin {
  /** null for a rehearsal */
  readonly round: Round | null;
  readonly situation: Situation;
}

/** Which diseases' district history helps which target: chosen on the development period, see `../results/forecast-variants.md`. */
const relatedOf: Record<HubSeries['name'], readonly RelatedDisease[]> = {
  'covid-us/hosp': [],
  'covid-us/ed': [],
  'flu-us/hosp': ['flu', 'rsv'],
};

/**
 * Growth of first reports (log ratio at ages 0, 1, 2 weeks) as it was at the end of the development period, medians over
 * states that the code printed for the round of 2025-09-27, and 1.25 times the mean absolute deviation in the larger states. Rounds up to that
 * date may not read it; later ones start from it until they have seen four weeks of vintages.
 */
const learnedUntil = '2025-09-27';
const learnedReporting: Record<'hosp' | 'ed', ReportingPrior> = {
  hosp: { growth: [0.09, 0.016, 0.008], deviation: [0.14, 0.07, 0.06] },
  ed: { growth: [0.036, 0.007, 0.003], deviation: [0.05, 0.03, 0.02] },
};

export interface OriginOptions {
  /** rounds after this date may read what was learned of reporting in the development period */
  learnedUntil: string;
}

/** Levels up to `last` as they will be once reports are complete, and what revision may still change in the last one. */
function nowcastLevels(known: Panel, last: number, earlier: readonly Vintage[], prior: ReportingPrior) {
  const panel = panelUntil(known, last);
  const levels = logLevels(panel, last);
  const growth = learnReportingGrowth(earlier, panel, last, weeklyDelays, prior);
  completeLastPeriods(levels, growth, lastReportedOfAny(panel));
  return { levels, unsettled: unsettledLevels(panel, last, growth) };
}

/** The same for an origin in the past, where all that is known has settled. */
function settledLevels(known: Panel, last: number): { levels: Levels; unsettled: Float64Array } {
  const panel = panelUntil(known, last);
  return { levels: logLevels(panel, last), unsettled: unsettledLevels(panel, last, null) };
}

export function* hubOrigins(
  series: HubSeries,
  history: DistrictHistory | null,
  options: OriginOptions = { learnedUntil },
): Generator<Origin> {
  const total = series.areas.indexOf('US');
  const ones = new Float64Array(series.areas.length).fill(1);
  const isShare = series.name.endsWith('/ed');
  let done = Number.NEGATIVE_INFINITY;
  for (const round of series.rounds) {
    const target = targetAsKnown(series, round);
    if (!target) continue;
    const heard = signalAsKnown(series, round);
    const silentWeeks = heard ? round.lastWeek - lastReportedOfAny(heard.panel) : 0;
    const alone = target.panel.length >= leastWeeksAlone;
    const signal = silentWeeks > mostSilentWeeks && alone ? null : heard;
    const situationAt = (last: number, live: boolean): Situation => {
      const learned = round.referenceDate > options.learnedUntil;
      const prior = (of: 'hosp' | 'ed') => (learned ? learnedReporting[of] : noReportingPrior);
      const { levels, unsettled } = live
        ? nowcastLevels(target.panel, last, target.earlier, prior(isShare ? 'ed' : 'hosp'))
        : settledLevels(target.panel, last);
      let signalLevels: Levels | null = null;
      if (signal) {
        const incomplete = live && !signal.settled;
        signalLevels = incomplete
          ? nowcastLevels(signal.panel, last, signal.earlier, prior('ed')).levels
          : settledLevels(signal.panel, last).levels;
        repairLastPeriod(signalLevels, null);
      }
      repairLastPeriod(levels, signalLevels);
      return {
        last,
        target: levels,
        unsettled,
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
