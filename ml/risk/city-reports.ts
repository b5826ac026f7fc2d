import { upperMedian } from '../numerics/quantiles.ts';
import type { ReportedCounts } from './reported-counts.ts';

/** What the daily reports say beyond the weekly table, at one moment. */
export interface FreshReports {
  /** log(reports of the last 7 days / of the 7 days before), bounded to ±1.2 */
  growth: number;
  /** how far the level of the reports lies from what the weekly table led to expect; 0 when it cannot be told */
  level: number;
  /** days from the origin to the last publication of counts (2-5) */
  daysAfterOrigin: number;
}

const fewestReports = 50;
const largestGrowth = 1.2;
const largestLevel = 0.5;
/** share of a week's growth that lies between a week's middle by diagnosis and by report */
const growthInRatio = 0.45;

/** Growth of the reports in the 7 days up to `day`, against the 7 before; undefined where publications do not reach or counts are small. */
export function reportGrowth(reports: ReportedCounts, day: number): number | undefined {
  const now = reports.window(day - 7, day);
  const before = reports.window(day - 14, day - 7);
  if (!now || !before || now.city < fewestReports || before.city < fewestReports) return undefined;
  return Math.max(-largestGrowth, Math.min(largestGrowth, Math.log(now.city / before.city)));
}

/** Compares the daily reports with the weekly table, and remembers what ratio of the two is usual. */
export class CityReports {
  private readonly reports: ReportedCounts;
  private readonly cityUnit: number;
  private ratios: number[] = [];
  private freedRatios: number[] = [];

  /** @param cityUnit people of the city / 100,000 */
  constructor(reports: ReportedCounts, cityUnit: number) {
    this.reports = reports;
    this.cityUnit = cityUnit;
  }

  /** after a redefinition of the weekly table the usual ratio must be learned afresh */
  forget(): void {
    this.ratios = [];
    this.freedRatios = [];
  }

  /** log(reports / weekly rate), freed of growth, against its usual value; undefined until three weeks are known */
  gap(origin: number, weekEnd: number, cityLog: number): number | undefined {
    const seen = this.look(origin, weekEnd, cityLog);
    if (!seen || this.freedRatios.length < 3) return undefined;
    return seen.ratio - growthInRatio * seen.growth - upperMedian(this.freedRatios.slice(-6));
  }

  /** @param cityLog the city's log rate of that week, corrected for what is still to come in */
  read(origin: number, weekEnd: number, cityLog: number): FreshReports | undefined {
    const daysAfterOrigin = Math.min(5, this.reports.lastDay - origin);
    if (daysAfterOrigin < 2) return undefined;
    const growth = reportGrowth(this.reports, origin + daysAfterOrigin);
    if (growth === undefined) return undefined;
    const seen = this.look(origin, weekEnd, cityLog);
    let level = 0;
    if (seen) {
      const usual = this.ratios.slice(-6);
      if (usual.length >= 3) level = Math.max(-largestLevel, Math.min(largestLevel, seen.ratio - upperMedian(usual)));
      this.ratios.push(seen.ratio);
      this.freedRatios.push(seen.ratio - growthInRatio * seen.growth);
    }
    return { growth, level, daysAfterOrigin };
  }

  private look(origin: number, weekEnd: number, cityLog: number): { ratio: number; growth: number } | undefined {
    if (weekEnd !== origin) return undefined;
    const day = Math.min(this.reports.lastDay, origin + 5);
    const growth = day < origin + 2 ? undefined : reportGrowth(this.reports, day);
    if (growth === undefined) return undefined;
    const { city } = this.reports.window(day - 7, day)!;
    return { ratio: Math.log(city / this.cityUnit) - cityLog, growth };
  }
}
