import { dayNumber } from '@vungxanh/ml';
import type { ForecastTarget } from '#contracts/events/ml/forecast-issued.ts';
import type { WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { readCaseChanges } from '../../case-history/case-changes.ts';
import { type CaseMoment, momentOf } from '../../case-history/moment.ts';
import { observedDelays, withheldAfterLoad } from '../../case-history/observed-delays.ts';
import { serialIntervalPolicy } from '../../case-history/policy.ts';
import { staleCases } from '../../case-history/stale-cases.ts';
import { readPlaces } from '../../district/places.ts';
import { appendResults } from '../append-results.ts';
import { readHistory } from '../history/level-history.ts';
import { activeVersion } from '../models/activations.ts';
import { forecastVersions, versionNamed } from '../models/model-versions.ts';
import { forecastRules, mostSilentDays, settledAfterDays } from '../policy.ts';
import { type ModelParts, publishedLevel } from '../work-parts.ts';
import { abstainingAreas, type IssuedForecast } from './forecast-of-history.ts';
import { readForecasts, readLastIssued } from './issued.ts';
import { knownTargets, readTargetSeries } from './read-target-series.ts';
import { scoreIssued } from './score-issued.ts';
import { actualsOf, elsewhere, type TargetSeries } from './target-series.ts';

const seed = 2021;

export interface Computed {
  version: string;
  /** undefined: nothing was ever heard of the target, or the version does not forecast it */
  areas: IssuedForecast[] | undefined;
  /** the past it was made from; the older version reads weeks instead */
  series: TargetSeries | undefined;
}

/** Forecasts of one target at a moment, by the version in force there. Nothing is said or stored. */
export async function computeForecast(
  parts: Pick<ModelParts, 'database' | 'memory' | 'slow' | 'modelMetrics'>,
  moment: CaseMoment,
  target: ForecastTarget,
): Promise<Computed> {
  const { database, memory, slow, modelMetrics } = parts;
  const { district } = moment;
  const chosen = versionNamed(forecastVersions, await activeVersion(database, district, 'forecast', moment.asOf));
  const timed = (run: () => Promise<IssuedForecast[]>) => modelMetrics.timed('forecast', district, target, run);
  if (chosen.design === 'panel') {
    if (target !== 'cases') return { version: chosen.version, areas: undefined, series: undefined };
    const { history, places, load } = await readHistory(database, moment, publishedLevel, memory);
    if (!history) return { version: chosen.version, areas: undefined, series: undefined };
    if (load)
      return {
        version: chosen.version,
        areas: withheld(chosen.version, moment, target, history.areaIds, load),
        series: undefined,
      };
    const input = {
      history,
      topAreaId: places.top,
      onDay: dayNumber(moment.day),
      seed,
      codeVersion: chosen.version,
      rules: forecastRules.week,
    };
    const areas = await timed(() => slow.ask({ kind: 'panel-forecast', input }));
    return { version: chosen.version, areas, series: undefined };
  }
  const places = await readPlaces(database, moment);
  const series = await readTargetSeries(database, moment, places, publishedLevel, target);
  if (!series) return { version: chosen.version, areas: undefined, series };
  const withheldOf = ({ areas, withheld: others = [] }: TargetSeries, why: WordedAbstention) => {
    const spoken = [...areas.filter((area) => area !== elsewhere), ...others.map(({ area }) => area)];
    return withheld(chosen.version, moment, target, spoken, why);
  };
  const silentDays = (Date.parse(moment.instant) - Date.parse(moment.lastKnownAt ?? moment.instant)) / 86_400_000;
  if (series.source.form === 'reports' && target === 'cases') {
    const load = withheldAfterLoad(observedDelays(await readCaseChanges(database, moment), dayNumber(moment.day)));
    if (load) return { version: chosen.version, areas: withheldOf(series, load), series };
  }
  if (series.source.form === 'reports' && silentDays > mostSilentDays) {
    return {
      version: chosen.version,
      areas: await timed(async () => withheldOf(series, staleCases(silentDays, mostSilentDays))),
      series,
    };
  }
  const { meanDays, sdDays, longestDays } = serialIntervalPolicy;
  const input = {
    series,
    seed,
    version: chosen.version,
    rules: forecastRules,
    settledDays: settledAfterDays,
    serial: { meanDays, sdDays, longestDays },
    withNetwork: chosen.network === true,
  };
  return { version: chosen.version, areas: await timed(() => slow.ask({ kind: 'forecast', input })), series };
}

const withheld = (
  version: string,
  moment: CaseMoment,
  target: ForecastTarget,
  areaIds: readonly string[],
  why: WordedAbstention,
): IssuedForecast[] =>
  abstainingAreas(
    areaIds.map((area) => ({ area, ...why })),
    target,
    moment.day,
    `forecast-${version}-${target}-${moment.day}-none`,
  );

/** Issues the forecasts of the present day, of every target of which anything was heard, unless the version in force has. Returns the number of events, 0 while cases are withheld. */
export async function forecastDistrict(parts: ModelParts, district: string): Promise<number> {
  const { database } = parts;
  const moment = await momentOf(database, district, undefined, parts.now());
  // A recorded district whose epidemic has not begun has no clock: our own is years away from its days.
  if (moment.clock === 'recorded' && !moment.started) return 0;
  const [targets, issued, name] = await Promise.all([
    knownTargets(database, moment),
    readLastIssued(database, district),
    activeVersion(database, district, 'forecast', undefined),
  ]);
  const { version } = versionNamed(forecastVersions, name);
  let events = 0;
  let tooEarly = false;
  for (const target of targets) {
    // Recorded history comes in as a flood: while it is too short for cases, looking at the rest would only delay them.
    if (tooEarly && moment.clock === 'recorded') break;
    const last = issued.get(target);
    const sameVersion = last?.cardId.startsWith(`forecast-${version}-`) === true;
    if (sameVersion && last!.day === moment.day && last!.withheld === undefined) continue;
    const { areas, series } = await computeForecast(parts, moment, target);
    if (!areas || areas.length === 0) continue;
    // Too early to forecast: said once, and not again each day for the same reason.
    const withheld = areas.every(({ abstention }) => abstention !== undefined);
    if (target === 'cases') tooEarly = withheld;
    if (withheld && sameVersion && last!.withheld === areas.at(-1)!.abstention!.reason) continue;
    const said = await appendResults(parts, moment, 'forecast-issued', areas);
    if (!withheld) events += said;
    if (series) await measureIssued(parts, moment, target, series);
  }
  // while cases are still too few to forecast, what else was said is no reason to rest for long
  return tooEarly ? 0 : events;
}

async function measureIssued(
  parts: ModelParts,
  moment: CaseMoment,
  target: ForecastTarget,
  series: TargetSeries,
): Promise<void> {
  const issued = await readForecasts(parts.database, moment.district, series.areas[0]!, target, undefined);
  const actual = actualsOf(series, series.areas[0]!);
  const lastSettled = dayNumber(moment.day) - settledAfterDays;
  const { weeks } = scoreIssued(issued, (day, days) => (day > lastSettled ? undefined : actual(day, days)));
  parts.modelMetrics.settled(moment.district, target, weeks);
}
