import { expect } from 'vitest';
import type { Versioned } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';

/**
 * A decision as a sentence: given these events, when this is asked, this happens or is refused so (`then` would make
 * it a promise). `evolve` makes the state of the events,
 * from nothing. What `decide` throws that is no Problem is passed on untouched.
 */
export const given = <State, Event>(evolve: (before: State | undefined, event: Event) => State, ...events: Event[]) => {
  const state = events.reduce<State | undefined>(evolve, undefined);
  const current: Versioned<State> | undefined =
    state === undefined ? undefined : { state, sequence: events.length, subjectSequence: events.length };
  return {
    when: <Decision>(decide: (current: Versioned<State> | undefined) => Decision) => ({
      happens: (expected: unknown) => expect(decide(current)).toMatchObject(expected as object),
      isRefused: (expected: { status: number } & Record<string, unknown>) => {
        let decision: Decision;
        try {
          decision = decide(current);
        } catch (error) {
          if (!(error instanceof Problem)) throw error;
          expect(error.toJSON()).toMatchObject(expected);
          return;
        }
        expect.fail(`was not refused: ${JSON.stringify(decision)}`);
      },
    }),
  };
};
