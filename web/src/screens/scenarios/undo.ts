/** Earlier states, newest last. Changes under one label that follow each other within a moment (a slider on its way) are one step. */
export interface Undo<State> {
  readonly past: readonly State[];
  readonly label: string;
  readonly atMs: number;
}

const mostSteps = 60;
const togetherMs = 1200;

export const nothingToUndo = <State>(): Undo<State> => ({ past: [], label: '', atMs: Number.NEGATIVE_INFINITY });

/** To be called with the state before a change. */
export function remember<State>(undo: Undo<State>, before: State, label: string, nowMs: number): Undo<State> {
  const same = label === undo.label && nowMs - undo.atMs < togetherMs;
  return { past: same ? undo.past : [...undo.past, before].slice(-mostSteps), label, atMs: nowMs };
}

export function stepBack<State>(undo: Undo<State>): { state: State; undo: Undo<State> } | undefined {
  if (!undo.past.length) return undefined;
  return { state: undo.past.at(-1)!, undo: { ...nothingToUndo<State>(), past: undo.past.slice(0, -1) } };
}
