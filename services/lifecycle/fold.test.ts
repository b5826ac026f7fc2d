import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '#platform/projection.ts';
import { changeOrder } from '../district/statement-order.ts';
import { fold, type Recorded, type Told, type Version } from './fold.ts';

interface Counted extends Recorded {
  data: { id: string; by: number; like?: string };
}
const entry = (sequence: number, id: string, by: number, recordedtime: string, key = `e${sequence}`, like?: string) =>
  ({
    sequence,
    subject: '',
    event: { source: 's', id: key, type: 'counted', recordedtime, data: { id, by, ...(like && { like }) } },
  }) satisfies Entry<Counted>;
/** The state is a sum; an event may add what another entity has. */
const rules = {
  idOf: ({ data }: Counted) => data.id,
  evolve: (before: number | undefined, { event }: Entry<Counted>, find: (id: string) => number | undefined) => ({
    state: (before ?? 0) + event.data.by + (event.data.like ? (find(event.data.like) ?? 0) : 0),
    irregular: event.data.by < 0 ? 'less' : null,
  }),
};
const foldAll = (entries: Entry<Counted>[]) => fold<number, Counted>(entries, new Map(), new Set(), rules);
const [one, two, three] = ['2021-07-01T00:00:00Z', '2021-07-02T00:00:00Z', '2021-07-03T00:00:00Z'];

describe('a batch', () => {
  test('makes a version of each event: known from its recorded time until the next, first sequence kept', () => {
    const { changes, ended } = foldAll([entry(5, 'a', 1, one), entry(6, 'b', 7, one), entry(8, 'a', 2, two)]);
    expect(changes.map(({ id, after }) => [id, after])).toEqual([
      ['a', { state: 1, knownAt: one, knownUntil: two, firstSequence: 5, sequence: 5, eventKey: 's e5' }],
      ['b', { state: 7, knownAt: one, knownUntil: 'infinity', firstSequence: 6, sequence: 6, eventKey: 's e6' }],
      ['a', { state: 3, knownAt: two, knownUntil: 'infinity', firstSequence: 5, sequence: 8, eventKey: 's e8' }],
    ]);
    // What began within the batch carries its end: no row has to be ended.
    expect(ended).toEqual(new Map());
  });

  test('ends the row that was current before it', () => {
    const stored = { state: 1, knownAt: one, knownUntil: 'infinity', firstSequence: 2, sequence: 3, eventKey: 's x' };
    const { changes, ended } = fold<number, Counted>(
      [entry(9, 'a', 1, two), entry(10, 'a', 1, three)],
      new Map([['a', stored]]),
      new Set(),
      rules,
    );
    expect(ended).toEqual(new Map([['a', two]]));
    expect(changes.map(({ before }) => before?.sequence)).toEqual([3, 9]);
    expect(changes.map(({ after }) => [after.state, after.firstSequence])).toEqual([
      [2, 2],
      [3, 2],
    ]);
    expect(stored.knownUntil).toBe('infinity');
  });

  test('never knows something before what it follows', () => {
    const { changes } = foldAll([entry(1, 'a', 1, two), entry(2, 'a', 1, one), entry(3, 'a', 1, three)]);
    expect(changes.map(({ after }) => [after.knownAt, after.knownUntil])).toEqual([
      [two, two],
      [two, three],
      [three, 'infinity'],
    ]);
  });

  test('compares moments, not texts', () => {
    const before = '2021-07-01T09:00:00+07:00';
    const { changes } = foldAll([entry(1, 'a', 1, before), entry(2, 'a', 1, '2021-07-01T03:00:00Z')]);
    expect(changes[1]!.after.knownAt).toBe('2021-07-01T03:00:00Z');
  });

  test('moves the head of a subject with a fact that was seen before, and nothing else', () => {
    const seen = new Set(['s known']);
    const { changes, heads } = fold<number, Counted>(
      [entry(4, 'a', 1, one, 'known'), entry(5, 'b', 1, one, 'new'), entry(7, 'b', 1, one, 'new')],
      new Map(),
      seen,
      rules,
    );
    expect(changes.map(({ id }) => id)).toEqual(['b']);
    expect(heads).toEqual(
      new Map([
        ['a', 4],
        ['b', 7],
      ]),
    );
    expect(seen).toEqual(new Set(['s known', 's new']));
  });

  test('makes no version of a fact that is told again under another id, in the same batch or a later one', () => {
    const at = (key: string, sequence: number, source = 's', by = 1) => {
      const said = entry(sequence, 'a', by, one, key);
      return { ...said, event: { ...said.event, source } };
    };
    const told = new Map<string, Told<Counted>[]>();
    const current = new Map<string, Version<number>>();
    const seen = new Set<string>();
    const foldOn = (...entries: Entry<Counted>[]) =>
      fold<number, Counted>(entries, current, seen, { ...rules, orderOf: changeOrder }, told);
    const { changes, heads } = foldOn(at('x', 1), at('y', 2), at('z', 3, 's', 2));
    expect(changes.map(({ after }) => after.state)).toEqual([1, 3]);
    expect(heads).toEqual(new Map([['a', 3]]));
    // Files are compared otherwise, and another moment is another fact.
    const later = entry(6, 'a', 1, two, 'w');
    expect(
      foldOn(at('v', 4), at('u', 5, 'import/cases/a.csv'), later).changes.map(({ after }) => after.sequence),
    ).toEqual([5, 6]);
  });

  test('comes to the same in any order of arrival, also where a repeat stands below what it repeats', () => {
    // The state is what was said last; all of one moment, so that the ids order them: p, q (another), r (as p).
    const said = (key: string, sequence: number): Entry<Counted> => {
      const { event, ...rest } = entry(sequence, 'a', key === 'q' ? 2 : 1, one, key);
      return { ...rest, event: { ...event, authid: 'feed:s' } };
    };
    const last = {
      ...rules,
      orderOf: changeOrder,
      evolve: (_: number | undefined, { event }: Entry<Counted>) => ({ state: event.data.by, irregular: null }),
    };
    const orders = [
      ['p', 'q', 'r'],
      ['p', 'r', 'q'],
      ['q', 'p', 'r'],
      ['q', 'r', 'p'],
      ['r', 'p', 'q'],
      ['r', 'q', 'p'],
    ];
    const states = orders.map((keys) => {
      const told = new Map<string, Told<Counted>[]>();
      const current = new Map<string, Version<number>>();
      const seen = new Set<string>();
      for (const [index, key] of keys.entries())
        fold<number, Counted>([said(key, index + 1)], current, seen, last, told);
      return current.get('a')!.state;
    });
    expect(states).toEqual(orders.map(() => 2));
  });

  test('shows others as they are at that point of it', () => {
    const { changes } = foldAll([
      entry(1, 'a', 5, one),
      entry(2, 'b', 0, one, 'e2', 'a'),
      entry(3, 'a', 1, one),
      entry(4, 'b', 0, one, 'e4', 'a'),
    ]);
    expect(changes.filter(({ id }) => id === 'b').map(({ after }) => after.state)).toEqual([5, 11]);
  });

  test('keeps why an event was out of order', () => {
    const { changes } = foldAll([entry(1, 'a', 1, one), entry(2, 'a', -1, one)]);
    expect(changes.map(({ irregular }) => irregular)).toEqual([null, 'less']);
  });
});

test('however the journal is cut into batches, the versions are the same', () => {
  const facts = fc.array(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      by: fc.integer({ min: -3, max: 3 }),
      hour: fc.integer({ min: 0, max: 23 }),
      again: fc.option(fc.nat(10)),
      like: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    }),
    { maxLength: 30 },
  );
  fc.assert(
    fc.property(facts, fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 6 }), (said, sizes) => {
      const entries = said.map(({ id, by, hour, again, like }, index) =>
        entry(
          index + 1,
          id,
          by,
          `2021-07-01T${String(hour).padStart(2, '0')}:00:00Z`,
          `e${again === null || again >= index ? index : again}`,
          like,
        ),
      );
      /** Rows as a table would hold them: versions that are written are no longer changed by the fold, but ended. */
      const rowsOf = (cut: (round: number) => number) => {
        const rows: (Version<number> & { id: string })[] = [];
        const current = new Map<string, Version<number>>();
        const seen = new Set<string>();
        const heads = new Map<string, number>();
        for (let from = 0, round = 0; from < entries.length; round++) {
          const batch = entries.slice(from, from + cut(round));
          from += batch.length;
          const folded = fold<number, Counted>(batch, current, seen, rules);
          for (const [id, until] of folded.ended)
            rows.find((row) => row.id === id && row.knownUntil === 'infinity')!.knownUntil = until;
          rows.push(...folded.changes.map(({ id, after }) => ({ id, ...after })));
          for (const [id, sequence] of folded.heads) heads.set(id, sequence);
          for (const [id, version] of current) current.set(id, { ...version });
        }
        return { rows, heads };
      };
      expect(rowsOf((round) => sizes[round % sizes.length]!)).toEqual(rowsOf(() => entries.length));
    }),
  );
});
