import { normalCdf } from '@vungxanh/ml/numerics';
import type { Question } from './answers.ts';
import type { MockHistory } from './history.ts';
import { completedWeek, dailyCounts, dateOf, lastWholeDay, silent, weeklyGrowth } from './outlook-counts.ts';

const levels = [
  0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95,
  0.975, 0.99,
];

/** Where the standard normal reaches a level, by bisection: few numbers, no table. */
function normalAt(level: number): number {
  let [low, high] = [-6, 6];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (normalCdf(middle) < level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
const points = levels.map(normalAt);
const quantiles = (middle: number, spread: number) =>
  points.map((x) => Number(Math.max(0, Math.exp(Math.log(middle + 1) + spread * x) - 1).toFixed(2)));

/** As GET /api/forecasts. Wards show the combination, the district the baseline with its reason; one ward abstains, tổ dân phố were never issued. */
export function mockForecast(history: MockHistory, question: Question, target = 'cases', daily = false) {
  const area = history.areas.find(({ areaId }) => areaId === (question.areaId ?? question.district));
  if (!area) return undefined;
  const lastDay = lastWholeDay(question.asOfMs);
  const days = dailyCounts(history, question.district, question.asOfMs).get(area.areaId)!;
  const scale = target === 'admissions' ? 0.12 : 1;
  const week = completedWeek(days, lastDay) * scale;
  const growth = weeklyGrowth(days, lastDay);
  const onBaseline = area.level === 'district';
  const abstention =
    area.level === 'neighbourhood'
      ? { reason: 'level-not-forecast', detail: `${area.areaId} is a neighbourhood` }
      : area.areaId.endsWith(silent.forecast)
        ? { reason: 'stale', detail: 'last report 3 periods ago, at most 2' }
        : null;
  const middle = daily ? week / 7 : week;
  const ahead = abstention ? [] : daily ? Array.from({ length: 28 }, (_, i) => (i + 1) / 7) : [1, 2, 3, 4];
  const horizons = ahead.map((weeks) => {
    const baseline = quantiles(middle, 0.2 + 0.1 * weeks);
    return {
      ...(daily ? { days: Math.round(weeks * 7) } : { weeks }),
      targetDate: dateOf(lastDay + Math.round(7 * weeks)),
      quantiles: onBaseline ? baseline : quantiles(middle * Math.exp(growth * (1 - 0.6 ** weeks)), 0.14 + 0.07 * weeks),
      baseline,
    };
  });
  return {
    district: question.district,
    areaId: area.areaId,
    asOf: new Date(question.asOfMs).toISOString(),
    target,
    targets: ['cases', 'admissions'],
    cadence: daily ? 'day' : 'week',
    cadences: ['week', 'day'],
    unit: 'cases in the seven days that end on targetDate',
    levels,
    issuedAt: abstention ? null : new Date(question.asOfMs - 3_600_000).toISOString(),
    dataThroughDate: abstention ? null : dateOf(lastDay),
    cardId: abstention ? null : `forecast-mock-1-${dateOf(lastDay)}-5eed`,
    method: abstention ? null : onBaseline ? 'baseline' : 'combination',
    reason: onBaseline
      ? "over the last 12 weeks the model's score was 1.71 times the baseline's (above 1 is worse)"
      : null,
    horizons,
    trackRecord: [1, 2, 3, 4].map((weeks) => trackRecord(weeks, abstention ? 0 : 44 - 4 * weeks, onBaseline)),
    backtest: null,
    abstention,
  };
}

function trackRecord(weeks: number, of: number, onBaseline: boolean) {
  const held95 = Math.round(of * (0.95 - 0.04 * weeks));
  const wis = onBaseline ? 46 + 11 * weeks : 25 + 9 * weeks;
  const baselineWis = 38 + 9 * weeks;
  return {
    weeks,
    of,
    held50: Math.round(of * 0.48),
    held95,
    wis: of ? wis : null,
    baselineWis: of ? baselineWis : null,
    relativeWis: of ? Number((wis / baselineWis).toFixed(3)) : null,
    sentence: of
      ? {
          vi: `Trong ${of} khoảng dự báo 95 % gần nhất của hạn ${weeks} tuần, ${held95} khoảng chứa giá trị thực`,
          en: `Of the last ${of} such 95% bands at ${weeks} week${weeks > 1 ? 's' : ''}, ${held95} held`,
        }
      : null,
  };
}
