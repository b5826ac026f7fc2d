import type { Entry } from '#platform/projection.ts';
import { type Folded, fold as foldEntity, type Told, type Version } from '../../lifecycle/fold.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Violation } from './state.ts';
import { violationTables } from './tables.ts';

/**
 * Pure: `current` are the versions before the batch, of merge targets too, and of what waits to be merged into a violation of the batch; `seen` the facts
 * that are in the rows already; `told` the events of all these in the rows. All are changed.
 */
export function fold(
  entries: Entry<ViolationEvent>[],
  current: Map<string, Version<Violation>>,
  seen: Set<string>,
  told: Map<string, Told<ViolationEvent>[]> = new Map(),
): Folded<Violation, ViolationEvent> {
  /** What was said to be one with a violation: it may have been said before that one was reported. */
  const mergedInto = new Map<string, Set<string>>();
  const note = ({ type, data }: ViolationEvent) => {
    if (type !== 'violation-merged') return;
    const own = mergedInto.get(data.intoViolationId);
    if (own) own.add(data.violationId);
    else mergedInto.set(data.intoViolationId, new Set([data.violationId]));
  };
  for (const own of told.values()) for (const { event } of own) note(event);
  return foldEntity(
    entries,
    current,
    seen,
    {
      idOf: ({ data }) => data.violationId,
      evolve: (before, { event }, find) => {
        note(event);
        const { violation, irregular } = evolve(before, event, find);
        return { state: violation, irregular };
      },
      orderOf: violationTables.orderOf,
      affects: ({ id, before, after }) =>
        after.state.reported && !before?.state.reported ? [...(mergedInto.get(id) ?? [])].sort() : [],
    },
    told,
  );
}
