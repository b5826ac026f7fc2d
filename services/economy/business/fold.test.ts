import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#platform/projection.ts';
import type { BusinessEvent } from './evolve.ts';
import { type Current, type FoldedBusinesses, fold, type SpanVersion } from './fold.ts';

const versionsOf = ({ changes }: FoldedBusinesses) => changes.map(({ after }) => after);

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const entry = (
  sequence: number,
  type: string,
  {
    id = `e${sequence}`,
    businessId = 'b',
    recorded = sequence,
    ...data
  }: Record<string, unknown> & { recorded?: number } = {},
): Entry<BusinessEvent> => ({
  sequence,
  subject: '',
  event: {
    id,
    source: 's',
    type,
    recordedtime: at(recorded),
    data: { businessId, ...data },
  } as unknown as BusinessEvent,
});
const registered = (sequence: number, data: object = {}) =>
  entry(sequence, 'business-registered', { name: 'Quán', registeredDate: '2021-03-01', ...data });
const changed = (sequence: number, status: string, effectiveDate: string, data: object = {}) =>
  entry(sequence, 'business-status-changed', { status, effectiveDate, ...data });
const spanOf = ({ from, until, status, knownAt, knownUntil, sequence }: SpanVersion) => [
  from,
  until,
  status,
  knownAt,
  knownUntil,
  sequence,
];

describe('a batch', () => {
  test('versions and spans, each from when it was known to when it was known no longer', () => {
    const current = new Map<string, Current>();
    const folded = fold(
      [registered(1), changed(2, 'closed', '2021-05-01'), registered(3, { businessId: 'c' })],
      current,
      new Set(),
    );
    expect(
      versionsOf(folded).map(({ state: business, knownAt, knownUntil, firstSequence, sequence, eventKey }) => [
        business.businessId,
        knownAt,
        knownUntil,
        firstSequence,
        sequence,
        eventKey,
      ]),
    ).toEqual([
      ['b', at(1), at(2), 1, 1, 's e1'],
      ['b', at(2), 'infinity', 1, 2, 's e2'],
      ['c', at(3), 'infinity', 3, 3, 's e3'],
    ]);
    expect(folded.spans.map(spanOf)).toEqual([
      ['2021-03-01', 'infinity', 'open', at(1), at(2), 1],
      ['2021-03-01', '2021-05-01', 'open', at(2), 'infinity', 2],
      ['2021-05-01', 'infinity', 'closed', at(2), 'infinity', 2],
      ['2021-03-01', 'infinity', 'open', at(3), 'infinity', 3],
    ]);
    expect(folded.spans[1]).toMatchObject({ businessId: 'b', licensedUntil: null });
    expect([folded.ended, folded.endedSpans]).toEqual([new Map(), []]);
    expect(folded.heads).toEqual(
      new Map([
        ['b', 2],
        ['c', 3],
      ]),
    );
    expect(folded.changes[1]).toEqual({
      id: 'b',
      event: changed(2, 'closed', '2021-05-01').event,
      before: versionsOf(folded)[0],
      after: versionsOf(folded)[1],
      irregular: null,
    });
    expect(current.get('b')!.spans).toEqual(folded.spans.slice(1, 3));
  });

  test('rows that were there end; a stretch that is untouched keeps its row', () => {
    const current = new Map<string, Current>();
    fold([registered(1), changed(2, 'restricted', '2021-04-01')], current, new Set());
    const stored = structuredClone(current.get('b')!);
    const folded = fold([changed(3, 'closed', '2021-05-01')], new Map([['b', stored]]), new Set());
    expect(folded.ended).toEqual(new Map([['b', at(3)]]));
    expect(folded.endedSpans).toEqual([{ businessId: 'b', sequence: 2, from: '2021-04-01', knownUntil: at(3) }]);
    expect(folded.spans.map(spanOf)).toEqual([
      ['2021-04-01', '2021-05-01', 'restricted', at(3), 'infinity', 3],
      ['2021-05-01', 'infinity', 'closed', at(3), 'infinity', 3],
    ]);
    expect(stored.version.knownUntil).toBe('infinity');
  });

  test('a new licence term alone makes new spans', () => {
    const current = new Map<string, Current>();
    fold([registered(1)], current, new Set());
    const rows = new Map([['b', structuredClone(current.get('b')!)]]);
    const folded = fold([changed(2, 'open', '2021-03-01', { licensedUntil: '2021-12-31' })], rows, new Set());
    expect(folded.endedSpans).toHaveLength(1);
    expect(folded.spans).toMatchObject([
      { from: '2021-03-01', until: 'infinity', status: 'open', licensedUntil: '2021-12-31' },
    ]);
  });

  test('a change that says what is so already changes no span', () => {
    const current = new Map<string, Current>();
    fold([registered(1)], current, new Set());
    const rows = new Map([['b', structuredClone(current.get('b')!)]]);
    const folded = fold([changed(2, 'open', '2021-03-01')], rows, new Set());
    expect([folded.spans, folded.endedSpans]).toEqual([[], []]);
    expect(folded.changes).toHaveLength(1);
  });

  test('what was heard already changes nothing but the head', () => {
    const seen = new Set(['s e1']);
    const folded = fold([registered(1), registered(9, { id: 'e1' })], new Map(), seen);
    expect(folded).toEqual({
      changes: [],
      ended: new Map(),
      spans: [],
      endedSpans: [],
      heads: new Map([['b', 9]]),
    });
    const twice = fold([registered(4, { id: 'x' }), registered(2, { id: 'x' })], new Map(), seen);
    expect(twice.changes).toHaveLength(1);
    expect(twice.heads).toEqual(new Map([['b', 4]]));
    expect(seen).toEqual(new Set(['s e1', 's x']));
  });
});

test('what is known never goes back, however late an event was recorded, and versions follow one another without a gap', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 15 });
  fc.assert(
    fc.property(minutes, fc.integer({ min: 1, max: 4 }), (recorded, size) => {
      const current = new Map<string, Current>();
      const seen = new Set<string>();
      const versions: { knownAt: string; knownUntil: string }[] = [];
      const entries = recorded.map((minute, index) => registered(index + 1, { recorded: minute, name: `n${index}` }));
      for (let start = 0; start < entries.length; start += size) {
        const folded = fold(entries.slice(start, start + size), current, seen);
        const end = folded.ended.get('b');
        if (end) versions.at(-1)!.knownUntil = end;
        versions.push(...versionsOf(folded));
        // A batch is written before the next is read.
        for (const [id, rows] of current) current.set(id, structuredClone(rows));
      }
      const known = versions.map(({ knownAt }) => knownAt);
      expect(known).toEqual(recorded.map((_, index) => at(Math.max(...recorded.slice(0, index + 1)))));
      expect(versions.map(({ knownUntil }) => knownUntil)).toEqual([...known.slice(1), 'infinity']);
    }),
  );
});
