import { z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { services } from '../services.ts';
import { definitionOf } from './catalogue.ts';
import { defineEvent } from './define-event.ts';
import { defineFeed } from './define-feed.ts';
import { pointLayerOf } from './feeds.ts';
import { identifier } from './primitives.ts';
import { registerSubsystems, type Subsystem, subsystems } from './subsystem.ts';

const words = { vi: 'Thử', en: 'Trial' };
const event = (type: string, service: string) =>
  defineEvent({
    type,
    service,
    noun: 'thing',
    dataClass: 'public',
    action: 'thing.say',
    schema: z.object({ thingId: identifier }),
    key: (data) => data.thingId,
    publishedBy: [service],
    consumedBy: [service],
    words,
  });
const points = {
  service: 'trial',
  noun: 'thing',
  dataClass: 'public',
  categories: ['one'],
  categoryField: 'kind',
  timeField: 'day',
  statuses: ['open'],
  openStatuses: ['open'],
  goneStatuses: [],
  shape: { filled: true, radiusMetres: 1, smallestPixels: 1, largestPixels: 2 },
  colours: { light: { open: [0, 0, 0], over: [0, 0, 0] }, dark: { open: [0, 0, 0], over: [0, 0, 0] } },
  openWords: words,
  overWords: words,
} as const;
const declared = (more: Partial<Subsystem>): Subsystem => ({ name: 'trial', words, access: {}, ...more });

test.each([
  ['a name with capitals', declared({ name: 'Trial' }), /no name of a service/],
  ['a name of 33 letters', declared({ name: 'a'.repeat(33) }), /no name of a service/],
  ['a name that is taken', declared({ name: 'economy' }), /declared twice/],
  ["another's event", declared({ events: [event('thing-said', 'economy')] }), /is of economy, not of trial/],
  [
    'a type that is taken',
    declared({ events: [event('case-confirmed', 'trial')] }),
    /"case-confirmed" is declared twice/,
  ],
  ['a feed that is taken', declared({ feeds: [defineFeed({ name: 'cases', words })] }), /"cases" is declared twice/],
  [
    "another's points",
    declared({ feeds: [{ name: 'things', words, points: { ...points, service: 'economy' } }] }),
    /not of trial/,
  ],
  [
    'no category',
    declared({ feeds: [{ name: 'things', words, points: { ...points, categories: [] } }] }),
    /0 categories; 1 to 12/,
  ],
  [
    '13 categories',
    declared({ feeds: [{ name: 'things', words, points: { ...points, categories: [...'abcdefghijklm'] } }] }),
    /13 categories; 1 to 12/,
  ],
  [
    'an open status that is no status',
    declared({ feeds: [{ name: 'things', words, points: { ...points, openStatuses: ['shut'] } }] }),
    /does not list: shut/,
  ],
])('%s is refused, and the service is not listed', (_, subsystem, reason) => {
  expect(() => registerSubsystems([subsystem])).toThrow(reason);
  expect(subsystems().some(({ name }) => name === 'trial')).toBe(false);
});

test('a service is known with its events and feeds, the list in its order', () => {
  const said = event('thing-said', 'trial');
  const feed = { name: 'things', words, points: { ...points, categories: [...'abcdefghijkl'] } };
  registerSubsystems([declared({ events: [said], feeds: [feed] })]);
  expect(definitionOf('thing-said')).toBe(said);
  expect(pointLayerOf('things').categories).toHaveLength(12);
  expect(subsystems().map(({ name }) => name)).toEqual([...services.map(({ name }) => name), 'trial']);
  expect(() => pointLayerOf('counts')).toThrow('"counts" is no feed with points');
});
