import type { Directive } from './official-answers.ts';

/** Directives before a leader, and whose names they wait for, each once, who is named most often first. */
export interface WaitedFor {
  /** Directives that somebody has not answered, and those that are over their time and not done. One may be both. */
  unanswered: number;
  overdue: number;
  ofUnanswered: string[];
  ofOverdue: string[];
}

function byCount(names: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([name]) => name);
}

/** How many directives wait for an answer, how many are overdue, and of whom. Pure. */
export function waitedFor(directives: readonly Pick<Directive, 'unanswered' | 'overdue' | 'addressees'>[]): WaitedFor {
  const silent = directives.filter(({ unanswered }) => unanswered.length > 0);
  const late = directives.filter(({ overdue }) => overdue);
  return {
    ...{ unanswered: silent.length, overdue: late.length },
    ofUnanswered: byCount(
      silent.flatMap(({ addressees, unanswered }) =>
        addressees.filter(({ officerId }) => unanswered.includes(officerId)).map(({ name }) => name),
      ),
    ),
    ofOverdue: byCount(
      late.flatMap(({ addressees }) => addressees.filter(({ doneAt }) => doneAt === null).map(({ name }) => name)),
    ),
  };
}
