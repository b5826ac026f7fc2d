import { messageId } from '#contracts/new-event.ts';
import type { Entry } from '#platform/projection.ts';
import type { ViolationEvent } from './events.ts';
import { evolve } from './evolve.ts';
import type { Version } from './row.ts';

/** What a batch of events makes of the current versions. */
export interface Folded {
  /** New versions, in journal order; those superseded within the batch carry their end. */
  versions: Version[];
  /** Current rows that end: violation id → moment. */
  ended: Map<string, string>;
  events: {
    eventKey: string;
    violationId: string;
    sequence: number;
    type: string;
    occurredAt: string;
    knownAt: string;
    irregular: string | null;
    data: string;
  }[];
  /** Newest message on each subject, also of facts that were sent again. */
  heads: Map<string, number>;
}

/** Pure: `current` are the versions before the batch, `seen` the facts that are in the rows already. Both are changed. */
export function fold(entries: Entry<ViolationEvent>[], current: Map<string, Version>, seen: Set<string>): Folded {
  const folded: Folded = { versions: [], ended: new Map(), events: [], heads: new Map() };
  const find = (violationId: string) => current.get(violationId)?.violation;
  const fresh = new Set<Version>();
  for (const { sequence, event } of entries) {
    const { violationId } = event.data;
    folded.heads.set(violationId, Math.max(folded.heads.get(violationId) ?? 0, sequence));
    const eventKey = messageId(event);
    if (seen.has(eventKey)) continue;
    seen.add(eventKey);

    const before = current.get(violationId);
    const { violation, irregular } = evolve(before?.violation, event, find);
    // What is recorded late is known late: a version never starts before the one it follows.
    const knownAt =
      before && Date.parse(before.knownAt) >= Date.parse(event.recordedtime) ? before.knownAt : event.recordedtime;
    const after: Version = {
      violation,
      knownAt,
      knownUntil: 'infinity',
      firstSequence: before?.firstSequence ?? sequence,
      sequence,
      eventKey,
    };
    if (before && fresh.has(before)) before.knownUntil = knownAt;
    else if (before) folded.ended.set(violationId, knownAt);
    fresh.add(after);
    current.set(violationId, after);
    folded.versions.push(after);
    folded.events.push({
      eventKey,
      violationId,
      sequence,
      type: event.type,
      occurredAt: event.data.occurredAt,
      knownAt,
      irregular,
      data: JSON.stringify(event.data),
    });
  }
  return folded;
}
