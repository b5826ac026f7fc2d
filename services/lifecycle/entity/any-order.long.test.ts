import fc from 'fast-check';
import { describe } from 'vitest';
import { fold } from '../fold.ts';
import { anyOrder } from '../testing/any-order.ts';
import { tree } from '../testing/trees/tree.ts';
import { type EntityEvent, type EntityState, evolveEntity, orderOfEvent } from './state.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined });
const said = { treeId: fc.constantFrom('a', 'b'), occurredAt: fc.integer({ min: 0, max: 4 }).map(at) };
const telling = fc
  .record({
    ...said,
    species: fc.constantFrom('other', 'delonix-regia'),
    heightMetres: maybe(fc.integer({ min: 1, max: 3 })),
    areaId: maybe(fc.constantFrom('W1', 'W2')),
    location: maybe(fc.constantFrom({ lon: 106.7, lat: 10.7 }, { lon: 106.72, lat: 10.71 })),
  })
  .map((data) => ({ type: 'tree-planted', data }));
const step = fc.record({
  type: fc.constantFrom('tree-pruned', 'tree-felled'),
  data: fc.record({ ...said, reason: maybe(fc.constantFrom('mục', 'ngã')) }),
});
const events = fc
  .array(
    fc.tuple(fc.oneof(telling, step), fc.integer({ min: 0, max: 4 }), fc.constantFrom('s', 'import/trees/a.csv')),
    {
      minLength: 1,
      maxLength: 10,
    },
  )
  .map((all) =>
    all.map(
      ([{ type, data }, recorded, source], index): EntityEvent => ({
        id: `e${index}`,
        source,
        type,
        authid: 'feed:s',
        recordedtime: at(recorded),
        data: JSON.parse(JSON.stringify(data)),
      }),
    ),
  );

describe('a declared entity', () => {
  const idOf = ({ data }: EntityEvent) => String(data.treeId);
  const orderOf = (entry: { event: EntityEvent; sequence: number }) => orderOfEvent(tree, entry);
  anyOrder<EntityState, EntityEvent>({
    fold: (entries, current, seen, told) =>
      fold<EntityState, EntityEvent>(
        entries,
        current,
        seen,
        { idOf, orderOf, evolve: (before, { event }) => evolveEntity(tree, before, event) },
        told,
      ),
    orderOf,
    idOf,
    events,
    shown: ({ reported, ...state }) => (reported ? state : undefined),
  });
});
