import { expect, test } from 'vitest';
import { attributedEvent, messageId, newEvent } from './new-event.ts';

const fact = {
  type: 'case-count-published',
  district: 'q7',
  source: '/lab',
  id: '12',
  time: '2021-08-01T00:00:00Z',
  recordedTime: '2021-08-02T00:00:00Z',
  data: { areaId: 'W1', periodStart: '2021-07-26', periodEnd: '2021-08-01', cases: 4, measure: 'new-cases' },
} as const;
const asOffered = {
  specversion: '1.0',
  id: '12',
  source: '/lab',
  type: 'case-count-published',
  time: '2021-08-01T00:00:00Z',
  datacontenttype: 'application/json',
  subject: 'W1',
  district: 'q7',
  recordedtime: '2021-08-02T00:00:00Z',
  dataversion: 1,
  data: fact.data,
};

test('a fact becomes a CloudEvent, and a message on the subject of what it is about', () => {
  const { event, message } = newEvent(fact);
  expect(event).toEqual(asOffered);
  expect(message).toEqual({
    subject: 'vx.q7.epidemic.count.W1',
    id: '/lab 12',
    payload: JSON.stringify(event),
  });
  expect(JSON.parse(message.payload)).toEqual(asOffered);
});

test('an exercise is marked; what is none carries no mark', () => {
  expect(newEvent({ ...fact, exercise: true }).event).toEqual({ ...asOffered, exercise: true });
  expect(newEvent({ ...fact, exercise: false }).event).toEqual(asOffered);
});

test('a service says who spoke and from what it came; a cause only where there is one', () => {
  const actor = { authtype: 'service_account', authid: 'epidemic' } as const;
  expect(attributedEvent(fact, { actor, correlationId: 'r1' }).event).toEqual({
    ...asOffered,
    ...actor,
    correlationid: 'r1',
  });
  expect(attributedEvent(fact, { actor, correlationId: 'r1', causationId: 'e0' }).event).toEqual({
    ...asOffered,
    ...actor,
    correlationid: 'r1',
    causationid: 'e0',
  });
});

test('data that do not fit their schema are not said', () => {
  expect(() => newEvent({ ...fact, data: { ...fact.data, cases: -1 } })).toThrow();
});

test('two feeds that count from 1 have messages of their own', () => {
  expect(messageId({ source: '/a', id: '1' })).toBe('/a 1');
  expect(messageId({ source: '/b', id: '1' })).toBe('/b 1');
});
