import { upperMedian } from '../numerics/quantiles.ts';
import type { Revision } from './backtest-data.ts';

/** What is known of one week: rates by area (NaN: blank or never published), which cells were published, the city's own row. */
export interface PublishedWeek {
  weekEnd: number;
  /** cases per 100,000 by area; NaN for a blank or unpublished cell */
  rate: Float64Array;
  published: Uint8Array;
  publishedCount: number;
  /** the city's own row; NaN when it was never published */
  cityRate: number;
  lastPublishedDay: number;
}

/** A rewrite of the past seen in one publication: median log(new / old) over the cells it changed. */
export interface Rewrite {
  publishedDay: number;
  medianLogChange: number;
  cells: number;
}

/** A rewrite this large (a factor 1.8) of half of all cells is held back until the next publication confirms it. */
const doubtfulLogChange = 0.6;
const revertedLogChange = 0.2;

/** The weekly table replayed publication by publication: at any moment it holds only what had been published by then. */
export class PublishedTable {
  readonly weeks = new Map<number, PublishedWeek>();
  readonly rewrites: Rewrite[] = [];
  readonly heldBack: { publishedDay: number; applied: boolean }[] = [];
  readonly areas: number;
  private readonly revisions: readonly Revision[];
  private next = 0;
  private held: Revision[] | undefined;
  private knownCells = 0;

  private readonly eachCaseNamed: boolean;

  /** @param eachCaseNamed see `RiskData`: no rewrite is held back */
  constructor(areas: number, revisions: readonly Revision[], eachCaseNamed = false) {
    this.eachCaseNamed = eachCaseNamed;
    this.areas = areas;
    this.revisions = revisions;
  }

  /** takes every publication up to and including that day */
  advance(throughDay: number): void {
    while (this.next < this.revisions.length && this.revisions[this.next]!.publishedDay <= throughDay) {
      const instant = this.revisions[this.next]!.instant;
      let end = this.next;
      while (end < this.revisions.length && this.revisions[end]!.instant === instant) end++;
      this.take(this.revisions.slice(this.next, end));
      this.next = end;
    }
  }

  private take(batch: Revision[]): void {
    if (this.held) {
      const back = this.changes(batch, this.held);
      const reverted = back.length > 0.5 * this.held.length && Math.abs(upperMedian(back)) < revertedLogChange;
      this.heldBack.push({ publishedDay: this.held[0]!.publishedDay, applied: !reverted });
      if (!reverted) this.apply(this.held);
      this.held = undefined;
    }
    const changes = this.changes(batch);
    const wide = !this.eachCaseNamed && changes.length > 0.5 * this.knownCells;
    if (wide && Math.abs(upperMedian(changes)) > doubtfulLogChange) this.held = batch;
    else this.apply(batch);
  }

  /** log(new / value in the table) of the cells that a publication changes; of those in `among` only, when given */
  private changes(batch: Revision[], among?: Revision[]): number[] {
    const wanted = among && new Set(among.map((revision) => `${revision.weekEnd}/${revision.area}`));
    const out: number[] = [];
    for (const { area, weekEnd, rate } of batch) {
      const old = area < 0 ? Number.NaN : (this.weeks.get(weekEnd)?.rate[area] ?? Number.NaN);
      if (old > 0 && rate > 0 && (!wanted || wanted.has(`${weekEnd}/${area}`))) out.push(Math.log(rate / old));
    }
    return out;
  }

  private apply(batch: Revision[]): void {
    const changes = this.changes(batch);
    if (changes.length > 0)
      this.rewrites.push({
        publishedDay: batch[0]!.publishedDay,
        medianLogChange: upperMedian(changes),
        cells: changes.length,
      });
    for (const { area, weekEnd, rate, publishedDay } of batch) {
      const week = this.week(weekEnd);
      week.lastPublishedDay = publishedDay;
      if (area < 0) {
        if (rate > 0) week.cityRate = rate;
        continue;
      }
      if (week.published[area] === 0) {
        week.published[area] = 1;
        week.publishedCount++;
        this.knownCells++;
      }
      week.rate[area] = rate;
    }
  }

  private week(weekEnd: number): PublishedWeek {
    let week = this.weeks.get(weekEnd);
    if (!week) {
      week = {
        weekEnd,
        rate: new Float64Array(this.areas).fill(Number.NaN),
        published: new Uint8Array(this.areas),
        publishedCount: 0,
        cityRate: Number.NaN,
        lastPublishedDay: 0,
      };
      this.weeks.set(weekEnd, week);
    }
    return week;
  }
}
