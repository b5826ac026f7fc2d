import { addPrior, addRow, emptySums, solveRidge } from '../numerics/ridge.ts';
import { reportGrowth } from './city-reports.ts';
import type { KnownWeeks } from './known-weeks.ts';
import type { RiskOptions } from './options.ts';
import type { ReportedCounts } from './reported-counts.ts';

/** What the trend is judged by at one moment. All are logs per week, except `height`. */
export interface TrendSigns {
  growth: number;
  /** reports' growth minus the weekly table's own */
  surprise: number;
  /** reports' level minus what was expected */
  level: number;
  /** log rate minus its mean of the last year, bounded to ±1.5 */
  height: number;
}

const weeksInYear = 52;
const fewestWeeksOfYear = 12;
const largestHeight = 1.5;
const steepestMultiple = 1.3;

/**
 * The city's expected change of log rate from the base week, by lead. Growth persists and fades by `persistence` a week; how much of it, of the
 * reports' surprise and of the pull towards the year's mean really arrives is learned from all earlier weeks, as a ridge regression towards
 * stated priors. Signs are remembered as they looked at the time, so that the regression sees the same noise as the forecast.
 */
export class CityTrend {
  private readonly remembered = new Map<number, TrendSigns>();
  private readonly options: RiskOptions;
  private readonly reports: ReportedCounts;

  constructor(options: RiskOptions, reports: ReportedCounts) {
    this.options = options;
    this.reports = reports;
  }

  /** weekly growth of the table itself, over the nearest earlier believed week */
  ownGrowth(known: KnownWeeks, weekEnd: number, corrected: (weekEnd: number) => number): number | undefined {
    for (let back = 7; back <= 21; back += 7)
      if (known.city.has(weekEnd - back)) return ((corrected(weekEnd) - corrected(weekEnd - back)) * 7) / back;
    return undefined;
  }

  signs(known: KnownWeeks, weekEnd: number, own: number, reported: number | undefined, level: number): TrendSigns {
    const surprise = reported === undefined ? 0 : reported - own;
    const growth = this.bounded(own + this.options.freshShare * surprise);
    return { growth, surprise, level, height: height(known, weekEnd) };
  }

  remember(weekEnd: number, signs: TrendSigns): void {
    this.remembered.set(weekEnd, signs);
  }

  /** @returns expected log change from the base week, index = lead in weeks. @param daysAfterWeek reports used reach that far; undefined: none */
  expectedChanges(
    known: KnownWeeks,
    signs: TrendSigns,
    maximumLead: number,
    daysAfterWeek: number | undefined,
  ): Float64Array {
    const { options: o } = this;
    const changes = new Float64Array(maximumLead + 1);
    const past = known.weekEnds.map((weekEnd) => ({ weekEnd, signs: this.pastSigns(known, weekEnd, daysAfterWeek) }));
    for (let lead = 1; lead <= maximumLead; lead++) {
      let reach = 0;
      for (let j = 1; j <= lead; j++) reach += o.persistence ** j;
      const row = (s: TrendSigns) => [
        Math.max(0, s.growth) * reach,
        Math.min(0, s.growth) * reach,
        s.level,
        -s.height * lead,
        s.surprise,
      ];
      const sums = emptySums(5);
      for (const { weekEnd, signs: then } of past) {
        const target = known.city.get(weekEnd + 7 * lead);
        if (!then || target === undefined || weekEnd + 7 * lead > known.base) continue;
        const age = (known.base - weekEnd) / 7 - lead;
        addRow(sums, row(then), 0, target - known.city.get(weekEnd)!, o.trendFade ** age);
      }
      const growthStrength = 0.5 * o.persistenceWeeks * (0.2 * reach) ** 2;
      addPrior(
        sums,
        [growthStrength, growthStrength, 0.01 * o.levelWeeks, o.reversionWeeks * lead * lead, 0.02 * o.surpriseWeeks],
        [1, 1, o.levelShare, o.reversion, o.surpriseShare],
      );
      const [up, down, level, pull, surprise] = solveRidge(sums);
      const x = row(signs);
      changes[lead] = held(up!) * x[0]! + held(down!) * x[1]! + level! * x[2]! + pull! * x[3]! + surprise! * x[4]!;
    }
    return changes;
  }

  private pastSigns(known: KnownWeeks, weekEnd: number, daysAfterWeek: number | undefined): TrendSigns | undefined {
    const remembered = this.remembered.get(weekEnd);
    if (remembered) return remembered;
    const own = this.ownGrowth(known, weekEnd, (week) => known.city.get(week)!);
    if (own === undefined) return undefined;
    const reported = daysAfterWeek === undefined ? undefined : reportGrowth(this.reports, weekEnd + daysAfterWeek);
    return this.signs(known, weekEnd, own, reported, 0);
  }

  /** growth beyond the bound is compressed: doubling in three days never lasts for weeks */
  private bounded(growth: number): number {
    const bound = this.options.growthBound;
    const over = Math.max(0, Math.abs(growth) - bound);
    return Math.sign(growth) * (Math.min(Math.abs(growth), bound) + bound * Math.tanh(over / bound));
  }
}

function held(multiple: number): number {
  return Math.max(0, Math.min(steepestMultiple, multiple));
}

function height(known: KnownWeeks, weekEnd: number): number {
  let sum = 0;
  let weeks = 0;
  for (let back = 0; back < weeksInYear; back++) {
    const value = known.city.get(weekEnd - 7 * back);
    if (value === undefined) continue;
    sum += value;
    weeks++;
  }
  if (weeks < fewestWeeksOfYear) return 0;
  return Math.max(-largestHeight, Math.min(largestHeight, known.city.get(weekEnd)! - sum / weeks));
}
