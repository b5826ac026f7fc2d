import { upperMedian } from '../numerics/quantiles.ts';
import type { Snapshot } from './backtest-data.ts';

/** Why a publication of cumulative counts was not taken at face value. */
export type SnapshotFault = 'incomplete' | 'repeated' | 'went down' | 'jumped';

const rememberedIntervals = 14;
const jumpFactor = 6;
const completeShare = 0.85;

/**
 * Daily reports by area, from cumulative counts that are sometimes repeated, rolled back or redefined.
 * A publication whose city total goes down, or rises more than `jumpFactor` times the usual daily number, is held back until the
 * next one shows whether it was an error (dropped) or a change of definition (bridged with the usual number, so that no window sees it).
 */
export class ReportedCounts {
  readonly days: number[] = [];
  readonly faults: { day: number; fault: SnapshotFault }[] = [];
  private readonly cumulative: Float64Array[] = [];
  private readonly city: number[] = [];
  private raw: Float64Array | undefined;
  private suspect: Snapshot | undefined;
  private readonly snapshots: readonly Snapshot[];
  private readonly areas: number;
  private next = 0;

  constructor(areas: number, snapshots: readonly Snapshot[]) {
    this.areas = areas;
    this.snapshots = snapshots;
  }

  advance(throughDay: number): void {
    while (this.next < this.snapshots.length && this.snapshots[this.next]!.publishedDay <= throughDay)
      this.take(this.snapshots[this.next++]!);
  }

  /** reports in the days (from, to], all areas and the city; NaN-free; undefined when publications do not reach that far */
  window(from: number, to: number): { byArea: Float64Array; city: number } | undefined {
    const [a, b] = [this.at(from), this.at(to)];
    if (!a || !b || to - from < 1) return undefined;
    const byArea = new Float64Array(this.areas);
    let city = 0;
    for (let i = 0; i < this.areas; i++) {
      const count = b(i) - a(i);
      city += count;
      byArea[i] = Math.max(0, count);
    }
    return { byArea, city };
  }

  get lastDay(): number {
    return this.days.at(-1) ?? Number.NEGATIVE_INFINITY;
  }

  private at(day: number): ((area: number) => number) | undefined {
    const { days, cumulative } = this;
    if (days.length === 0 || day < days[0]! || day > days.at(-1)!) return undefined;
    let low = 0;
    let high = days.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (days[middle]! <= day) low = middle;
      else high = middle - 1;
    }
    const before = cumulative[low]!;
    if (days[low] === day) return (area) => before[area]!;
    const after = cumulative[low + 1]!;
    const share = (day - days[low]!) / (days[low + 1]! - days[low]!);
    return (area) => before[area]! + share * (after[area]! - before[area]!);
  }

  private take(snapshot: Snapshot): void {
    let known = 0;
    for (const value of snapshot.cases) if (!Number.isNaN(value)) known++;
    if (known < completeShare * this.areas) this.faults.push({ day: snapshot.publishedDay, fault: 'incomplete' });
    else if (!this.raw) this.accept(snapshot, 0);
    else if (!this.stillUnclear(snapshot, this.raw)) this.weigh(snapshot, this.raw);
  }

  /** settles what was held back; true when this publication fits neither what was held nor what came before it, and is held in its place */
  private stillUnclear(snapshot: Snapshot, raw: Float64Array): boolean {
    const held = this.suspect;
    if (!held) return false;
    this.suspect = undefined;
    const fitsBefore = this.verdict(snapshot, raw, this.lastDay) === 'usual';
    const fitsHeld = this.verdict(snapshot, held.cases, held.publishedDay) === 'usual';
    if (!fitsBefore && fitsHeld) this.bridge(held);
    else if (!fitsBefore) this.suspect = snapshot;
    return !fitsBefore && !fitsHeld;
  }

  private weigh(snapshot: Snapshot, raw: Float64Array): void {
    const from = this.raw ?? raw;
    const verdict = this.verdict(snapshot, from, this.lastDay);
    if (verdict === 'usual') {
      this.accept(snapshot, this.total(snapshot.cases, from));
      return;
    }
    this.faults.push({ day: snapshot.publishedDay, fault: verdict });
    if (verdict !== 'repeated') this.suspect = snapshot;
  }

  private verdict(snapshot: Snapshot, from: Float64Array, fromDay: number): SnapshotFault | 'usual' {
    const daily = this.usualDaily();
    const increment = this.total(snapshot.cases, from);
    const gap = Math.max(1, snapshot.publishedDay - fromDay);
    if (increment === 0 && daily > 20) return 'repeated';
    if (increment < 0) return increment < -0.5 * daily ? 'went down' : 'usual';
    return increment > jumpFactor * gap * Math.max(daily, 30) ? 'jumped' : 'usual';
  }

  /** median reports a day over the last accepted intervals of the city; before there are five, no jump can be told */
  private usualDaily(): number {
    const rates: number[] = [];
    for (let i = this.days.length - 1; i > 0 && rates.length < rememberedIntervals; i--)
      rates.push((this.city[i]! - this.city[i - 1]!) / (this.days[i]! - this.days[i - 1]!));
    if (rates.length < 5) return Number.POSITIVE_INFINITY;
    return upperMedian(rates);
  }

  private total(to: Float64Array, from: Float64Array): number {
    let sum = 0;
    for (let i = 0; i < this.areas; i++) {
      const difference = to[i]! - from[i]!;
      if (!Number.isNaN(difference)) sum += difference;
    }
    return sum;
  }

  private accept(snapshot: Snapshot, increment: number): void {
    const previous = this.cumulative.at(-1);
    const adjusted = new Float64Array(this.areas);
    const raw = this.raw;
    if (previous && raw)
      for (let i = 0; i < this.areas; i++) {
        const difference = snapshot.cases[i]! - raw[i]!;
        adjusted[i] = previous[i]! + (Number.isNaN(difference) ? 0 : difference);
      }
    this.push(snapshot, adjusted, (this.city.at(-1) ?? 0) + increment);
  }

  private bridge(snapshot: Snapshot): void {
    const last = this.cumulative.at(-1)!;
    const earlier = this.at(Math.max(this.days[0]!, this.lastDay - 14));
    const span = Math.min(14, this.lastDay - this.days[0]!);
    const gap = Math.max(0, snapshot.publishedDay - this.lastDay);
    const daily = this.usualDaily();
    const adjusted = last.map((value, i) => value + (earlier && span > 0 ? (gap * (value - earlier(i))) / span : 0));
    this.push(snapshot, adjusted, this.city.at(-1)! + gap * (Number.isFinite(daily) ? daily : 0));
  }

  private push(snapshot: Snapshot, adjusted: Float64Array, city: number): void {
    if (this.lastDay === snapshot.publishedDay) {
      this.cumulative.pop();
      this.city.pop();
      this.days.pop();
    }
    this.days.push(snapshot.publishedDay);
    this.cumulative.push(adjusted);
    this.city.push(city);
    const raw = this.raw;
    this.raw = snapshot.cases.map((value, i) => (Number.isNaN(value) && raw ? raw[i]! : value));
  }
}
