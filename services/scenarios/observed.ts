import { isoDate } from '@vungxanh/ml';
import { dayInWords } from '#contracts/days.ts';
import { abstain, type WordedAbstention } from '#contracts/http/outlook/abstention.ts';
import { dailyStatistics } from '../case-history/daily-statistics.ts';
import { type CaseChanges, firstDayOf, type Groups, KnownCounts } from '../case-history/known-counts.ts';
import { serialIntervalPolicy } from '../case-history/policy.ts';
import { fitRules } from './assumptions.ts';

export type Abstention = WordedAbstention;

/** Reported cases that the model is fitted to. */
export interface RecentReports {
  /** day number of the last row */
  lastDay: number;
  /** days × wards, oldest first */
  reported: number[][];
  /** by ward, reported before the days in which the fit builds up by itself */
  before: number[];
  daysLeftOut: number;
  source: 'line-list' | 'published-counts' | 'published-weeks';
}

export const abstains = (value: RecentReports | Abstention): value is Abstention => 'reason' in value;

/**
 * The last days of a line list by ward, completed by the reporting delays seen so far; days of which too little has come in are left out. Cases without a
 * ward are shared out like the others.
 * @param wards group of each place among the wards @param district group 0 for each place of the district
 * @param onDay today: its reports are not looked at
 * @param firstKnownDay first day of which the cases of every ward are known: what lies before is not fitted
 */
export function reportsOfLineList(
  changes: CaseChanges,
  wards: Groups,
  district: Groups,
  wardCount: number,
  onDay: number,
  firstKnownDay = Number.NEGATIVE_INFINITY,
): RecentReports | Abstention {
  const firstCase = firstDayOf(changes);
  const statistics = dailyStatistics(changes, district, onDay, serialIntervalPolicy);
  if (firstCase === undefined || !statistics)
    return abstain(
      'no-cases',
      'chưa biết ca bệnh nào có ngày của địa bàn',
      'no case of the district with a date is known',
    );
  const growth = new Map(
    statistics.series.map(({ date, reported, nowcast }) => [
      date,
      nowcast && nowcast.median > reported ? { reported, full: nowcast.median } : undefined,
    ]),
  );
  let lastDay = onDay - 1;
  let daysLeftOut = 0;
  for (; daysLeftOut < fitRules.mostDaysLeftOut; daysLeftOut++, lastDay--) {
    const day = growth.get(isoDate(lastDay));
    if (!day || day.reported / day.full >= fitRules.leastComplete) break;
  }
  const known = lastDay - firstCase + 1;
  const fittable = lastDay - Math.max(firstCase, firstKnownDay) + 1;
  if (fittable < fitRules.leastDays)
    return abstain(
      'too-little',
      `mới có ${Math.max(0, fittable)} ngày từ ca đầu tiên đến ${dayInWords(isoDate(lastDay))}, cần ít nhất ${fitRules.leastDays}`,
      `${Math.max(0, fittable)} days from the first case to ${isoDate(lastDay)}, at least ${fitRules.leastDays}`,
    );
  const days = Math.min(fitRules.mostDays, fittable);
  const counts = new KnownCounts(changes, wards, wardCount, firstCase, lastDay);
  const all = new KnownCounts(changes, district, 1, firstCase, lastDay);
  counts.goTo(0);
  all.goTo(0);
  const placed = Array.from({ length: wardCount }, (_, ward) => counts.sum(ward, lastDay, days)).reduce(
    (a, b) => a + b,
    0,
  );
  const inAll = all.sum(0, lastDay, days);
  if (placed < fitRules.leastPlaced * inAll)
    return abstain(
      'unplaced',
      `${placed} trong ${inAll} ca của ${days} ngày gần nhất biết thuộc phường nào, cần ít nhất ${100 * fitRules.leastPlaced} %`,
      `${placed} of ${inAll} cases of the last ${days} days lie in a ward, at least ${100 * fitRules.leastPlaced} % must`,
    );
  const spread = placed > 0 ? inAll / placed : 1;
  const reported = Array.from({ length: days }, (_, i) => {
    const day = lastDay - days + 1 + i;
    const late = growth.get(isoDate(day));
    const factor = spread * (late && late.reported > 0 ? late.full / late.reported : 1);
    return Array.from({ length: wardCount }, (__, ward) => round(Math.max(0, counts.sum(ward, day, 1)) * factor));
  });
  const before = Array.from({ length: wardCount }, (_, ward) =>
    Math.max(0, counts.sum(ward, lastDay - days - fitRules.runInDays, Math.max(0, known - days - fitRules.runInDays))),
  );
  return enough({ lastDay, reported, before, daysLeftOut, source: 'line-list' });
}

/** One published count, as known: cases of a ward in a period of one day or seven. */
export interface PublishedCount {
  ward: number;
  /** day number */
  lastDay: number;
  days: number;
  /** null: suppressed or not stated */
  cases: number | null;
  definition: string | null;
}

/**
 * The last published days, or weeks spread evenly over their days; undefined when nothing is published by day or week for the wards.
 * Gaps and changes of definition are not bridged: what lies before them is not used.
 */
export function reportsOfPublished(
  counts: readonly PublishedCount[],
  wardIds: readonly string[],
  onDay: number,
): RecentReports | Abstention | undefined {
  const [days, weeks] = [1, 7].map((length) => counts.filter((count) => count.days === length)) as [
    PublishedCount[],
    PublishedCount[],
  ];
  const daily = new Set(days.map(({ lastDay }) => lastDay)).size >= fitRules.leastDays;
  const used = daily ? days : weeks;
  if (used.length === 0) return undefined;
  const length = daily ? 1 : 7;
  const lastDay = used.reduce((last, count) => Math.max(last, count.lastDay), Number.NEGATIVE_INFINITY);
  const firstDay = used.reduce((first, count) => Math.min(first, count.lastDay), Number.POSITIVE_INFINITY);
  const mostAge = daily ? fitRules.mostAgeDays : fitRules.mostWeeklyAgeDays;
  if (onDay - lastDay > mostAge)
    return abstain(
      'stale',
      `kỳ công bố mới nhất kết thúc ngày ${dayInWords(isoDate(lastDay))}, cách đây ${onDay - lastDay} ngày, nhiều nhất là ${mostAge}`,
      `the newest published period ended on ${isoDate(lastDay)}, ${onDay - lastDay} days ago, at most ${mostAge}`,
    );
  const cell = new Map(used.map((count) => [`${count.ward} ${count.lastDay}`, count]));
  const rowOf = (end: number) => wardIds.map((_, ward) => cell.get(`${ward} ${end}`));
  const newest = rowOf(lastDay);
  const table: number[][] = [];
  let stop: Abstention = abstain('too-little', 'không có kỳ nào cũ hơn được công bố', 'nothing older is published');
  for (let end = lastDay; table.length + length <= fitRules.mostDays && end >= firstDay; end -= length) {
    const row = rowOf(end);
    const period = `the ${length === 1 ? 'day' : 'week that ended on'} ${isoDate(end)}`;
    const periodVi = `${length === 1 ? 'ngày' : 'tuần kết thúc ngày'} ${dayInWords(isoDate(end))}`;
    const gap = row.findIndex((count) => !count || count.cases === null);
    if (gap >= 0) {
      stop = abstain(
        'gap',
        `số của ${wardIds[gap]} cho ${periodVi} ${row[gap] ? 'bị ẩn' : 'còn thiếu'}`,
        `the count of ${wardIds[gap]} for ${period} is ${row[gap] ? 'suppressed' : 'missing'}`,
      );
      break;
    }
    const broken = row.findIndex((count, ward) => count!.definition !== newest[ward]!.definition);
    if (broken >= 0) {
      const [was, is] = [row[broken], newest[broken]].map((count) => count!.definition ?? 'not named');
      stop = abstain(
        'definition-break',
        `định nghĩa ca bệnh là "${was}" trong ${periodVi} và nay là "${is}"`,
        `the case definition was "${was}" in ${period} and is "${is}" now`,
      );
      break;
    }
    for (let day = 0; day < length; day++) table.unshift(row.map((count) => round(count!.cases! / length)));
  }
  if (table.length < fitRules.leastDays)
    return abstain(
      stop.reason,
      `chỉ dùng được ${table.length} ngày liền nhau đến ${dayInWords(isoDate(lastDay))}, cần ít nhất ${fitRules.leastDays}: ${stop.note.vi}`,
      `${table.length} days in a row up to ${isoDate(lastDay)} can be used, at least ${fitRules.leastDays}: ${stop.detail}`,
    );
  const before = wardIds.map((_, ward) =>
    used
      .filter((count) => count.ward === ward && count.lastDay <= lastDay - table.length - fitRules.runInDays)
      .reduce((sum, count) => sum + (count.cases ?? 0), 0),
  );
  return enough({
    lastDay,
    reported: table,
    before,
    daysLeftOut: 0,
    source: daily ? 'published-counts' : 'published-weeks',
  });
}

function enough(reports: RecentReports): RecentReports | Abstention {
  const cases = reports.reported.flat().reduce((sum, count) => sum + count, 0);
  if (cases < fitRules.leastCases)
    return abstain(
      cases === 0 ? 'no-cases' : 'too-few-cases',
      `có ${Math.round(cases)} ca báo cáo trong ${reports.reported.length} ngày, cần ít nhất ${fitRules.leastCases}`,
      `${Math.round(cases)} reported cases in ${reports.reported.length} days, at least ${fitRules.leastCases}`,
    );
  return reports;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
