import type { PublishedTable, PublishedWeek } from './published-table.ts';
import { suppressedLogCount } from './suppressed.ts';
import { disorder, faultOf, type WeekFault } from './week-faults.ts';

const completeShare = 0.9;
const weeksUntilBelieved = 3;

/** The weeks that are complete and believed at one moment, as log rates. */
export interface KnownWeeks {
  /** newest believed week end, and all of them in order */
  base: number;
  weekEnds: number[];
  /** log rate per 100,000 of the whole city */
  city: Map<number, number>;
  /** log((cases + 0.5) / unit) by area; a suppressed count as what it probably was, an unpublished one as the city's */
  areas(weekEnd: number): Float64Array;
}

/** Follows a published table and decides, Thursday by Thursday, which weeks can be believed. */
export class WeekJudge {
  readonly doubts: { origin: number; weekEnd: number; fault: WeekFault }[] = [];
  private readonly table: PublishedTable;
  private readonly units: Float64Array;
  private readonly doubted = new Map<number, { publishedDay: number; fault: WeekFault; since: number }>();
  private readonly usualDisorder: number[] = [];
  private readonly eachCaseNamed: boolean;

  /** @param eachCaseNamed see `RiskData`: only a week that is out before its end is doubted */
  constructor(table: PublishedTable, units: Float64Array, eachCaseNamed = false) {
    this.table = table;
    this.units = units;
    this.eachCaseNamed = eachCaseNamed;
  }

  /** @param reportGap see `WeekEvidence`; asked for the newest complete week only */
  judge(origin: number, reportGap: (weekEnd: number, cityLog: number) => number | undefined): KnownWeeks | undefined {
    const complete = [...this.table.weeks.values()]
      .filter((week) => week.publishedCount >= completeShare * this.units.length && week.weekEnd <= origin)
      .filter((week) => this.cityRate(week) > 0)
      .sort((a, b) => a.weekEnd - b.weekEnd);
    const newest = complete.at(-1);
    if (!newest) return undefined;
    this.examine(origin, newest, complete, reportGap);
    const believed = complete.filter((week) => this.isBelieved(week, origin));
    const base = believed.at(-1);
    if (!base) return undefined;
    const city = new Map(believed.map((week) => [week.weekEnd, Math.log(Math.max(0.5, this.cityRate(week)))]));
    const cache = new Map<number, Float64Array>();
    return {
      base: base.weekEnd,
      weekEnds: believed.map((week) => week.weekEnd),
      city,
      areas: (weekEnd) => {
        let rates = cache.get(weekEnd);
        if (!rates) {
          rates = this.logRates(this.table.weeks.get(weekEnd)!, city.get(weekEnd)!);
          cache.set(weekEnd, rates);
        }
        return rates;
      },
    };
  }

  private examine(
    origin: number,
    newest: PublishedWeek,
    complete: PublishedWeek[],
    reportGap: (weekEnd: number, cityLog: number) => number | undefined,
  ): void {
    const before = this.table.weeks.get(newest.weekEnd - 7);
    const cityLog = Math.log(this.cityRate(newest));
    const earlier = complete.slice(0, -1).filter((week) => this.isBelieved(week, origin));
    const [beforeLast, last] = [earlier.at(-2), earlier.at(-1)];
    const lastDoubt = this.doubts.at(-1);
    const contradictedTwice =
      lastDoubt?.fault === 'contradicts the daily reports' && lastDoubt.weekEnd === newest.weekEnd - 7;
    const fault = faultOf({
      week: newest,
      before,
      cityChange: last && this.weeklyChange(last, newest),
      changeBefore: beforeLast && last && this.weeklyChange(beforeLast, last),
      reportGap: contradictedTwice ? 0 : reportGap(newest.weekEnd, cityLog),
      usualDisorder: this.usualDisorder,
      units: this.units,
      eachCaseNamed: this.eachCaseNamed,
    });
    if (fault) {
      this.doubts.push({ origin, weekEnd: newest.weekEnd, fault });
      if (!this.doubted.has(newest.weekEnd))
        this.doubted.set(newest.weekEnd, { publishedDay: newest.lastPublishedDay, fault, since: origin });
    } else if (before) {
      this.usualDisorder.push(disorder(newest, before, this.units));
      if (this.usualDisorder.length > 26) this.usualDisorder.shift();
    }
  }

  /** a doubted week is believed again once it has been published anew, or has stood for three weeks */
  private isBelieved(week: PublishedWeek, origin: number): boolean {
    const doubt = this.doubted.get(week.weekEnd);
    if (!doubt) return true;
    return week.lastPublishedDay > doubt.publishedDay + 2 || origin - doubt.since >= 7 * weeksUntilBelieved;
  }

  private weeklyChange(from: PublishedWeek, to: PublishedWeek): number {
    return (7 * Math.log(this.cityRate(to) / this.cityRate(from))) / (to.weekEnd - from.weekEnd);
  }

  /** the city's own row, or the sum of its areas when there is none */
  private cityRate(week: PublishedWeek): number {
    if (week.cityRate > 0) return week.cityRate;
    let cases = 0;
    let unit = 0;
    week.rate.forEach((rate, i) => {
      if (Number.isNaN(rate)) return;
      cases += rate * this.units[i]!;
      unit += this.units[i]!;
    });
    return unit > 0 ? cases / unit : Number.NaN;
  }

  private logRates(week: PublishedWeek, cityLog: number): Float64Array {
    return week.rate.map((rate, i) => {
      if (week.published[i] === 0) return cityLog;
      const unit = this.units[i]!;
      if (Number.isNaN(rate)) return suppressedLogCount(Math.exp(cityLog) * unit).mean - Math.log(unit);
      return Math.log((rate * unit + 0.5) / unit);
    });
  }
}
