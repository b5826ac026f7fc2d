import { createHash } from 'node:crypto';
import {
  bandOf,
  type ContextSeries,
  contextNote,
  contextRow,
  contextSentence,
  defaultOptions,
  driverEffects,
  driverNumbers,
  driverSentence,
  horizonWeeks,
  isoDate,
  type LearnedDriver,
  largestDrivers,
  levelChange,
  type RiskForecast,
  rankedProbabilityScore,
  riskScores,
  scoredHorizons,
  spreadOf,
  WalkForward,
} from '@vungxanh/ml';
import type { EventData } from '#contracts/catalogue.ts';
import { dayInWords } from '#contracts/days.ts';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { completedVintages, vintagesOf } from '../history/vintages.ts';
import type { WeeklyHistory } from '../history/weekly-history.ts';

export type AreaRisk = EventData<'risk-scored'>;

export interface RiskQuestion {
  history: WeeklyHistory;
  /** a line list stands behind its own jumps; a published table may be wrong as a whole */
  source: 'line-list' | 'published-counts';
  cuts: readonly number[];
  /** what is known of the areas beside their cases; in the order of the history's areas */
  context?: ContextSeries[];
  codeVersion: string;
  rules: { leastWeeks: number; oldestBaseWeeks: number };
}

/**
 * Walks through the whole history week by week, as it was known, and states the risk of every area from the last week on; or, for all of them,
 * why it is not stated. Deterministic: the same history gives the same answer to the last digit that is said.
 */
export function riskOfHistory(question: RiskQuestion): AreaRisk[] {
  const { history, cuts, codeVersion, rules } = question;
  const { areaIds, populations, neighbours, revisions, firstOrigin, lastOrigin } = history;
  const context = [...(question.context ?? []), quietWeeks(history)];
  const walk = new WalkForward(
    {
      areaIds,
      populations: Float64Array.from(populations),
      neighbours,
      revisions,
      snapshots: [],
      eachCaseNamed: question.source === 'line-list',
      context,
    },
    defaultOptions,
    cuts,
  );
  const made: RiskForecast[] = [];
  for (let origin = firstOrigin; origin <= lastOrigin; origin += 7) {
    const forecast = walk.step(origin);
    if (forecast) made.push(forecast);
  }
  const modelId = `risk-${codeVersion}-${isoDate(lastOrigin)}-${hashOf(history, context)}`;
  const common = { dataThroughDate: isoDate(lastOrigin), cuts: [...cuts], modelId };
  const last = made.at(-1);
  const weeks = (lastOrigin - firstOrigin) / 7 + 1;
  const withhold = (abstention: WordedAbstention) => areaIds.map((areaId) => ({ areaId, ...common, abstention }));
  if (weeks < rules.leastWeeks)
    return withhold(
      abstain(
        'too-little',
        `mới có ${weeks} tuần số liệu, cần ít nhất ${rules.leastWeeks}`,
        `${weeks} weeks of history, at least ${rules.leastWeeks}`,
      ),
    );
  if (!last || last.origin !== lastOrigin || lastOrigin - last.base > 7 * rules.oldestBaseWeeks)
    return withhold(
      abstain(
        'no-recent-cases',
        `tuần gần nhất có ca bệnh đủ tin cậy ${last ? `kết thúc ngày ${dayInWords(isoDate(last.base))}` : 'chưa từng có'}, nhiều nhất là ${rules.oldestBaseWeeks} tuần trước ${dayInWords(isoDate(lastOrigin))}`,
        `newest week with cases that is believed ended ${last ? isoDate(last.base) : 'never'}, at most ${rules.oldestBaseWeeks} weeks before ${isoDate(lastOrigin)}`,
      ),
    );

  const bands = cuts.length + 1;
  const scores = riskScores(last.probabilities.slice(0, scoredHorizons.length), cuts.length);
  const effects = driverEffects(last.model, last.observations, walk.edges, cuts.length);
  const newest = walk.table.weeks.get(lastOrigin) ?? walk.table.weeks.get(last.base)!;
  const completed = completedRates(history);
  const found = last.context.map((effect, k) => {
    const values = contextRow(context[k]!, last.base);
    return { effect, values, mean: spreadOf(values).mean };
  });
  const card = cardOf(made, walk, cuts, codeVersion, lastOrigin);
  return areaIds.map((areaId, area): AreaRisk => {
    const rate = Number.isNaN(newest.rate[area]!) ? Math.exp(last.observations.logRates[area]!) : newest.rate[area]!;
    // without a nowcast (the week is not out, or was suppressed) the reported rate stands
    const nowcast = completed[area]! > rate ? completed[area]! : rate;
    const presentBand = bandOf(nowcast, cuts);
    const horizons = horizonWeeks.map((ahead, h) => {
      const own = roundedShares(last.probabilities[h]!.subarray(area * bands, (area + 1) * bands));
      const { rise, fall } = levelChange(own, presentBand);
      return {
        weeks: ahead,
        targetDate: isoDate(lastOrigin + 7 * ahead),
        bands: own,
        rise: round(rise, 4),
        fall: round(fall, 4),
      };
    });
    const numbers = driverNumbers(last.model, last.observations, area);
    return {
      areaId,
      ...common,
      score: round(scores[area]!, 1),
      ratePer100k: round(rate, 2),
      nowcastPer100k: round(nowcast, 2),
      presentBand,
      riseIn2Weeks: horizons[1]!.rise,
      fallIn2Weeks: horizons[1]!.fall,
      baseDate: isoDate(last.base),
      horizons,
      drivers: largestDrivers(effects, area).map(({ driver, points, shift }) => {
        const outside = found.find(({ effect }) => effect.name === driver);
        const say = (language: 'vi' | 'en') =>
          outside
            ? contextSentence(outside.effect, outside.values[area]!, outside.mean, { points, shift }, language)
            : driverSentence(driver as LearnedDriver, { points, shift }, numbers, language);
        const expectedChange = round(Math.expm1(shift), 3);
        return { driver, points: round(points, 1), expectedChange, vi: say('vi'), en: say('en') };
      }),
      context: found.map(({ effect, values, mean }) => ({
        name: effect.name,
        value: known(values[area]!, 4),
        mean: known(mean, 4),
        effectPerWeek: known(effect.perWeek, 4),
        low: known(effect.low, 4),
        high: known(effect.high, 4),
        moves: effect.none === undefined,
        vi: contextNote(effect, values[area]!, mean, 'vi'),
        en: contextNote(effect, values[area]!, mean, 'en'),
      })),
      card,
    };
  });
}

const longestQuietWeeks = 12;

/** Whole weeks since the last one with a case, by week and area, as known now; 12 at most. */
function quietWeeks({ areaIds, revisions, firstOrigin, lastOrigin }: WeeklyHistory): ContextSeries {
  const weeks = (lastOrigin - firstOrigin) / 7 + 1;
  const newest = Array.from({ length: weeks }, () => new Float64Array(areaIds.length));
  for (const { area, weekEnd, rate } of revisions) {
    const row = newest[(weekEnd - firstOrigin) / 7];
    // a suppressed count may be zero or four: not quiet
    if (row && area >= 0) row[area] = Number.isNaN(rate) ? 1 : rate;
  }
  const since = new Float64Array(areaIds.length).fill(longestQuietWeeks);
  const rows = newest.map((row) => {
    row.forEach((rate, area) => {
      since[area] = rate > 0 ? 0 : Math.min(longestQuietWeeks, since[area]! + 1);
    });
    return Float64Array.from(since);
  });
  return { name: 'quiet', firstWeekEnd: firstOrigin, rows };
}

/** Rates of the newest week with what is still to be reported of it; NaN where the week is not out. */
function completedRates(history: WeeklyHistory): Float64Array {
  const { panel } = completedVintages(vintagesOf(history, undefined)).at(-1)!;
  const isOut = panel.length === (history.lastOrigin - history.firstOrigin) / 7 + 1;
  return Float64Array.from(history.populations, (people, area) =>
    isOut ? (panel.values[(area + 1) * panel.length - 1]! * 1e5) / people : Number.NaN,
  );
}

/** Scores of the model's own past forecasts, on truth that has been out for a week, beside the transition baseline's. */
function cardOf(
  made: RiskForecast[],
  walk: WalkForward,
  cuts: readonly number[],
  codeVersion: string,
  lastOrigin: number,
): NonNullable<AreaRisk['card']> {
  const bands = cuts.length + 1;
  let cells = 0;
  let [model, baseline] = [0, 0];
  for (const forecast of made)
    horizonWeeks.forEach((ahead, h) => {
      const target = forecast.origin + 7 * ahead;
      const truth = target <= lastOrigin - 7 ? walk.table.weeks.get(target)?.rate : undefined;
      truth?.forEach((rate, area) => {
        if (Number.isNaN(rate)) return;
        const own = (all: Float64Array[]) => all[h]!.subarray(area * bands, (area + 1) * bands);
        model += rankedProbabilityScore(own(forecast.probabilities), bandOf(rate, cuts));
        baseline += rankedProbabilityScore(own(forecast.baseline), bandOf(rate, cuts));
        cells++;
      });
    });
  return {
    kind: 'risk-walk-forward',
    codeVersion,
    origins: made.length,
    cells,
    score: cells ? round(model / cells, 5) : null,
    baselineScore: cells ? round(baseline / cells, 5) : null,
    relativeScore: baseline > 0 ? round(model / baseline, 4) : null,
  };
}

/** Shares with four decimals that still add up to 1: the largest takes the difference. */
export function roundedShares(shares: ArrayLike<number>): number[] {
  const out = Array.from(shares, (share) => round(Math.max(0, share), 4));
  const largest = out.indexOf(Math.max(...out));
  const rest = out.reduce((sum, share, i) => (i === largest ? sum : sum + share), 0);
  out[largest] = round(1 - rest, 4);
  return out;
}

function hashOf({ areaIds, populations, revisions }: WeeklyHistory, context: readonly ContextSeries[]): string {
  const hash = createHash('sha256').update(
    JSON.stringify([
      areaIds,
      populations,
      context.map((one) => [one.name, one.firstWeekEnd, one.rows.map((row) => [...row])]),
    ]),
  );
  const flat = new Float64Array(revisions.length * 4);
  revisions.forEach(({ publishedDay, area, weekEnd, rate }, i) => {
    flat.set([publishedDay, area, weekEnd, rate], i * 4);
  });
  return hash.update(new Uint8Array(flat.buffer)).digest('hex').slice(0, 12);
}

/** a number that can be said, or null */
const known = (value: number, digits: number) => (Number.isFinite(value) ? round(value, digits) : null);

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
