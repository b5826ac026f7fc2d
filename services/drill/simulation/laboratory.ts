import { type Day, dayOf, isWeekend, mondayFrom } from './calendar.ts';
import type { Randomness } from './random.ts';

/**
 * When results leave the laboratories. In the weeks of the peak they fall behind now and then: what is ready on the days of a backlog comes
 * out together on its last day. Half of what is ready at a weekend waits for Monday.
 */
export class Laboratory {
  private readonly releaseOf = new Map<Day, Day>();
  private readonly random: Randomness;

  constructor(random: Randomness) {
    this.random = random;
    for (let day = dayOf('2021-07-12'); day < dayOf('2021-09-20'); day += random.whole(6, 10)) {
      const end = day + random.whole(2, 4);
      for (let held = day; held <= end; held++) this.releaseOf.set(held, end);
    }
  }

  /** First and last day of each backlog. */
  get backlogs(): [Day, Day][] {
    const ends = new Map<Day, Day>();
    for (const [held, end] of this.releaseOf) ends.set(end, Math.min(held, ends.get(end) ?? held));
    return [...ends].map(([end, start]) => [start, end]);
  }

  released(ready: Day): Day {
    const held = this.releaseOf.get(ready) ?? ready;
    return isWeekend(held) && this.random.chance(0.5) ? mondayFrom(held) : held;
  }
}
