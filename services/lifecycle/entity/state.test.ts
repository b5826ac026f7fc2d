import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOpen } from '../steps.ts';
import { given } from '../testing/given.ts';
import { tree } from '../testing/trees/tree.ts';
import type { EntityData } from './entity.ts';
import { decideReport, decideStep, type EntityState, evolveEntity } from './state.ts';

const at = (minute: number) => new Date(Date.UTC(2021, 9, 1, 0, minute)).toISOString();
const now = at(100);
const said = (minute: number, more: Record<string, unknown> = {}): EntityData => ({
  treeId: 't',
  occurredAt: at(minute),
  ...more,
});
const planted = (minute = 0, more: Record<string, unknown> = {}) => ({
  type: 'tree-planted',
  data: said(minute, { species: 'delonix-regia', ...more }),
});
const event = (type: string, minute: number, more = {}) => ({ type, data: said(minute, more) });
type Event = ReturnType<typeof event>;
const evolve = (before: EntityState | undefined, one: Event) => evolveEntity(tree, before, one).state;
const stateOf = (...events: Event[]) => events.reduce<EntityState | undefined>(evolve, undefined)!;
const report = (data: EntityData) => (current: Parameters<typeof decideReport>[1]) =>
  decideReport(tree, current, data, now);
const step = (name: string, data: EntityData) => (current: Parameters<typeof decideReport>[1]) =>
  decideStep(tree, name, current, data, now);

describe('a report', () => {
  test('makes an entity known', () => {
    given(evolve)
      .when(report(said(5)))
      .happens({ definition: tree.told, time: at(5), data: said(5) });
  });

  test('of what is known already is refused', () => {
    given(evolve, planted())
      .when(report(said(5)))
      .isRefused({ status: 409, title: 'The tree is known already', errors: [{ field: 'treeId', value: 't' }] });
  });

  test('of what only steps were heard of is taken', () => {
    given(evolve, event('tree-pruned', 1))
      .when(report(said(0)))
      .happens({ definition: { type: 'tree-planted' } });
  });

  test('of what has not happened yet is refused', () => {
    given(evolve)
      .when(report(said(106)))
      .isRefused({ status: 422 });
  });
});

describe('a step', () => {
  test('that is lawful happens', () => {
    given(evolve, planted())
      .when(step('prune', said(5)))
      .happens({ definition: tree.stepEvents.prune, time: at(5), data: said(5) });
  });

  test('that is not lawful names those that are', () => {
    given(evolve, planted())
      .when(step('fell', said(5)))
      .isRefused({ status: 409, currentStatus: 'planted', lawfulSteps: ['prune'] });
    given(evolve, planted(), event('tree-pruned', 1))
      .when(step('fly', said(5)))
      .isRefused({ status: 409, currentStatus: 'pruned', lawfulSteps: ['prune', 'fell'] });
  });

  test('of what is not known is refused', () => {
    given(evolve)
      .when(step('prune', said(5)))
      .isRefused({ status: 404, title: 'No such tree' });
  });

  test('is not before the one that it follows, and not in the future', () => {
    const grown = given(evolve, planted(10));
    grown
      .when(step('prune', said(9)))
      .isRefused({ status: 422, errors: [{ reason: `not before planted at ${at(10)}` }] });
    grown.when(step('prune', said(10))).happens({ time: at(10) });
    grown.when(step('prune', said(106))).isRefused({ status: 422 });
  });
});

describe('events of other doors', () => {
  test('the first word makes every field known; what was not said is null', () => {
    expect(stateOf(planted(3, { heightMetres: 4, areaId: 'W1', location: { lon: 1, lat: 2 } }))).toEqual({
      treeId: 't',
      species: 'delonix-regia',
      heightMetres: 4,
      reason: null,
      reported: true,
      status: 'planted',
      statusSince: at(3),
      occurredAt: at(3),
      irregular: [],
      location: { lon: 1, lat: 2 },
      statedAreaId: 'W1',
    });
  });

  test('a later word corrects what it says of fields, place and time, and leaves the rest and the steps', () => {
    const corrected = stateOf(
      planted(3, { heightMetres: 4, areaId: 'W1' }),
      event('tree-pruned', 5),
      planted(2, { species: 'other' }),
    );
    expect(corrected).toMatchObject({
      species: 'other',
      heightMetres: 4,
      occurredAt: at(2),
      statedAreaId: 'W1',
      status: 'pruned',
      statusSince: at(5),
    });
    expect(stateOf(planted(3), planted(2)).statusSince).toBe(at(2));
  });

  test('a step fills in what it says, and nothing that it does not', () => {
    const felled = stateOf(
      planted(),
      event('tree-pruned', 1),
      event('tree-felled', 2, { reason: 'mục', species: 'other' }),
    );
    expect(felled).toMatchObject({ status: 'felled', reason: 'mục', species: 'delonix-regia', irregular: [] });
    expect(stateOf(planted(), event('tree-pruned', 1, { reason: 'no' })).reason).toBeNull();
  });

  test('a step before any report is kept with the reason, and the report fills in the rest', () => {
    const first = evolveEntity(tree, undefined, event('tree-felled', 2));
    expect(first).toMatchObject({
      irregular: 'felled before any report',
      state: { reported: false, status: 'felled', species: null, irregular: ['felled before any report'] },
    });
    expect(evolveEntity(tree, first.state, planted(1))).toMatchObject({
      irregular: null,
      state: { reported: true, status: 'felled', statusSince: at(2), occurredAt: at(1), species: 'delonix-regia' },
    });
  });

  test('another event is none of it', () => {
    expect(() => evolveEntity(tree, undefined, event('tree-watered', 1))).toThrow(
      '"tree-watered" is no event of a tree',
    );
  });

  test('in any order: the end stays the end, a status is never behind the one before, and what was not lawful says so', () => {
    const steps = Object.keys(tree.steps);
    const order = Object.keys(tree.statuses);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 12 }), (walk) => {
        let state = stateOf(planted());
        for (const [index, name] of walk.entries()) {
          const before = state;
          const wasLawful = tree.stepTable.lawful[before.status]!.includes(name);
          const after = evolveEntity(tree, before, event(tree.stepTable.steps[name]!.type, index + 1));
          state = after.state;
          expect(after.irregular === null).toBe(wasLawful);
          expect(state.irregular).toHaveLength(before.irregular.length + (wasLawful ? 0 : 1));
          expect(order.indexOf(state.status)).toBeGreaterThanOrEqual(order.indexOf(before.status));
          if (!isOpen(tree.stepTable, before.status)) expect(state.status).toBe(before.status);
          if (wasLawful) expect(state.status).toBe(tree.steps[name]!.to);
        }
      }),
    );
  });
});
