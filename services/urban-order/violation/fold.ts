import type { Entry } from '#platform/projection.ts';
import { type Folded, fold as foldEntity, type Told, type Version } from '../../lifecycle/fold.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Violation } from './state.ts';
import { violationTables } from './tables.ts';

const { orderOf } = violationTables;

/**
 * Pure: `current` are the versions before the batch, `seen` the facts that are in the rows already, `told` the events of the violations in the rows; both
 * also of everything that merges lead to or from. All are changed.
 *
 * A merge depends on another violation, which may be reported later, or be merged itself. It holds when its target is reported, and does not lead back by
 * merges that stand before it in the world: so the journal's order makes no difference here either.
 */
export function fold(
  entries: Entry<ViolationEvent>[],
  current: Map<string, Version<Violation>>,
  seen: Set<string>,
  told: Map<string, Told<ViolationEvent>[]> = new Map(),
): Folded<Violation, ViolationEvent> {
  const merges = followMerges();
  for (const own of told.values()) for (const entry of own) merges.note(entry);
  return foldEntity<Violation, ViolationEvent>(
    entries,
    current,
    seen,
    {
      idOf: ({ data }) => data.violationId,
      evolve: (before, entry, find) => {
        merges.note(entry);
        const { violation, irregular } = evolve(before, entry.event, (id) => merges.asSeenBy(entry, find(id)));
        return { state: violation, irregular };
      },
      orderOf,
      others: {
        affectedBy: (id, before, after) =>
          before?.reported === after.reported && (before.mergedInto ?? null) === after.mergedInto
            ? []
            : merges.into(id),
        same: (before, after) =>
          before.status === after.status &&
          before.mergedInto === after.mergedInto &&
          before.irregular.join() === after.irregular.join(),
      },
    },
    told,
  );
}

/** Which violations were said to be one with which. */
function followMerges() {
  const sources = new Map<string, Set<string>>();
  /** "violation target moment" → order of the merge. */
  const orders = new Map<string, string>();
  const keyOf = (violationId: string, intoViolationId: string, moment: string) =>
    `${violationId} ${intoViolationId} ${Date.parse(moment)}`;
  return {
    note: (entry: Entry<ViolationEvent>): void => {
      if (entry.event.type !== 'violation-merged') return;
      const { violationId, intoViolationId, occurredAt } = entry.event.data;
      const own = sources.get(intoViolationId) ?? new Set();
      sources.set(intoViolationId, own.add(violationId));
      const key = keyOf(violationId, intoViolationId, occurredAt);
      const order = orderOf(entry);
      const known = orders.get(key);
      if (known === undefined || order < known) orders.set(key, order);
    },
    /** Another violation as a merge sees it: one that was merged itself only later stands for itself. */
    asSeenBy: (entry: Entry<ViolationEvent>, other: Violation | undefined): Violation | undefined => {
      if (!other?.mergedInto) return other;
      const order = orders.get(keyOf(other.violationId, other.mergedInto, other.statusSince));
      return order !== undefined && order > orderOf(entry) ? { ...other, mergedInto: null } : other;
    },
    /** Those whose merges lead to a violation, also through others. */
    into: (violationId: string): string[] => {
      const found = new Set<string>();
      const next = [violationId];
      for (let id = next.pop(); id !== undefined; id = next.pop())
        for (const source of sources.get(id) ?? []) {
          if (found.has(source)) continue;
          found.add(source);
          next.push(source);
        }
      return [...found].sort();
    },
  };
}
