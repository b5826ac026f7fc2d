/** Sets that stand for a disease or a place which a network never saw: each is scored with a network that was trained without it. */
import { lineListRehearsal, type Rehearsal } from '../../district/bench/sets.ts';
import { simulateOutbreak } from '../outbreaks.ts';
import { recordedHistories } from '../sources.ts';

const recorded = ['influenza admissions', 'COVID admissions', 'RSV of service areas'] as const;

/** @param wanted names of sets */
export function heldOutRehearsals(folder: string, wanted: readonly string[]): Map<string, Rehearsal[]> {
  const sets = new Map<string, Rehearsal[]>();
  for (const set of recorded)
    if (wanted.includes(set))
      sets.set(
        set,
        recordedHistories(folder, set, 5).map(({ name, history }) => ({ name, history, truth: history.truth })),
      );
  for (const [set, pattern, days] of [
    ['dengue-like seasons', 'seasonal', 420],
    ['sharp waves', 'sharp-wave', 170],
  ] as const)
    if (wanted.includes(set))
      sets.set(
        set,
        [501, 502, 503, 504].map((seed) =>
          lineListRehearsal(`${set} ${seed}`, simulateOutbreak(pattern, seed, days), 7),
        ),
      );
  return sets;
}
