/**
 * The door of the forecasts: weekly or daily, any area and target, one to four weeks ahead. Numbers in, numbers out: the
 * clock, the seed and the code version are arguments. A request is walked through its own past first (rehearsals), so
 * that every forecast comes with its backtest beside the baseline's; a model that lost lately gives way to the baseline.
 */
import { hubLevels } from '../metrics/interval-score.ts';
import { yearFraction } from '../numerics/days.ts';
import { lastReportedOfAny, type Panel, panelUntil, valueAt } from '../numerics/panels.ts';
import {
  type Abstention,
  type AbstentionRules,
  type DefinitionBreak,
  dailyRules,
  ForecastAbstainedError,
  findAbstentions,
  weeklyRules,
} from './abstention.ts';
import { flatBaseline } from './baseline.ts';
import { blockDays, sevenDayBlocks, shareOutBlock, weekdayProfile } from './daily.ts';
import { growthPanel } from './growth-features.ts';
import { type Levels, logLevels } from './levels.ts';
import { chooseMembers, leastNetRows } from './members.ts';
import { hashPanel, type ModelCard, ScoreBook } from './model-card.ts';
import {
  completeLastPeriods,
  dailyDelays,
  learnReportingGrowth,
  type NowcastValue,
  nowcastLastPeriods,
  repairLastPeriod,
  unsettledLevels,
  type Vintage,
  weeklyDelays,
} from './nowcast.ts';
import { reconcile } from './reconcile.ts';
import type { Situation } from './situation.ts';
import { valuesFromLevels } from './values.ts';
import { type WalkForecast, WalkForward } from './walk-forward.ts';

export type { Abstention, AbstentionReason, DefinitionBreak } from './abstention.ts';
export { ForecastAbstainedError, findAbstentions } from './abstention.ts';
export { flatBaseline } from './baseline.ts';
export type { ModelCard, ScorePair } from './model-card.ts';
export type { NowcastValue, Vintage } from './nowcast.ts';
export { nowcastLastPeriods } from './nowcast.ts';
export { reconcile } from './reconcile.ts';
export { estimateReproduction, renew, weeklyRenewal } from './renewal.ts';

export interface ForecastRequest {
  /** periods are week numbers (`weekNumber`) or day numbers (`dayNumber`); incremental values, not cumulative */
  readonly panel: Panel;
  readonly period: 'week' | 'day';
  /** the current period: tells how stale the last report is */
  readonly now: number;
  /** one to four */
  readonly horizonWeeks: number;
  /** vintages before the present one, ascending, each ending in its own last reported period */
  readonly earlier?: readonly Vintage[];
  /** a second, more complete signal over the same areas and period numbers (weekly requests only) */
  readonly signal?: Panel;
  /** shares are multiplied by this to be count-like (10,000 for proportions); default 1 */
  readonly unit?: number;
  /** pooled-level weights of the areas: population for shares; default ones */
  readonly weights?: Float64Array;
  /** the area that is the sum of the others, if one is */
  readonly total?: string;
  readonly breaks?: readonly DefinitionBreak[];
  readonly seed: number;
  readonly codeVersion: string;
  readonly rules?: AbstentionRules;
}

export interface PeriodForecast {
  readonly period: number;
  /** 23 quantiles at the hub levels, ascending, not negative, in the units of the panel */
  readonly quantiles: Float64Array;
  /** the flat baseline's, for the same period */
  readonly baseline: Float64Array;
}

export interface AreaForecast {
  readonly area: string;
  readonly method: 'combination' | 'baseline';
  /** why the baseline is shown; null when the combination is */
  readonly reason: string | null;
  readonly periods: readonly PeriodForecast[];
}

export interface ForecastAnswer {
  readonly areas: readonly AreaForecast[];
  readonly abstentions: readonly Abstention[];
  readonly nowcast: readonly NowcastValue[];
  readonly card: ModelCard;
}

const leastWeeks = 8;
const mostRehearsals = 80;
const seasonWeeks = 60;
/** Origins that count as recent, and how many scored cells a verdict needs. */
const recentOrigins = 12;
const leastScoredOrigins = 4;

interface Weekly {
  panel: Panel;
  signal: Panel | null;
  earlier: readonly Vintage[];
  last: number;
  season: (period: number) => number;
}

function checkRequest(request: ForecastRequest): void {
  const { horizonWeeks, panel, signal, total, weights } = request;
  if (!Number.isInteger(horizonWeeks) || horizonWeeks < 1 || horizonWeeks > 4) {
    throw new RangeError(`horizonWeeks must be 1, 2, 3 or 4, got ${horizonWeeks}`);
  }
  if (panel.areas.length === 0) throw new RangeError('panel.areas must name at least one area, got none');
  if (signal && signal.areas.length !== panel.areas.length) {
    throw new RangeError(`signal.areas: got ${signal.areas.length}, expected the panel's ${panel.areas.length}`);
  }
  if (signal && request.period === 'day') throw new RangeError('signal: only weekly requests take a second signal');
  if (total !== undefined && !panel.areas.includes(total))
    throw new RangeError(`total "${total}" is not an area of the panel`);
  if (weights && weights.length !== panel.areas.length) {
    throw new RangeError(`weights: got ${weights.length}, expected ${panel.areas.length}`);
  }
}

/** The areas of a panel that are kept, in units. */
function selectAreas(panel: Panel, keep: readonly number[], unit: number): Panel {
  const values = new Float64Array(keep.length * panel.length);
  keep.forEach((i, k) => {
    for (let p = 0; p < panel.length; p++) values[k * panel.length + p] = panel.values[i * panel.length + p]! * unit;
  });
  return { areas: keep.map((i) => panel.areas[i]!), first: panel.first, length: panel.length, values };
}

/** Daily panels become blocks of seven days, completed day by day before they are summed. */
function weeklyOf(request: ForecastRequest, keep: readonly number[]): Weekly {
  const unit = request.unit ?? 1;
  const whole = selectAreas(request.panel, keep, unit);
  const last = lastReportedOfAny(whole);
  const panel = panelUntil(whole, last);
  const earlier = (request.earlier ?? []).map((v) => ({ asOf: v.asOf, panel: selectAreas(v.panel, keep, unit) }));
  if (request.period === 'week') {
    const signal = request.signal ? panelUntil(selectAreas(request.signal, keep, 1), last) : null;
    return { panel, signal, earlier, last, season: yearFraction };
  }
  const growth = learnReportingGrowth(earlier, panel, last, dailyDelays);
  const completed: Panel = { ...panel, values: Float64Array.from(panel.values) };
  for (let i = 0; i < panel.areas.length; i++) {
    for (let delay = 0; delay < dailyDelays.delays && delay < panel.length; delay++) {
      const at = (i + 1) * panel.length - 1 - delay;
      completed.values[at] = Math.max(
        0,
        Math.expm1(Math.log1p(panel.values[at]!) + growth.correction[i * dailyDelays.delays + delay]!),
      );
    }
  }
  const blocks = sevenDayBlocks(completed, last);
  const season = (block: number) => yearFraction(Math.ceil((block * blockDays + blocks.offset - 2) / 7));
  return { panel: blocks.panel, signal: null, earlier: [], last: blocks.panel.first + blocks.panel.length - 1, season };
}

function situationAt(weekly: Weekly, last: number, horizons: number, weights: Float64Array, total: number): Situation {
  // an origin is seen through the vintage that ended there, where one is kept; else through the present one, cut short
  const known = weekly.earlier.findLastIndex((v) => v.panel.first + v.panel.length - 1 === last);
  const present = last === weekly.last;
  const panel = present || known < 0 ? weekly.panel : weekly.earlier[known]!.panel;
  const before = present ? weekly.earlier : known < 0 ? [] : weekly.earlier.slice(0, known);
  const target: Levels = logLevels(panelUntil(panel, last), last);
  const seen = panelUntil(panel, last);
  const growth = before.length > 0 ? learnReportingGrowth(before, panel, last, weeklyDelays) : null;
  if (growth) completeLastPeriods(target, growth, lastReportedOfAny(seen));
  const signal = weekly.signal ? logLevels(panelUntil(weekly.signal, last), last) : null;
  if (signal) repairLastPeriod(signal, null);
  repairLastPeriod(target, signal);
  const unsettled = unsettledLevels(seen, last, growth);
  const source = growthPanel(signal ?? target, weights, total, weekly.season);
  return { last, target, unsettled, weights, total, source, transferred: signal !== null, related: [], horizons };
}

/**
 * Forecast every area of a panel.
 * @throws ForecastAbstainedError when no area can be forecast; RangeError for an impossible request
 */
export async function forecastPanel(request: ForecastRequest): Promise<ForecastAnswer> {
  checkRequest(request);
  const rules = request.rules ?? (request.period === 'week' ? weeklyRules : dailyRules);
  const abstentions = findAbstentions(request.panel, request.now, request.breaks ?? [], rules);
  const silent = new Set(abstentions.map((a) => a.area));
  const keep = request.panel.areas.map((_, i) => i).filter((i) => !silent.has(request.panel.areas[i]!));
  if (keep.length === 0) throw new ForecastAbstainedError(abstentions);
  const weekly = weeklyOf(request, keep);
  const { panel, last } = weekly;
  const total = request.total === undefined ? -1 : panel.areas.indexOf(request.total);
  const weights = Float64Array.from(keep, (i) => request.weights?.[i] ?? 1);
  const season = last - (weekly.signal?.first ?? panel.first) >= seasonWeeks;
  const net = panel.areas.length * (last - (weekly.signal?.first ?? panel.first)) >= leastNetRows;

  const walk = new WalkForward(await chooseMembers(request.seed, { season, net }));
  const first = Math.max(panel.first + (weekly.signal ? 3 : leastWeeks), last - mostRehearsals);
  const count = hubLevels.length;
  const book = new ScoreBook();
  let forecast: WalkForecast | null = null;
  let baseline: Float64Array = new Float64Array();
  for (let origin = first; origin <= last; origin++) {
    forecast = walk.advance(situationAt(weekly, origin, request.horizonWeeks, weights, total), origin < last);
    baseline = flatBaseline(panelUntil(panel, origin), origin, request.horizonWeeks, request.seed);
    if (origin === last) break;
    const values = valuesFromLevels(forecast.quantiles, 1);
    for (let i = 0; i < panel.areas.length; i++) {
      if (i === total) continue;
      for (let h = 0; h < request.horizonWeeks; h++) {
        const observed = valueAt(panel, i, origin + h + 1);
        const from = (i * request.horizonWeeks + h) * count;
        const model = values.slice(from, from + count);
        const flat = baseline.slice(from, from + count);
        if (Number.isNaN(observed) || !Number.isFinite(model[0]!) || !Number.isFinite(flat[0]!)) continue;
        book.add({ last: origin, horizon: h, model, baseline: flat, observed });
      }
    }
  }
  const made = forecast!;
  const recentFrom = last - recentOrigins - request.horizonWeeks;
  const recent = book.pair((c) => c.last >= recentFrom);
  const scoredOrigins = Math.max(0, last - first);
  const reason = whyBaseline(recent?.relativeWis ?? null, scoredOrigins);
  const card: ModelCard = {
    codeVersion: request.codeVersion,
    seed: request.seed,
    dataFirst: request.panel.first,
    dataLast: lastReportedOfAny(request.panel),
    areas: panel.areas.length,
    dataHash: hashPanel(request.panel),
    members: made.members.map(({ name, weight }) => ({ name, weight })),
    backtest: book.pair(() => true),
    byHorizon: Array.from({ length: request.horizonWeeks }, (_, h) => book.pair((c) => c.horizon === h)),
    recent,
    trackRecord: Array.from({ length: request.horizonWeeks }, (_, h) => book.trackRecord(h)),
  };
  const chosen = reason === null ? valuesFromLevels(made.quantiles, 1) : baseline;
  const weeks = weekForecasts(chosen, baseline, panel, request, total);
  const areas = panel.areas.map((area, i): AreaForecast => {
    const periods = request.period === 'week' ? weeks[i]! : daysOf(weeks[i]!, request, keep, panel, i);
    return { area, method: reason === null ? 'combination' : 'baseline', reason, periods };
  });
  const nowcast = nowcastLastPeriods(
    request.earlier ?? [],
    request.panel,
    lastReportedOfAny(request.panel),
    request.period === 'week' ? weeklyDelays : dailyDelays,
  ).filter((n) => !silent.has(n.area));
  return { areas, abstentions, nowcast, card };
}

/** The sentence that goes with a baseline shown in place of the combination, or null. */
export function whyBaseline(recentRelativeWis: number | null, scoredOrigins: number): string | null {
  if (recentRelativeWis === null || scoredOrigins < leastScoredOrigins) {
    return `no track record yet: ${scoredOrigins} past forecasts scored, at least ${leastScoredOrigins} needed`;
  }
  if (recentRelativeWis <= 1) return null;
  return `over the last ${recentOrigins} weeks the model's score was ${recentRelativeWis.toFixed(2)} times the baseline's (above 1 is worse)`;
}

function weekForecasts(
  chosen: Float64Array,
  baseline: Float64Array,
  panel: Panel,
  request: ForecastRequest,
  total: number,
): PeriodForecast[][] {
  const count = hubLevels.length;
  const unit = request.unit ?? 1;
  const horizons = request.horizonWeeks;
  const cut = (from: Float64Array, i: number, h: number) =>
    from.slice((i * horizons + h) * count, (i * horizons + h + 1) * count).map((v) => v / unit);
  const last = panel.first + panel.length - 1;
  const weeks: PeriodForecast[][] = panel.areas.map(() => []);
  for (let h = 0; h < horizons; h++) {
    let quantiles: Float64Array[] = panel.areas.map((_, i) => cut(chosen, i, h));
    if (total >= 0 && panel.areas.length > 1) {
      const parts = quantiles.filter((_, i) => i !== total);
      const added = reconcile(parts, quantiles[total]!);
      let next = 0;
      quantiles = quantiles.map((_, i) => (i === total ? added.whole : added.parts[next++]!));
    }
    panel.areas.forEach((_, i) => {
      weeks[i]!.push({ period: last + h + 1, quantiles: quantiles[i]!, baseline: cut(baseline, i, h) });
    });
  }
  return weeks;
}

function daysOf(
  weeks: readonly PeriodForecast[],
  request: ForecastRequest,
  keep: readonly number[],
  blocks: Panel,
  area: number,
): PeriodForecast[] {
  const days = selectAreas(request.panel, keep, 1);
  const lastDay = lastReportedOfAny(days);
  const profile = weekdayProfile(days, lastDay);
  const unit = request.unit ?? 1;
  const middle = (hubLevels.length - 1) / 2;
  let before = valueAt(blocks, area, blocks.first + blocks.length - 1) / unit;
  if (Number.isNaN(before)) before = weeks[0]!.quantiles[middle]!;
  return weeks.flatMap(({ quantiles, baseline }, h) => {
    const own = shareOutBlock(quantiles, before, profile);
    const flat = shareOutBlock(baseline, baseline[middle]!, profile);
    before = quantiles[middle]!;
    return own.map((q, d) => ({ period: lastDay + h * blockDays + d + 1, quantiles: q, baseline: flat[d]! }));
  });
}
