import { describe, expect, test } from 'vitest';
import type { LiveFigure, LiveItem } from '#contracts/live.ts';
import { Backlog, foldItem } from './conflate.ts';

const item = (sequence: number, change: Partial<LiveItem> = {}): LiveItem => ({
  id: `e${sequence}`,
  sequence,
  type: 'case-confirmed',
  layer: 'cases',
  entity: 'a',
  time: `t${sequence}`,
  recordedTime: `r${sequence}`,
  values: {},
  ...change,
});
const figure = (areaId: string, formula: string, value: number): LiveFigure => ({
  areaId,
  formula,
  value,
  unit: 'cases',
  throughSequence: 1,
});

describe('two items of an entity as one', () => {
  test('the newest of everything, and what only the earlier one brought', () => {
    const first = item(3, { areaId: 'W1', at: [106, 10], values: { confirmedDate: 'd', status: 'active' } });
    const second = item(7, { type: 'case-status-changed', values: { status: 'recovered', since: 's' } });
    expect(foldItem(first, second)).toEqual({
      id: 'e7',
      sequence: 7,
      type: 'case-confirmed',
      layer: 'cases',
      entity: 'a',
      areaId: 'W1',
      at: [106, 10],
      time: 't7',
      recordedTime: 'r7',
      values: { confirmedDate: 'd', status: 'recovered', since: 's' },
      standsFor: 2,
      fromSequence: 3,
    });
  });

  test('folded items add up, and stand from the first of them on', () => {
    const early = foldItem(item(1), item(2));
    const late = foldItem(item(5), item(6));
    expect(foldItem(early, late)).toMatchObject({ standsFor: 4, fromSequence: 1, sequence: 6 });
    expect(foldItem(item(1), late)).toMatchObject({ standsFor: 3, fromSequence: 1 });
  });

  test.each([
    ['case-confirmed', 'case-status-changed', 'case-confirmed'],
    ['violation-reported', 'violation-closed', 'violation-reported'],
    ['business-registered', 'business-status-changed', 'business-registered'],
    ['violation-verified', 'violation-closed', 'violation-closed'],
    ['confirmed-case', 'x', 'x'],
    ['reported-case', 'x', 'x'],
    ['registered-case', 'x', 'x'],
  ])('%s, then %s: %s', (before, after, type) => {
    expect(foldItem(item(1, { type: before }), item(2, { type: after })).type).toBe(type);
  });
});

describe('what waits for a slow client', () => {
  test('is one item for each entity of a layer, in the order of the newest events', () => {
    const backlog = new Backlog();
    expect([backlog.size, backlog.throughSequence]).toEqual([0, 0]);
    backlog.add([item(1), item(2, { entity: 'b' })], [], 2);
    backlog.add([item(3, { layer: 'violations' }), item(4)], [], 4);
    expect(backlog.size).toBe(3);
    const { items, throughSequence } = backlog.take();
    expect(items.map(({ layer, entity, sequence, standsFor }) => [layer, entity, sequence, standsFor])).toEqual([
      ['cases', 'b', 2, undefined],
      ['violations', 'a', 3, undefined],
      ['cases', 'a', 4, 2],
    ]);
    expect(throughSequence).toBe(4);
  });

  test('is the newest figure of each area and formula', () => {
    const backlog = new Backlog();
    backlog.add([], [figure('W1', 'cases-7d', 1), figure('W2', 'cases-7d', 2)], 1);
    backlog.add([], [figure('W1', 'cases-7d', 3), figure('W1', 'deaths', 4)], 2);
    expect(backlog.size).toBe(3);
    expect(backlog.take().figures).toEqual([
      figure('W1', 'cases-7d', 3),
      figure('W2', 'cases-7d', 2),
      figure('W1', 'deaths', 4),
    ]);
  });

  test('is taken once; how far it goes never goes back', () => {
    const backlog = new Backlog();
    backlog.add([item(1)], [figure('W1', 'cases-7d', 1)], 9);
    backlog.add([], [], 4);
    expect(backlog.throughSequence).toBe(9);
    backlog.take();
    expect(backlog.size).toBe(0);
    expect(backlog.take()).toEqual({ items: [], figures: [], throughSequence: 9 });
  });
});
