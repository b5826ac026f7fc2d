import { expect, test } from 'vitest';
import { readRef, thingKinds, thingMade, thingOfItem, thingOfRow, writtenRef } from './thing-ref.ts';

test('what is a point on the map has a page, and so have facilities', () => {
  expect(thingKinds.map(({ noun }) => noun)).toEqual(
    expect.arrayContaining(['case', 'violation', 'business', 'incident', 'facility']),
  );
});

test.each([
  ['/api/epidemic/cases?areaId=a&windowDays=7', { caseId: 'c' }, { noun: 'case', id: 'c' }],
  ['/api/urban-order/violations', { violationId: 'v', areaId: 'a' }, { noun: 'violation', id: 'v' }],
  ['/api/incidents/incidents?formula=x', { incidentId: 'i' }, { noun: 'incident', id: 'i' }],
  ['/api/epidemic/facilities', { facilityId: 'f' }, { noun: 'facility', id: 'f' }],
  ['/api/epidemic/counts', { areaId: 'a', cases: 4 }, undefined],
  ['/api/epidemic/cases', { caseId: null }, undefined],
])('a row of %s is what it names', (address, row, thing) => expect(thingOfRow(address, row)).toEqual(thing));

test('news and what was just entered lead to it', () => {
  expect(thingOfItem({ layer: 'businesses', entity: 'b' })).toEqual({ noun: 'business', id: 'b' });
  expect(thingOfItem({ layer: 'risk', entity: 'a' })).toBeUndefined();
  expect(thingMade('violationId', 'v')).toEqual({ noun: 'violation', id: 'v' });
  expect(thingMade('areaId', 'a')).toBeUndefined();
});

test('an address says it whole; a damaged one says nothing', () => {
  const thing = { noun: 'violation', id: 'DT-20211007-0691' };
  expect(readRef(writtenRef(thing))).toEqual(thing);
  for (const text of ['violation', 'violation.', 'planet.x', 'violation.a b', 'violation.a.b', ''])
    expect(readRef(text)).toBeUndefined();
});
