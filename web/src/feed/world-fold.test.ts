import type { LiveBatch, LiveFigure, LiveItem } from '@vungxanh/services/contracts/live.ts';
import { describe, expect, test } from 'vitest';
import { emptyWorld, fold, issuedKey, latestKept, restart, settle, settleFigures } from './world.ts';

const item = (sequence: number, more: Partial<LiveItem> = {}): LiveItem => ({
  id: `e${sequence}`,
  sequence,
  type: 'case-confirmed',
  layer: 'cases',
  entity: 'a',
  time: `2021-08-24T0${sequence % 10}:00:00Z`,
  recordedTime: `2021-08-25T0${sequence % 10}:00:00Z`,
  values: {},
  ...more,
});
const figure = (areaId: string, formula: string, value: number, throughSequence: number): LiveFigure => ({
  areaId,
  formula,
  value,
  unit: 'cases',
  throughSequence,
});
const batch = (items: LiveItem[], more: Partial<LiveBatch> = {}): LiveBatch => ({
  district: 'q7',
  throughSequence: Math.max(0, ...items.map(({ sequence }) => sequence)),
  sentAt: '',
  items,
  figures: [],
  ...more,
});
const start = emptyWorld('q7');
const after = (...batches: LiveBatch[]) => batches.reduce(fold, start);

test('a world in which nothing was told', () => {
  expect(start).toEqual({
    district: 'q7',
    throughSequence: 0,
    hot: new Map(),
    figures: new Map(),
    issued: new Map(),
    unplaced: {},
    latest: [],
    feeds: {},
    eventCount: 0,
  });
});

test('one batch, whole', () => {
  const placed = item(3, { at: [106, 10], areaId: 'W1', values: { status: 'active' } });
  const placeless = item(4, { layer: 'violations', entity: 'v' });
  const risk = item(5, { layer: 'risk', entity: 'W1', areaId: 'W1', standsFor: 3 });
  expect(
    after(batch([placed, placeless, risk], { throughSequence: 9, figures: [figure('W1', 'cases-7d', 4, 8)] })),
  ).toEqual({
    district: 'q7',
    throughSequence: 9,
    hot: new Map([['cases a', { ...placed, fromSequence: 3 }]]),
    figures: new Map([['W1', { 'cases-7d': figure('W1', 'cases-7d', 4, 8) }]]),
    issued: new Map([['risk W1', risk]]),
    unplaced: { violations: 1 },
    latest: [risk, placeless, placed],
    feeds: {
      cases: { lastEventAt: placed.time, lastRecordedAt: placed.recordedTime },
      violations: { lastEventAt: placeless.time, lastRecordedAt: placeless.recordedTime },
      risk: { lastEventAt: risk.time, lastRecordedAt: risk.recordedTime },
    },
    eventCount: 5,
  });
});

test('a batch without news keeps every part as it is, and how far it went never goes back', () => {
  const world = after(batch([item(3, { at: [106, 10] })], { figures: [figure('W1', 'f', 1, 3)] }));
  const same = fold(world, batch([], { throughSequence: 2 }));
  expect(same.throughSequence).toBe(3);
  for (const part of ['hot', 'figures', 'issued', 'unplaced', 'latest', 'feeds'] as const)
    expect(same[part]).toBe(world[part]);
  expect(fold(world, batch([], { throughSequence: 7 })).throughSequence).toBe(7);
});

describe('an item', () => {
  test('counts once: not by its sequence, and not by its id', () => {
    const world = after(batch([item(3)], { throughSequence: 3 }));
    expect(fold(world, batch([item(3), item(2)])).eventCount).toBe(1);
    expect(fold(world, batch([item(4, { id: 'e3' })])).eventCount).toBe(1);
    expect(fold(world, batch([item(4)])).eventCount).toBe(2);
    // What was folded on the way stands for several.
    expect(fold(world, batch([item(4, { standsFor: 4 })])).eventCount).toBe(5);
  });

  test('of an entity keeps the place and the values that a later one does not bring', () => {
    const world = after(
      batch([item(1, { at: [106, 10], areaId: 'W1', values: { status: 'active', exposure: 'x' } })]),
      batch([item(2, { type: 'case-status-changed', values: { status: 'recovered' } })]),
    );
    expect(world.hot.get('cases a')).toEqual({
      ...item(2),
      type: 'case-status-changed',
      at: [106, 10],
      areaId: 'W1',
      values: { status: 'recovered', exposure: 'x' },
      fromSequence: 1,
    });
    expect(world.unplaced).toEqual({});
  });

  test('keeps status and day until another is told', () => {
    const [first, second, third] = [
      item(1, { at: [106, 10], status: 'active', day: '2021-08-20' }),
      item(2),
      item(3, { status: 'recovered', day: '2021-08-19' }),
    ];
    expect(after(batch([first, second])).hot.get('cases a')).toMatchObject({ status: 'active', day: '2021-08-20' });
    expect(after(batch([first, second, third])).hot.get('cases a')).toMatchObject({
      status: 'recovered',
      day: '2021-08-19',
    });
  });

  test('with a new place and area moves its entity', () => {
    const world = after(
      batch([item(1, { at: [106, 10], areaId: 'W1' }), item(2, { at: [107, 11], areaId: 'W2' }), item(3)]),
    );
    expect(world.hot.get('cases a')).toMatchObject({ at: [107, 11], areaId: 'W2', sequence: 3, fromSequence: 1 });
  });

  test('that is older than what is known changes nothing, wherever it stands in the batch', () => {
    const world = after(
      batch([
        item(5, { at: [106, 10], values: { status: 'new' } }),
        item(4, { at: [1, 1], values: { status: 'old' } }),
      ]),
    );
    expect(world.hot.get('cases a')).toMatchObject({ sequence: 5, at: [106, 10], values: { status: 'new' } });
  });

  test('that was folded stands from the first of them on', () => {
    const world = after(batch([item(8, { at: [106, 10], standsFor: 3, fromSequence: 6 })]));
    expect(world.hot.get('cases a')!.fromSequence).toBe(6);
  });

  test('without a place, of an entity without one, makes its layer out of date, each time', () => {
    const world = after(batch([item(1), item(2, { entity: 'b' })]), batch([item(3, { layer: 'violations' }), item(4)]));
    expect(world.unplaced).toEqual({ cases: 3, violations: 1 });
    expect(world.hot.size).toBe(0);
  });

  test('of an entity of another layer with the same name is another one', () => {
    const world = after(batch([item(1, { at: [106, 10] }), item(2, { layer: 'violations', at: [107, 11] })]));
    expect([...world.hot.keys()]).toEqual(['cases a', 'violations a']);
  });
});

describe('what is said of an area', () => {
  const said = (sequence: number, layer: 'risk' | 'forecasts' | 'clusters', more: Partial<LiveItem> = {}) =>
    item(sequence, { layer, entity: 'W1', areaId: 'W1', ...more });

  test('is kept by layer and area, the newest of a batch in whatever order', () => {
    const world = after(batch([said(3, 'risk'), said(2, 'risk'), said(4, 'forecasts'), said(5, 'clusters')]));
    expect([...world.issued].map(([key, { sequence }]) => [key, sequence])).toEqual([
      ['risk W1', 3],
      ['forecasts W1', 4],
      ['clusters W1', 5],
    ]);
    expect(issuedKey('forecasts', 'W1')).toBe('forecasts W1');
  });

  test('is no point, even with a place; what names no area, or is of another layer, is not said of one', () => {
    const world = after(
      batch([
        said(1, 'clusters', { at: [106, 10] }),
        said(2, 'risk', { areaId: undefined }),
        item(3, { areaId: 'W1' }),
      ]),
    );
    expect(world.hot.size).toBe(0);
    expect([...world.issued.keys()]).toEqual(['clusters W1']);
    expect(world.unplaced).toEqual({ cases: 1 });
  });
});

describe('figures', () => {
  test('of an area stand beside each other; the one that holds more of the journal stays', () => {
    const world = after(
      batch([], { figures: [figure('W1', 'a', 1, 5), figure('W1', 'b', 2, 5), figure('W2', 'a', 3, 5)] }),
      batch([], { figures: [figure('W1', 'a', 9, 4), figure('W1', 'b', 8, 5), figure('W2', 'a', 7, 6)] }),
    );
    expect(world.figures).toEqual(
      new Map([
        ['W1', { a: figure('W1', 'a', 1, 5), b: figure('W1', 'b', 8, 5) }],
        ['W2', { a: figure('W2', 'a', 7, 6) }],
      ]),
    );
  });

  test('that the loaded ones hold are let go, each by itself', () => {
    const world = after(
      batch([], { figures: [figure('W1', 'a', 1, 5), figure('W1', 'b', 2, 6), figure('W2', 'a', 3, 5)] }),
    );
    const settled = settleFigures(world, 5);
    expect(settled.figures).toEqual(new Map([['W1', { b: figure('W1', 'b', 2, 6) }]]));
    expect(settled.hot).toBe(world.hot);
    expect(settleFigures(world, 4).figures).toEqual(world.figures);
  });
});

test('the ticker: newest first, within a batch too, and the oldest fall off', () => {
  const world = after(batch([item(2), item(1)]), batch([item(3)]));
  expect(world.latest.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
  const many = Array.from({ length: latestKept }, (_, index) => item(index + 10, { entity: `c${index}` }));
  const full = fold(world, batch(many));
  expect(full.latest).toHaveLength(latestKept);
  expect(full.latest.at(-1)!.sequence).toBe(10);
  expect(latestKept).toBe(60);
});

test('how fresh a feed is: the newest of each clock by itself', () => {
  const world = after(
    batch([
      item(1, { time: '2021-08-24T05:00:00Z', recordedTime: '2021-08-24T06:00:00Z' }),
      item(2, { time: '2021-08-24T03:00:00Z', recordedTime: '2021-08-24T09:00:00Z' }),
      item(3, { time: '2021-08-24T07:00:00+07:00', recordedTime: '2021-08-24T08:00:00Z' }),
    ]),
  );
  expect(world.feeds).toEqual({
    cases: { lastEventAt: '2021-08-24T05:00:00Z', lastRecordedAt: '2021-08-24T09:00:00Z' },
  });
});

describe('rows that were loaded again', () => {
  const world = after(
    batch([item(1, { at: [1, 1] }), item(2, { entity: 'b', at: [1, 1] }), item(3, { layer: 'risk', areaId: 'W1' })], {
      figures: [figure('W1', 'a', 1, 2)],
    }),
  );

  test('take over the points that they hold', () => {
    const settled = settle(world, 1);
    expect([...settled.hot.keys()]).toEqual(['cases b']);
    expect({ ...settled, hot: world.hot }).toEqual(world);
  });

  test('after a journal that begins anew everything told is forgotten but the ticker', () => {
    expect(restart(world, 1)).toEqual({
      ...world,
      throughSequence: 1,
      hot: new Map(),
      figures: new Map(),
      issued: new Map(),
    });
  });
});

test('figures that say their moment are settled by it, as items run ahead of what is committed', () => {
  const told = (areaId: string, asOf: string) => ({ ...figure(areaId, 'cases-7d', 1, 5), asOf });
  const world = {
    ...emptyWorld('q7'),
    figures: new Map(
      ['09:00', '10:00', '11:00'].map((time) => [time, { 'cases-7d': told(time, `2021-08-01T${time}:00.000Z`) }]),
    ),
  };
  expect([...settleFigures(world, 900, '2021-08-01T10:00:00.000Z').figures.keys()]).toEqual(['10:00', '11:00']);
});
