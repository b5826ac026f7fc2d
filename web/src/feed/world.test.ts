import type { LiveBatch, LiveItem } from '@vungxanh/services/contracts/live.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyWorld, fold, issuedKey, latestKept, restart, settle, settleFigures } from './world.ts';

const item = (sequence: number, more: Partial<LiveItem> = {}): LiveItem => ({
  id: `event-${sequence}`,
  sequence,
  type: 'case-confirmed',
  layer: 'cases',
  entity: `case-${sequence}`,
  areaId: 'q7-tan-phu',
  at: [106.72, 10.73],
  time: '2021-08-24T02:00:00Z',
  recordedTime: '2021-08-24T03:00:00Z',
  values: { status: 'active' },
  ...more,
});
const batch = (items: LiveItem[], more: Partial<LiveBatch> = {}): LiveBatch => ({
  district: 'q7',
  throughSequence: Math.max(0, ...items.map(({ sequence }) => sequence)),
  sentAt: '2021-08-24T03:00:01Z',
  items,
  figures: [],
  ...more,
});
const start = emptyWorld('q7');

/** A journal of a few entities, each step with or without a place, cut into batches. */
const journal = fc
  .array(
    fc.record({
      entity: fc.integer({ min: 0, max: 5 }),
      placed: fc.boolean(),
      status: fc.constantFrom('active', 'recovered'),
    }),
    { maxLength: 40 },
  )
  .map((steps) =>
    steps.map(({ entity, placed, status }, i) =>
      item(i + 1, {
        entity: `case-${entity}`,
        values: { status },
        ...(placed ? {} : { at: undefined, areaId: undefined }),
      }),
    ),
  );

test('however the stream is cut, and whatever is sent again after a resumption, the world is the same', () => {
  fc.assert(
    fc.property(journal, fc.array(fc.nat(40), { maxLength: 6 }), fc.nat(15), (items, cuts, overlap) => {
      const whole = fold(start, batch(items));
      const edges = [0, ...cuts.map((cut) => Math.min(cut, items.length)).toSorted((a, b) => a - b), items.length];
      let world = start;
      for (let i = 1; i < edges.length; i += 1)
        world = fold(world, batch(items.slice(Math.max(0, edges[i - 1]! - overlap), edges[i])));
      expect({ ...world, latest: world.latest.map(({ id }) => id) }).toEqual({
        ...whole,
        latest: whole.latest.map(({ id }) => id),
      });
      expect(world.eventCount).toBe(items.length);
    }),
  );
});

test('a later step of an entity keeps the place it was told at first', () => {
  const world = [
    batch([item(1)]),
    batch([
      item(2, {
        entity: 'case-1',
        type: 'case-status-changed',
        at: undefined,
        areaId: undefined,
        values: { status: 'recovered' },
      }),
    ]),
  ].reduce(fold, start);
  expect(world.hot.get('cases case-1')).toMatchObject({
    at: [106.72, 10.73],
    areaId: 'q7-tan-phu',
    values: { status: 'recovered' },
    sequence: 2,
  });
  expect(world.unplaced).toEqual({});
});

test('a step of an entity that was never placed asks for its layer to be loaded again', () => {
  const world = fold(start, batch([item(3, { at: undefined, type: 'case-status-changed' })]));
  expect(world.unplaced).toEqual({ cases: 1 });
  expect(world.hot.size).toBe(0);
});

test('an item that stands for several events counts them all', () => {
  expect(fold(start, batch([item(9, { standsFor: 5, fromSequence: 5 })])).eventCount).toBe(5);
});

test('batches of another district change nothing', () => {
  expect(fold(start, batch([item(1)], { district: 'nyc' }))).toBe(start);
});

test('a figure that holds less of the journal never replaces one that holds more', () => {
  const figure = (value: number, throughSequence: number) => ({
    areaId: 'q7',
    formula: 'cases-7d',
    value,
    unit: 'cases',
    throughSequence,
  });
  const world = [batch([], { figures: [figure(12, 20)] }), batch([], { figures: [figure(10, 15)] })].reduce(
    fold,
    start,
  );
  expect(world.figures.get('q7')?.['cases-7d']?.value).toBe(12);
  expect(settleFigures(world, 19).figures.size).toBe(1);
  expect(settleFigures(world, 20).figures.size).toBe(0);
});

test('the ticker is newest first and bounded', () => {
  const world = fold(start, batch(Array.from({ length: latestKept + 20 }, (_, i) => item(i + 1))));
  expect(world.latest).toHaveLength(latestKept);
  expect(world.latest[0]!.sequence).toBe(latestKept + 20);
});

test('freshness takes the newest time, whatever the order of events', () => {
  const world = fold(
    start,
    batch([item(1, { recordedTime: '2021-08-24T05:00:00Z' }), item(2, { recordedTime: '2021-08-24T04:00:00Z' })]),
  );
  expect(world.feeds.cases?.lastRecordedAt).toBe('2021-08-24T05:00:00Z');
});

test('loaded rows take over what they hold, and nothing that came later', () => {
  const world = fold(start, batch([item(1), item(2), item(3)]));
  expect([...settle(world, 2).hot.keys()]).toEqual(['cases case-3']);
});

test('a journal that starts again from 1 is followed from there', () => {
  const world = restart(fold(start, batch([item(500)])), 3);
  expect(world.hot.size).toBe(0);
  expect(fold(world, batch([item(4)])).hot.size).toBe(1);
});

test('the newest risk of an area is kept, and asks for no points', () => {
  const risk = (sequence: number, score: number) =>
    item(sequence, { layer: 'risk', type: 'risk-scored', entity: 'q7-tan-phu', at: undefined, values: { score } });
  const world = fold(fold(start, batch([risk(2, 50), risk(3, 60)])), batch([risk(3, 60)]));
  expect(world.issued.get(issuedKey('risk', 'q7-tan-phu'))?.values.score).toBe(60);
  expect(world.unplaced).toEqual({});
  expect(restart(world, 9).issued.size).toBe(0);
});
