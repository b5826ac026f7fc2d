import { upperMedian } from '../numerics/quantiles.ts';
import type { PublishedWeek } from './published-table.ts';

/** Why the newest published week is not believed; the forecast then starts from the week before it. */
export type WeekFault =
  | 'published before its end'
  | 'repeats the week before'
  | 'areas out of order'
  | 'contradicts the daily reports'
  | 'implausible change';

export interface WeekEvidence {
  week: PublishedWeek;
  /** the week before, if it was published */
  before: PublishedWeek | undefined;
  /** log change of the city since the last believed week, per week; undefined without one */
  cityChange: number | undefined;
  /** the same between the last two believed weeks */
  changeBefore: number | undefined;
  /** how far log(reports / weekly rate), freed of growth, lies from its usual value; undefined without reports */
  reportGap: number | undefined;
  /** `disorder` of earlier weeks, to know what is usual */
  usualDisorder: readonly number[];
  /** people / 100,000 by area */
  units: Float64Array;
  /** the records themselves stand behind the counts: nothing is doubted for being improbable */
  eachCaseNamed?: boolean;
}

const fewestDaysAfterEnd = 2;
const repeatedShare = 0.6;
const largestReportGap = 0.7;
const largestUnsupportedChange = 1.3;
const largestUnsupportedTurn = 1;
const disorderFactor = 2.5;

export function faultOf(evidence: WeekEvidence): WeekFault | undefined {
  const { week, before, cityChange, reportGap, units } = evidence;
  if (week.lastPublishedDay < week.weekEnd + fewestDaysAfterEnd) return 'published before its end';
  if (evidence.eachCaseNamed) return undefined;
  if (before && repeated(week, before) > repeatedShare) return 'repeats the week before';
  if (before && evidence.usualDisorder.length >= 4) {
    const usual = upperMedian(evidence.usualDisorder);
    if (disorder(week, before, units) > disorderFactor * Math.max(usual, 0.5)) return 'areas out of order';
  }
  if (reportGap !== undefined)
    return Math.abs(reportGap) > largestReportGap ? 'contradicts the daily reports' : undefined;
  if (cityChange === undefined) return undefined;
  const turn = evidence.changeBefore === undefined ? 0 : Math.abs(cityChange - evidence.changeBefore);
  const implausible = Math.abs(cityChange) > largestUnsupportedChange || turn > largestUnsupportedTurn;
  return implausible ? 'implausible change' : undefined;
}

/** share of areas with cases whose rate is to the last digit that of the week before */
function repeated(week: PublishedWeek, before: PublishedWeek): number {
  let same = 0;
  let known = 0;
  week.rate.forEach((rate, i) => {
    if (!(rate > 0) || !(before.rate[i]! > 0)) return;
    known++;
    if (rate === before.rate[i]) same++;
  });
  return known >= 20 ? same / known : 0;
}

/** how much areas changed against each other since the week before, in units of the noise that counts of their size have (about 1) */
export function disorder(week: PublishedWeek, before: PublishedWeek, units: Float64Array): number {
  const changes: number[] = [];
  const noise: number[] = [];
  week.rate.forEach((rate, i) => {
    const [now, then] = [rate * units[i]!, before.rate[i]! * units[i]!];
    if (Number.isNaN(now) || Number.isNaN(then) || now + then < 10) return;
    changes.push(Math.log((now + 0.5) / (then + 0.5)));
    noise.push(0.04 + 1.5 / (now + 1) + 1.5 / (then + 1));
  });
  if (changes.length < 20) return 0;
  const middle = upperMedian(changes);
  let sum = 0;
  changes.forEach((change, i) => {
    sum += Math.min(25, (change - middle) ** 2 / noise[i]!);
  });
  return sum / changes.length;
}
