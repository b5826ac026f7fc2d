import type { LevelPolicy, ShareRequired } from '../policies/policy.ts';
import { assess } from './assess.ts';
import type { Counted, LevelFacts } from './facts.ts';

/** The least that would make another level of the one that is known now. */
export interface SmallestChange {
  /** What changes: cases in the window, or people with the dose that a requirement asks for. */
  of: 'cases' | 'doses';
  /** Of doses: which requirement. */
  requirement: string | null;
  /** So many more; below 0: so many fewer. */
  by: number;
  level: number;
}

export interface SmallestChanges {
  up: SmallestChange | null;
  down: SmallestChange | null;
}

/** What is known now, as if nothing more were to come. */
const asKnown = (facts: LevelFacts): LevelFacts => {
  const closed = (count: Counted | null) => count && { known: count.known, high: count.known };
  return { ...facts, community: closed(facts.community), all: closed(facts.all), reasons: [] };
};

/**
 * The smallest change of cases, or else of doses, that alters the lowest level that is known to be reached; up and down. Nothing where the cases or the
 * people are not known, or where the policy knows no number.
 */
export function smallestChanges(policy: LevelPolicy, facts: LevelFacts): SmallestChanges {
  const now = asKnown(facts);
  const count = policy.cases === 'community' ? now.community : now.all;
  if (policy.kind !== 'matrix' || count === null || !now.people) return { up: null, down: null };
  const levelOf = (changed: LevelFacts) => assess(policy, changed).level.low;
  const level = levelOf(now);
  const withCases = (cases: number): LevelFacts => ({
    ...now,
    community: now.community && { known: cases, high: cases },
    all: now.all && { known: cases, high: cases },
  });
  const casesAt = policy.transmission
    .filter(({ measure }) => measure === 'cases')
    .flatMap(({ cuts }) => cuts)
    .flatMap(({ at, reached }) => {
      if (at === null) return [];
      const exact = (at * now.people!) / 100_000;
      return [reached === 'at-least' ? Math.ceil(exact - 1e-9) : Math.floor(exact + 1e-9) + 1];
    });
  // A first case ends what the floor leaves out.
  const above = [1, ...casesAt].filter((cases) => cases > count.known).sort((a, b) => a - b);
  const below = [0, ...casesAt.map((cases) => cases - 1)].filter((cases) => cases < count.known).sort((a, b) => b - a);
  const of = (cases: readonly number[], isOther: (other: number) => boolean): SmallestChange | null => {
    for (const number of cases) {
      const other = levelOf(withCases(number));
      if (isOther(other)) return { of: 'cases', requirement: null, by: number - count.known, level: other };
    }
    return null;
  };
  return {
    up: of(above, (other) => other > level),
    down: of(below, (other) => other < level) ?? byDoses(policy, now, level),
  };
}

/** So many people more with the dose that one requirement asks for bring the level down. */
function byDoses(policy: LevelPolicy, facts: LevelFacts, level: number): SmallestChange | null {
  const { shares, floor } = assess(policy, facts);
  for (const { required, met, numerator, denominator } of [...shares, ...(floor ? [floor] : [])]) {
    if (met !== false || numerator === null || denominator === null) continue;
    const needed = Math.ceil(required.share * denominator - 1e-9);
    const other = assess(policy, withShare(facts, required, needed)).level.low;
    if (other < level) return { of: 'doses', requirement: required.id, by: needed - numerator, level: other };
  }
  return null;
}

function withShare(facts: LevelFacts, { fromAge, dose }: ShareRequired, numerator: number): LevelFacts {
  const key = `${fromAge} ${dose}`;
  return { ...facts, shares: new Map([...facts.shares, [key, { ...facts.shares.get(key)!, numerator }]]) };
}
