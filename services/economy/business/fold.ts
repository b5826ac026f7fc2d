import type { Entry } from '#platform/projection.ts';
import { type Folded, fold as foldEntity, type Told, type Version } from '../../lifecycle/fold.ts';
import { type BusinessEvent, evolve } from './evolve.ts';
import { type Business, type Span, spansOf } from './state.ts';
import { businessTables } from './tables.ts';

/** A span as known for a while. */
export interface SpanVersion extends Span {
  businessId: string;
  knownAt: string;
  knownUntil: string;
  sequence: number;
}

/** A span row that was current, and when it ended. */
export type EndedSpan = Pick<SpanVersion, 'businessId' | 'sequence' | 'from' | 'knownUntil'>;

export interface FoldedBusinesses extends Folded<Business, BusinessEvent> {
  spans: SpanVersion[];
  endedSpans: EndedSpan[];
}

/** What is in the rows of one business before a batch. */
export interface Current {
  version: Version<Business>;
  spans: SpanVersion[];
}

/**
 * Pure: `current` are the rows before the batch, `seen` the facts that are in them, `told` the events of these businesses. All are changed. A business
 * that nobody has registered yet has no spans: what was heard of it waits.
 */
export function fold(
  entries: Entry<BusinessEvent>[],
  current: Map<string, Current>,
  seen: Set<string>,
  told: Map<string, Told<BusinessEvent>[]> = new Map(),
): FoldedBusinesses {
  const versions = new Map([...current].map(([id, { version }]) => [id, version]));
  const folded = foldEntity<Business, BusinessEvent>(
    entries,
    versions,
    seen,
    {
      idOf: ({ data }) => data.businessId,
      evolve: (before, { event }, _find, position) => ({ state: evolve(before, event, position), irregular: null }),
      orderOf: businessTables.orderOf,
    },
    told,
  );
  const fresh = new Set<SpanVersion>();
  const endedSpans: EndedSpan[] = [];
  for (const { id: businessId, after } of folded.changes) {
    const { knownAt, sequence, state } = after;
    const rows = current.get(businessId)?.spans ?? [];
    const { stay, gone, come } = changeSpans(
      rows,
      { businessId, knownAt, sequence },
      state.registered ? spansOf(state.facts) : [],
    );
    for (const span of gone)
      if (fresh.has(span)) span.knownUntil = knownAt;
      else endedSpans.push({ businessId, sequence: span.sequence, from: span.from, knownUntil: knownAt });
    for (const span of come) fresh.add(span);
    current.set(businessId, { version: after, spans: [...stay, ...come] });
  }
  return { ...folded, spans: [...fresh], endedSpans };
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
