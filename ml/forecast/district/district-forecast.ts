/**
 * The door of forecasts from weeks of history instead of years: one district, its wards, one target. Numbers in, numbers out. The past is walked
 * through first, so that the forecast comes with its score beside the flat baseline's; while it loses to it, the baseline is what is shown.
 */
import type { Panel } from '../../numerics/panels.ts';
import {
  type Abstention,
  type AbstentionRules,
  type DefinitionBreak,
  ForecastAbstainedError,
  findAbstentions,
} from '../abstention.ts';
import { hashPanel, type ModelCard, ScoreBook } from '../model-card.ts';
import { reconcile } from '../reconcile.ts';
import { ascending, daysOfFlow, daysOfStock } from './daily-paths.ts';
import { cellOf } from './flat.ts';
import type { DistrictOptions } from './options.ts';
import { type Rehearsed, rehearse } from './rehearse.ts';
import { blockOf, type Seen, type SeenHistory, weekSteps } from './seen.ts';

export interface DistrictRequest {
  readonly history: SeenHistory;
  /** the present step: tells how stale the last report is */
  readonly now: number;
  /** one to four */
  readonly horizonWeeks: number;
  readonly options: DistrictOptions;
  /** in steps */
  readonly rules: AbstentionRules;
  readonly breaks?: readonly DefinitionBreak[];
  /** days after its end at which a week counts as settled */
  readonly settledDays: number;
  readonly seed: number;
  readonly codeVersion: string;
}

/** 23 quantiles at the hub levels, ascending, not negative; of a week or level that ends `steps` steps after the last report. */
export interface Ahead {
  readonly steps: number;
  readonly quantiles: Float64Array;
  readonly baseline: Float64Array;
}

export interface DistrictAreaForecast {
  readonly area: string;
  readonly method: 'combination' | 'baseline';
  /** why the baseline is shown, for some weeks or for all; null when the combination is shown for all */
  readonly reason: string | null;
  readonly weeks: readonly Ahead[];
  /** one for each day; undefined where the series has no days */
  readonly days: readonly Ahead[] | undefined;
}

export interface DistrictAnswer {
  readonly areas: readonly DistrictAreaForecast[];
  readonly abstentions: readonly Abstention[];
  readonly card: ModelCard & {
    readonly baselineShare: number;
    readonly moments: number;
    /** scores of the last weeks by week ahead: each decides what is shown of that week */
    readonly recentByHorizon: readonly ModelCard['recent'][];
  };
}

/** Scores of the last so many weeks decide; so many weeks of scored moments are needed. */
const recentWeeks = 8;
const leastScoredWeeks = 2;

const presentOf = ({ moments }: SeenHistory): Seen => moments.at(-1)!;

function panelOf({ areas }: SeenHistory, seen: Seen): Panel {
  return { areas, first: seen.first, length: seen.last - seen.first + 1, values: seen.values };
}

/** The same history for some of its areas. */
function withAreas(history: SeenHistory, keep: readonly number[]): SeenHistory {
  const moments = history.moments.map((seen) => {
    const steps = seen.last - seen.first + 1;
    const values = new Float64Array(keep.length * steps);
    keep.forEach((area, row) => {
      values.set(seen.values.subarray(area * steps, (area + 1) * steps), row * steps);
    });
    return { ...seen, values };
  });
  return { ...history, areas: keep.map((i) => history.areas[i]!), total: keep.indexOf(history.total), moments };
}

/** @throws ForecastAbstainedError when no area can be forecast; RangeError for an impossible request */
export function forecastDistrictSeries(request: DistrictRequest): DistrictAnswer {
  const { horizonWeeks, seed, options } = request;
  if (!Number.isInteger(horizonWeeks) || horizonWeeks < 1 || horizonWeeks > 4)
    throw new RangeError(`horizonWeeks must be 1, 2, 3 or 4, got ${horizonWeeks}`);
  if (request.history.moments.length === 0)
    throw new RangeError('history.moments must hold at least one moment, got none');
  const whole = presentOf(request.history);
  const abstentions = findAbstentions(
    panelOf(request.history, whole),
    request.now,
    request.breaks ?? [],
    request.rules,
  );
  const silent = new Map(abstentions.map((a) => [a.area, a]));
  const keep: number[] = [];
  request.history.areas.forEach((area, i) => {
    if (silent.has(area)) return;
    // growth needs the last two weeks whole
    const week = weekSteps(request.history);
    const missing = [0, 1].find((back) => Number.isNaN(blockOf(whole, request.history, i, whole.last - back * week)));
    if (missing === undefined) keep.push(i);
    else
      abstentions.push({
        area,
        reason: 'gap',
        detail: `no number for the week that ended ${missing} weeks before the last one, the last two are needed`,
        note: {
          vi: `không có số của tuần kết thúc ${missing} tuần trước tuần cuối; cần đủ hai tuần cuối`,
          en: `no number for the week that ended ${missing} weeks before the last one, the last two are needed`,
        },
      });
  });
  if (keep.length === 0) throw new ForecastAbstainedError(abstentions);
  const history = withAreas(request.history, keep);
  const present = presentOf(history);
  const week = weekSteps(history);
  const settledSteps = history.step === 'day' ? request.settledDays : Math.ceil(request.settledDays / 7);
  const walked = rehearse(history, horizonWeeks, { ...options, settledSteps }, seed);
  const made = walked.at(-1)!;
  const book = scoreBook(history, walked, horizonWeeks, settledSteps);
  const isRecent = ({ last }: { last: number }) => last > present.last - (recentWeeks + horizonWeeks) * week;
  const recent = book.pair(isRecent);
  const least = leastScoredWeeks * week + 1;
  const scored = walked.filter(({ last }) => last + week + settledSteps <= present.last).length;
  // without a record of this district the pre-trained network's of others stands; where there is no network, the baseline
  const why = (relativeWis: number | null) => {
    const known = relativeWis !== null && scored >= least;
    return options.network && !known ? null : whyFlat(relativeWis, scored, least);
  };
  const overall = why(recent?.relativeWis ?? null);
  // each week ahead is judged by itself; one without a record of its own goes with the whole
  const recentByHorizon = Array.from({ length: horizonWeeks }, (_, h) =>
    book.pair((cell) => isRecent(cell) && cell.horizon === h),
  );
  const reasons = recentByHorizon.map((own) => (own && scored >= least ? why(own.relativeWis) : overall));
  const reason = inOneSentence(reasons);
  const flatInAll = reasons.every((one) => one !== null);
  const panel = panelOf(history, present);
  const weeksOf = (i: number) =>
    Array.from({ length: horizonWeeks }, (_, h) =>
      cellOf(reasons[h] === null ? made.quantiles : made.baseline, i, h, horizonWeeks).slice(),
    );
  const flatOf = (i: number) =>
    Array.from({ length: horizonWeeks }, (_, h) => cellOf(made.baseline, i, h, horizonWeeks).slice());
  const rows = history.areas.map((_, i) => i);
  const weeks = addUp(rows.map(weeksOf), history.total);
  const flat = rows.map(flatOf);
  const daily = history.step === 'day';
  const share = (of: readonly Float64Array[][]) =>
    history.kind === 'flow' ? daysOfFlow(of, present, history.areas) : daysOfStock(of, present);
  const days = daily ? addUp(share(weeks), history.total) : undefined;
  const flatDays = daily ? share(flat) : undefined;
  return {
    areas: history.areas.map(
      (area, i): DistrictAreaForecast => ({
        area,
        method: flatInAll ? 'baseline' : 'combination',
        reason,
        weeks: weeks[i]!.map((quantiles, h) => ({ steps: (h + 1) * week, quantiles, baseline: flat[i]![h]! })),
        days: days && days[i]!.map((quantiles, d) => ({ steps: d + 1, quantiles, baseline: flatDays![i]![d]! })),
      }),
    ),
    abstentions,
    card: {
      codeVersion: request.codeVersion,
      seed,
      dataFirst: panel.first,
      dataLast: present.last,
      areas: history.areas.length,
      dataHash: hashPanel(panelOf(request.history, whole)),
      members: Object.entries(made.weights).map(([name, weight]) => ({ name, weight })),
      baselineShare: made.baselineShare,
      moments: walked.length,
      backtest: book.pair(() => true),
      byHorizon: Array.from({ length: horizonWeeks }, (_, h) => book.pair((cell) => cell.horizon === h)),
      recent,
      recentByHorizon,
      trackRecord: Array.from({ length: horizonWeeks }, (_, h) => book.trackRecord(h)),
    },
  };
}

function scoreBook(
  history: SeenHistory,
  walked: readonly Rehearsed[],
  horizons: number,
  settledSteps: number,
): ScoreBook {
  const present = presentOf(history);
  const week = weekSteps(history);
  const book = new ScoreBook();
  for (const { last, quantiles, baseline } of walked)
    for (let horizon = 0; horizon < horizons; horizon++) {
      const target = last + (horizon + 1) * week;
      if (target + settledSteps > present.last) break;
      for (let i = 0; i < history.areas.length; i++) {
        const observed = blockOf(present, history, i, target);
        const [model, flat] = [cellOf(quantiles, i, horizon, horizons), cellOf(baseline, i, horizon, horizons)];
        if (!Number.isFinite(observed) || Number.isNaN(model[0]!) || Number.isNaN(flat[0]!)) continue;
        book.add({ last, horizon, model, baseline: flat, observed });
      }
    }
  return book;
}

/** Why the baseline is shown in some weeks: the reason of all, or each with its week. */
function inOneSentence(reasons: readonly (string | null)[]): string | null {
  const told = reasons.flatMap((reason, h) => (reason === null ? [] : [{ reason, week: h + 1 }]));
  if (told.length === 0) return null;
  if (told.length === reasons.length && told.every(({ reason }) => reason === told[0]!.reason)) return told[0]!.reason;
  return told.map(({ reason, week }) => `week ${week}: ${reason}`).join('; ');
}

/** The sentence that goes with a baseline shown in place of the combination, or null. */
export function whyFlat(recentRelativeWis: number | null, scored: number, least: number): string | null {
  if (recentRelativeWis === null || scored < least)
    return `no track record yet: ${scored} past forecasts scored, at least ${least} needed`;
  if (recentRelativeWis <= 1) return null;
  if (!Number.isFinite(recentRelativeWis))
    return `over the last ${recentWeeks} weeks the flat baseline made no error at all`;
  return `over the last ${recentWeeks} weeks the model's score was ${recentRelativeWis.toFixed(2)} times the baseline's (above 1 is worse)`;
}

/** Medians of the parts add up to the median of the whole, at every time ahead. */
function addUp(ahead: readonly Float64Array[][], total: number): Float64Array[][] {
  if (total < 0 || ahead.length < 2) return ahead.map((times) => [...times]);
  const out: Float64Array[][] = ahead.map(() => []);
  for (let t = 0; t < ahead[0]!.length; t++) {
    const parts = ahead.filter((_, i) => i !== total).map((times) => times[t]!);
    const added = reconcile(parts, ahead[total]![t]!);
    let next = 0;
    ahead.forEach((_, i) => {
      out[i]!.push(ascending(i === total ? added.whole : added.parts[next++]!));
    });
  }
  return out;
}
