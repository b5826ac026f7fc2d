import { upperMedian } from '../numerics/quantiles.ts';
import type { KnownWeeks } from './known-weeks.ts';

const oldestAge = 3;
const weeksLookedBack = 14;
const fewestSteps = 3;
const mostSteps = 8;

/** What a week still lacks when it is first published: median one-week change of the city's log rate at each age, over the last eight weeks. */
export class Backfill {
  private readonly seen = new Map<number, ReadonlyMap<number, number>>();

  remember(origin: number, known: KnownWeeks): void {
    this.seen.set(origin, known.city);
  }

  /** @returns log(complete / known) for a week of that age in weeks */
  missing(origin: number, known: KnownWeeks): (age: number) => number {
    const steps: number[] = [];
    for (let age = 0; age < oldestAge; age++) {
      const changes: number[] = [];
      for (let back = 0; back < weeksLookedBack && changes.length < mostSteps; back++) {
        const weekEnd = known.base - 7 * back;
        if (weekEnd + 7 * (age + 1) > origin) continue;
        const early = this.seen.get(weekEnd + 7 * age)?.get(weekEnd);
        const later = this.seen.get(weekEnd + 7 * (age + 1))?.get(weekEnd);
        if (early !== undefined && later !== undefined) changes.push(later - early);
      }
      steps.push(changes.length >= fewestSteps ? upperMedian(changes) : 0);
    }
    return (age) => steps.slice(Math.min(age, oldestAge)).reduce((a, b) => a + b, 0);
  }
}
