import { type KnownTable, knownAt } from './known-table.ts';

export interface DelayLearning {
  /** reports that came in the last so many periods teach the delays */
  memoryPeriods: number;
  /** periods after which the rhythm of the reports repeats: 7 for days, 1 for weeks */
  rhythm: number;
  /** the common delay weighs as so many cases against that of one weekday */
  rhythmCases: number;
}

/** By delay and weekday of the report: of the cases known at that delay, the share that came with it. */
export interface DelayHazards {
  readonly rhythm: number;
  readonly longestDelay: number;
  readonly hazards: Float64Array;
}

const mostHazard = 0.98;
/** More may be withdrawn at a delay than comes with it. */
const leastHazard = -0.1;

/**
 * Reverse-time hazards of reporting (Lawless 1994, Can J Stat 22:15-31), as they were known at `origin`.
 * @param teaches whether what was learned in a period tells how long reports take; a list that was loaded does not
 */
export function learnDelays(
  table: KnownTable,
  origin: number,
  { memoryPeriods, rhythm, rhythmCases }: DelayLearning,
  teaches: (learnedIn: number) => boolean,
): DelayHazards {
  const { longestDelay } = table;
  const hazards = new Float64Array((longestDelay + 1) * rhythm);
  const arrived = new Float64Array(rhythm);
  const known = new Float64Array(rhythm);
  for (let delay = 1; delay <= longestDelay; delay++) {
    arrived.fill(0);
    known.fill(0);
    const oldest = Math.max(table.first, origin - delay - memoryPeriods + 1);
    for (let period = origin - delay; period >= oldest; period--) {
      if (!teaches(period + delay)) continue;
      const phase = (period + delay) % rhythm;
      const now = knownAt(table, period, period + delay);
      arrived[phase]! += now - knownAt(table, period, period + delay - 1);
      known[phase]! += now;
    }
    const common = sum(arrived) / (Math.max(0, sum(known)) + 1);
    for (let phase = 0; phase < rhythm; phase++)
      hazards[delay * rhythm + phase] = Math.min(
        mostHazard,
        Math.max(leastHazard, (arrived[phase]! + rhythmCases * common) / (Math.max(0, known[phase]!) + rhythmCases)),
      );
  }
  return { rhythm, longestDelay, hazards };
}

/** Share (0 to 1) of a period's cases that is known at the end of `origin`, if reports come as they usually do. */
export function knownShare({ rhythm, longestDelay, hazards }: DelayHazards, period: number, origin: number): number {
  let share = 1;
  for (let delay = longestDelay; delay > origin - period && delay >= 1; delay--)
    share *= 1 - hazards[delay * rhythm + ((period + delay) % rhythm)]!;
  return share;
}

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
