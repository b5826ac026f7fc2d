import { z } from '@hono/zod-openapi';
import { describe, expect, test } from 'vitest';
import { type AnyEvent, registerEvents } from '#contracts/catalogue.ts';
import { acceptEvent } from './accept.ts';

// A count that was sent in tens and is now sent in ones.
const counted: AnyEvent = {
  type: 'things-counted',
  service: 'things',
  noun: 'count',
  dataClass: 'aggregate',
  action: 'things.count',
  schema: z.object({ place: z.string(), ones: z.number().int() }),
  version: 2,
  upcast: {
    1: ({ tens, ...data }) => {
      if (typeof tens !== 'number') throw new Error('tens is a number');
      return { ...data, ones: tens * 10 };
    },
  },
  key: (data) => String(data.place),
  publishedBy: ['intake'],
  consumedBy: [],
  words: { vi: 'đếm', en: 'counted' },
};
registerEvents([counted]);

const accept = (change: Record<string, unknown>) =>
  acceptEvent(
    {
      specversion: '1.0',
      id: '1',
      source: '/counter',
      type: 'things-counted',
      time: '2026-03-01T00:00:00Z',
      district: 'q7',
      ...change,
    },
    () => ({ clock: 'live', exercise: false }),
    new Date('2026-03-02T00:00:00Z'),
  );

describe('the door takes older versions and journals the newest', () => {
  test.each([
    ['that names none', {}],
    ['that names it', { dataversion: 1 }],
  ])('version 1 of a feed %s', (_how, version) => {
    expect(accept({ ...version, data: { place: 'a', tens: 4, note: 'kept' } })).toMatchObject({
      ok: true,
      event: { dataversion: 2, data: { place: 'a', ones: 40, note: 'kept' } },
      message: { subject: 'vx.q7.things.count.a' },
    });
  });

  test('the newest as it is', () => {
    const data = { place: 'a', ones: 7 };
    expect(accept({ dataversion: 2, data })).toMatchObject({ ok: true, event: { dataversion: 2, data } });
  });

  test.each([
    [
      { dataversion: 3, data: { place: 'a', ones: 7 } },
      { field: 'dataversion', value: 3, reason: 'at most 2' },
    ],
    [{ dataversion: 0, data: { place: 'a', ones: 7 } }, { field: 'dataversion' }],
    [
      { data: { place: 'a', tens: 'four' } },
      { field: 'data', reason: 'does not fit version 1 of things-counted: tens is a number' },
    ],
    [{ data: { place: 'a', tens: 0.05 } }, { field: 'data.ones' }],
  ])('%j is refused by field', (change, error) => {
    expect(accept(change)).toMatchObject({ ok: false, errors: [error] });
  });
});
