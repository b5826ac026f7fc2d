import { expect, test } from 'vitest';
import { factsOf, outOfOrder, placeOf, stepsOf, type ThingEvent, tellerOf } from './thing-view.ts';

const event = (sequence: number, data: Record<string, unknown>): ThingEvent => ({
  type: 'capacity-reported',
  occurredAt: '2021-08-20T00:00:00Z',
  knownAt: '2021-08-20T00:00:00Z',
  sequence,
  source: 'a',
  data,
});

test('each value is known from the latest event that says it; one that no event says follows from others', () => {
  const history = [event(1, { bedsTotal: 50, bedsOccupied: 10 }), event(2, { bedsOccupied: 30 })];
  const facts = factsOf(
    { facilityId: 'f', name: 'F', bedsTotal: 50, bedsOccupied: 30, bedsFree: 20, staff: null, history },
    'facilityId',
  );
  expect(facts.map(({ name, from }) => [name, from?.sequence])).toEqual([
    ['bedsTotal', 1],
    ['bedsOccupied', 2],
    ['bedsFree', undefined],
  ]);
});

test('a place stands as a position or as two columns', () => {
  expect(placeOf({ location: { lon: 1, lat: 2 }, history: [] })).toEqual([1, 2]);
  expect(placeOf({ lon: 3, lat: 4, history: [] })).toEqual([3, 4]);
  expect(placeOf({ lon: null, lat: null, history: [] })).toBeUndefined();
});

test.each([
  ['drill/seed-5', 'urban-order', { by: 'drill', name: '' }],
  ['import/vi-pham.csv', 'urban-order', { by: 'file', name: 'vi-pham.csv' }],
  ['urban-order', 'urban-order', { by: 'people', name: '' }],
  ['/epidemic', 'epidemic', { by: 'people', name: '' }],
  ['urn:hotline', 'urban-order', { by: 'feed', name: 'urn:hotline' }],
])('%s told it', (source, service, teller) => expect(tellerOf(source, service)).toEqual(teller));

test('the step that the clock waits for stands first; a form without a step is there while any status may follow', () => {
  const form = (kind: string, more: object) => ({
    kind,
    words: { vi: kind, en: kind },
    path: '',
    idField: '',
    feed: '',
    fields: [],
    ...more,
  });
  const forms = [
    form('a', { step: 'dismiss' }),
    form('b', { step: 'verify' }),
    form('c', { step: 'close' }),
    form('d', {}),
  ];
  const { lawful, later } = stepsOf(forms, { lawfulSteps: ['dismiss', 'verify'], dueStep: 'verify', history: [] });
  expect(lawful.map(({ kind }) => kind)).toEqual(['b', 'a', 'd']);
  expect(later.map(({ kind }) => kind)).toEqual(['c']);
});

test('a record of a step out of order is read in parts', () => {
  expect(outOfOrder('closed after reported; lawful: verified, dismissed')).toEqual({
    to: 'closed',
    after: 'reported',
    lawful: ['verified', 'dismissed'],
  });
  expect(outOfOrder('minuted after closed; lawful: nothing')).toMatchObject({ lawful: [] });
  expect(outOfOrder('merged into itself')).toBeUndefined();
});
