import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageId } from '#contracts/new-event.ts';
import type { Entry } from '#platform/projection.ts';
import type { Folded, Recorded, Told, Version } from '../fold.ts';

/** A fold as a service has it, and its order of events. */
export interface FoldUnderTest<State, Event> {
  fold: (
    entries: Entry<Event>[],
    current: Map<string, Version<State>>,
    seen: Set<string>,
    told: Map<string, Told<Event>[]>,
  ) => Folded<State, Event>;
  orderOf: (entry: Entry<Event>) => string;
  idOf: (event: Event) => string;
  /** Events of a few entities, with other ids, that contradict each other in every way. */
  events: fc.Arbitrary<Event[]>;
  /** What is shown of a state; undefined while the entity waits. */
  shown: (state: State) => unknown;
}

/** What every fold of an entity keeps: in any order of arrival, with any repetition, and however the journal is cut into batches. */
export function anyOrder<State, Event extends Recorded>({
  fold,
  orderOf,
  idOf,
  events,
  shown,
}: FoldUnderTest<State, Event>): void {
  /** Rows as tables would hold them: what is written is read back as a copy. */
  const rowsOf = (heard: readonly Event[], sizes: readonly number[] = [heard.length || 1]) => {
    const rows: (Version<State> & { entity: string })[] = [];
    const kept: Told<Event>[] = [];
    for (let from = 0, round = 0; from < heard.length; round++) {
      const batch = heard
        .slice(from, from + sizes[round % sizes.length]!)
        .map((event, index) => ({ sequence: from + index + 1, subject: '', event }));
      from += batch.length;
      const current = new Map(
        structuredClone(rows.filter(({ knownUntil }) => knownUntil === 'infinity')).map(({ entity, ...row }) => [
          entity,
          row as Version<State>,
        ]),
      );
      const seen = new Set(kept.map(({ event }) => messageId(event)));
      const told = Map.groupBy([...kept], ({ event }) => idOf(event));
      const { changes, ended, revised = [], repeats = [] } = fold(batch, current, seen, told);
      for (const [entity, until] of ended)
        rows.find((row) => row.entity === entity && row.knownUntil === 'infinity')!.knownUntil = until;
      rows.push(...[...changes, ...revised].map(({ id, after }) => ({ entity: id, ...after })));
      for (const { event, after } of [...changes, ...repeats]) {
        const entry = { sequence: after.sequence, subject: '', event };
        kept.push({ ...entry, order: orderOf(entry) });
      }
    }
    return rows.toSorted((a, b) => (a.entity < b.entity ? -1 : a.entity > b.entity ? 1 : a.sequence - b.sequence));
  };
  const statesOf = (heard: readonly Event[]) =>
    rowsOf(heard).flatMap(({ entity, knownUntil, state }) => {
      const visible = knownUntil === 'infinity' ? shown(state) : undefined;
      return visible === undefined ? [] : [[entity, visible]];
    });
  const heardOtherwise = events.chain((said) =>
    fc.tuple(
      fc.constant(said),
      fc
        .tuple(fc.shuffledSubarray(said, { minLength: said.length, maxLength: said.length }), fc.shuffledSubarray(said))
        .map(([all, again]) => [...all, ...again]),
    ),
  );

  test('the current state is the same in any order of arrival and with any repetition', () => {
    fc.assert(
      fc.property(heardOtherwise, ([said, otherwise]) => {
        expect(statesOf(otherwise)).toEqual(statesOf(said));
      }),
      { numRuns: 1500 },
    );
  });

  test('all versions are the same however the journal is cut into batches; one is open, and none is known before the one it follows', () => {
    fc.assert(
      fc.property(heardOtherwise, fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }), ([, heard], sizes) => {
        const rows = rowsOf(heard, sizes);
        expect(rows).toEqual(rowsOf(heard));
        for (const own of Map.groupBy(rows, ({ entity }) => entity).values()) {
          const known = own.map(({ knownAt }) => Date.parse(knownAt));
          expect(known).toEqual(known.toSorted((a, b) => a - b));
          expect(own.map(({ knownUntil }) => knownUntil)).toEqual([
            ...own.slice(1).map(({ knownAt }) => knownAt),
            'infinity',
          ]);
        }
      }),
      { numRuns: 700 },
    );
  });
}
