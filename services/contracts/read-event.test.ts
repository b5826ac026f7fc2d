import { describe, expect, test } from 'vitest';
import { catalogue, definitionOf } from './catalogue.ts';
import { eventReader, readEvent, upcastData } from './read-event.ts';

// A count that was published in tens, then in ones, then with its unit.
const count = {
  version: 3,
  upcast: {
    1: ({ tens, ...data }: Record<string, unknown>) => ({ ...data, ones: Number(tens) * 10 }),
    2: (data: Record<string, unknown>) => ({ ...data, unit: 'people' }),
  },
};
const read = eventReader((type) => (type === 'count' ? count : type === 'plain' ? {} : undefined));

describe('an event is read in the newest version of its type', () => {
  test('journalled before versions existed: version 1, through every step', () => {
    const journalled = { type: 'count', id: 'a', data: { tens: 4, place: 'x' } };
    expect(read(journalled)).toEqual({
      type: 'count',
      id: 'a',
      dataversion: 3,
      data: { ones: 40, place: 'x', unit: 'people' },
    });
    expect(journalled.data).toEqual({ tens: 4, place: 'x' });
  });

  test('of the version before the newest: the last step only', () => {
    expect(read({ type: 'count', dataversion: 2, data: { ones: 7 } })).toMatchObject({
      data: { ones: 7, unit: 'people' },
    });
  });

  test.each([
    { type: 'count', dataversion: 3, data: { ones: 7, unit: 'dogs' } },
    { type: 'plain', data: {} },
    { type: 'plain', dataversion: 1, data: {} },
    { type: 'nobody-knows', data: {} },
  ])('%j is as it stands', (event) => {
    expect(read(event)).toBe(event);
  });

  test('of a version that is not known here yet: refused by name', () => {
    expect(() => read({ type: 'count', dataversion: 4, data: {} })).toThrow(
      'count is known here up to version 3, got 4',
    );
    expect(() => read({ type: 'plain', dataversion: 2, data: {} })).toThrow(RangeError);
  });

  test('a step that nobody defined is named, not passed over', () => {
    expect(() => upcastData('count', { version: 2 }, {}, 1)).toThrow('no step from version 1 to 2');
  });
});

test.each(Object.keys(catalogue))('%s: every older version has a step to the next', (type) => {
  const { version = 1, upcast = {} } = definitionOf(type)!;
  expect(Object.keys(upcast).map(Number)).toEqual(Array.from({ length: version - 1 }, (_, index) => index + 1));
});

describe('an event stands on the subject of its own district and type', () => {
  const event = { type: 'business-registered', district: 'q7', data: {} };

  test('there it is read', () => {
    expect(readEvent(event, 'vx.q7.economy.business.b1')).toBe(event);
  });

  test.each([
    // economy may publish on its own subjects, and does not say what others say
    [{ ...event, type: 'risk-scored' }, 'vx.q7.economy.business.b1'],
    [event, 'vx.q7.economy.revenue.b1'],
    [event, 'vx.q8.economy.business.b1'],
  ])('%j is refused on %s', (wrong, subject) => {
    expect(() => readEvent(wrong, subject)).toThrow(`stands on ${subject}`);
  });
});
