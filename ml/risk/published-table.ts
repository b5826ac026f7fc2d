import type { Revision } from './backtest-data.ts';

/** What is known of one week: rates by area (NaN: blank or never published), which cells were published, the city's own row. */
export interface PublishedWeek {
  weekEnd: number;
  rate: Float64Array;
  /** log((cases + 0.5) / (people / 100,000)); NaN when never published; a blank counts as `blankCases` */
  logRate: Float64Array;
  published: Uint8Array;
  publishedCount: number;
  cityRate: number;
  /** newest day on which any of its values was published */
  lastPublishedDay: number;
}

/** A rewrite of the past seen in one publication: median log(new / old) over the cells it changed. */
export interface Rewrite {
  publishedDay: number;
  medianLogChange: number;
  cells: number;
}

/** Mid-value of a suppressed count of 0-4, as the source blanks them. */
export const blankCases = 2;

/** The weekly table replayed publication by publication: at any moment it holds only what had been published. */
export class PublishedTable {
  readonly weeks = new Map<number, PublishedWeek>();
  readonly rewrites: Rewrite[] = [];
  private readonly units: Float64Array;
  private readonly revisions: readonly Revision[];
  private next = 0;

  constructor(populations: Float64Array, revisions: readonly Revision[]) {
    this.units = populations.map((people) => people / 1e5);
    this.revisions = revisions;
  }

  /** applies every publication up to and including that day */
  advance(throughDay: number): void {
    while (this.next < this.revisions.length && this.revisions[this.next]!.publishedDay <= throughDay) {
      const instant = this.revisions[this.next]!.instant;
      let end = this.next;
      while (end < this.revisions.length && this.revisions[end]!.instant === instant) end++;
      this.apply(this.revisions.slice(this.next, end));
      this.next = end;
    }
  }

  private apply(batch: Revision[]): void {
    const changes: number[] = [];
    for (const revision of batch) {
      const week = this.week(revision.weekEnd);
      week.lastPublishedDay = revision.publishedDay;
      if (revision.area < 0) {
        if (revision.rate > 0) week.cityRate = revision.rate;
        continue;
      }
      const { area, rate } = revision;
      const old = week.rate[area]!;
      if (week.published[area] === 1 && old > 0 && rate > 0) changes.push(Math.log(rate / old));
      if (week.published[area] === 0) week.publishedCount++;
      week.published[area] = 1;
      week.rate[area] = rate;
      const unit = this.units[area]!;
      const cases = Number.isNaN(rate) ? blankCases : rate * unit;
      week.logRate[area] = Math.log((cases + 0.5) / unit);
    }
    if (changes.length > 0) {
      changes.sort((a, b) => a - b);
      this.rewrites.push({
        publishedDay: batch[0]!.publishedDay,
        medianLogChange: changes[changes.length >> 1]!,
        cells: changes.length,
      });
    }
  }

  private week(weekEnd: number): PublishedWeek {
    let week = this.weeks.get(weekEnd);
    if (!week) {
      const n = this.units.length;
      week = {
        weekEnd,
        rate: new Float64Array(n).fill(Number.NaN),
        logRate: new Float64Array(n).fill(Number.NaN),
        published: new Uint8Array(n),
        publishedCount: 0,
        cityRate: Number.NaN,
        lastPublishedDay: 0,
      };
      this.weeks.set(weekEnd, week);
    }
    return week;
  }
}
