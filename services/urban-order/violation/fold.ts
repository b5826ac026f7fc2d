import type { Entry } from '#platform/projection.ts';
import { type Folded, fold as foldEntity, type Version } from '../../lifecycle/fold.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Violation } from './state.ts';

/** Pure: `current` are the versions before the batch, of merge targets too; `seen` the facts that are in the rows already. Both are changed. */
export const fold = (
  entries: Entry<ViolationEvent>[],
  current: Map<string, Version<Violation>>,
  seen: Set<string>,
): Folded<Violation, ViolationEvent> =>
  foldEntity(entries, current, seen, {
    idOf: ({ data }) => data.violationId,
    evolve: (before, { event }, find) => {
      const { violation, irregular } = evolve(before, event, find);
      return { state: violation, irregular };
    },
  });
