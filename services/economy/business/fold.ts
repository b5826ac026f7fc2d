import { messageId } from '#contracts/new-event.ts';
import type { Entry } from '#platform/projection.ts';
import { type BusinessEvent, evolve } from './evolve.ts';
import { type Business, type Span, spansOf } from './state.ts';

/** A business with its place in the journal and in what the centre knew. */
export interface Version {
  business: Business;
  knownAt: string;
  knownUntil: string;
  firstSequence: number;
  sequence: number;
  eventKey: string;
}

/** A span as known for a while. */
export interface SpanVersion extends Span {
  businessId: string;
  knownAt: string;
  knownUntil: string;
  sequence: number;
}

export interface Folded {
  versions: Version[];
  /** Current business rows that end: business id → moment. */
  ended: Map<string, string>;
  spans: SpanVersion[];
  /** Current span rows that end. */
  endedSpans: { businessId: string; sequence: number; from: string; knownUntil: string }[];
  events: { eventKey: string; businessId: string; sequence: number; type: string; knownAt: string; data: string }[];
  heads: Map<string, number>;
}

/** What is in the rows of one business before a batch. */
export interface Current {
  version: Version;
  spans: SpanVersion[];
}

/** Pure: `current` are the rows before the batch, `seen` the facts that are in them. Both are changed. */
export function fold(entries: Entry<BusinessEvent>[], current: Map<string, Current>, seen: Set<string>): Folded {
  const folded: Folded = { versions: [], ended: new Map(), spans: [], endedSpans: [], events: [], heads: new Map() };
  const fresh = new Set<Version | SpanVersion>();
  for (const { sequence, event } of entries) {
    const { businessId } = event.data;
    folded.heads.set(businessId, Math.max(folded.heads.get(businessId) ?? 0, sequence));
    const eventKey = messageId(event);
    if (seen.has(eventKey)) continue;
    seen.add(eventKey);

    const before = current.get(businessId);
    const business = evolve(before?.version.business, event, sequence);
    // What is recorded late is known late: a version never starts before the one it follows.
    const knownAt =
      before && Date.parse(before.version.knownAt) >= Date.parse(event.recordedtime)
        ? before.version.knownAt
        : event.recordedtime;
    const version: Version = {
      business,
      knownAt,
      knownUntil: 'infinity',
      firstSequence: before?.version.firstSequence ?? sequence,
      sequence,
      eventKey,
    };
    if (before && fresh.has(before.version)) before.version.knownUntil = knownAt;
    else if (before) folded.ended.set(businessId, knownAt);
    const spans = changeSpans(before?.spans ?? [], { businessId, knownAt, sequence }, spansOf(business.facts));
    for (const span of spans.gone)
      if (fresh.has(span)) span.knownUntil = knownAt;
      else folded.endedSpans.push({ businessId, sequence: span.sequence, from: span.from, knownUntil: knownAt });
    for (const row of [version, ...spans.come]) fresh.add(row);
    folded.versions.push(version);
    folded.spans.push(...spans.come);
    current.set(businessId, { version, spans: [...spans.stay, ...spans.come] });
    folded.events.push({ eventKey, businessId, sequence, type: event.type, knownAt, data: JSON.stringify(event.data) });
  }
  return folded;
}

/** Which span rows stay, end and begin when the spans become `wanted`: an untouched stretch keeps its row. */
function changeSpans(
  rows: SpanVersion[],
  origin: { businessId: string; knownAt: string; sequence: number },
  wanted: Span[],
) {
  const same = (a: Span, b: Span) =>
    a.from === b.from && a.until === b.until && a.status === b.status && a.licensedUntil === b.licensedUntil;
  const stay = rows.filter((row) => wanted.some((span) => same(row, span)));
  const gone = rows.filter((row) => !stay.includes(row));
  const come = wanted
    .filter((span) => !rows.some((row) => same(row, span)))
    .map((span): SpanVersion => ({ ...span, ...origin, knownUntil: 'infinity' }));
  return { stay, gone, come };
}
