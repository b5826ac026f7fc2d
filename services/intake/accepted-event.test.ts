import { describe, expect, test } from 'vitest';
import { acceptEvent, type DistrictRules } from './accept.ts';
import { readEvents } from './http-binding.ts';

const now = new Date('2026-03-02T03:00:00.000Z');
const districts: Record<string, DistrictRules> = {
  q7: { clock: 'live', exercise: false },
  nyc: { clock: 'recorded', exercise: false },
  drill: { clock: 'recorded', exercise: true },
};
const accept = (change: Record<string, unknown> = {}) =>
  acceptEvent(
    {
      specversion: '1.0',
      id: '1',
      source: '/lab',
      type: 'case-confirmed',
      time: '2026-03-01T10:00:00+07:00',
      district: 'q7',
      data: { caseId: 'a', confirmedDate: '2026-03-01' },
      ...change,
    },
    (district) => districts[district],
    now,
  );
const errors = (change: Record<string, unknown>) => {
  const accepted = accept(change);
  return accepted.ok ? [] : accepted.errors;
};

describe("five minutes ahead of the centre's clock", () => {
  test('are taken, and not a millisecond more', () => {
    expect(accept({ time: '2026-03-02T03:05:00.000Z' }).ok).toBe(true);
    expect(errors({ time: '2026-03-02T03:05:00.001Z' })).toEqual([
      {
        field: 'time',
        value: '2026-03-02T03:05:00.001Z',
        reason: "at most 2026-03-02T03:05:00.000Z (5 minutes ahead of the centre's clock)",
      },
    ]);
  });

  test('bind a live district only: recorded history has its own clock', () => {
    expect(accept({ district: 'nyc', time: '2026-03-02T03:05:00.001Z' }).ok).toBe(true);
  });
});

describe('an event that is taken', () => {
  test('is journalled whole, with what the door adds', () => {
    const accepted = accept({ traceparent: '00-1', data: { caseId: 'a', confirmedDate: '2026-03-01', ward: 'x' } });
    expect(accepted).toMatchObject({
      ok: true,
      event: {
        specversion: '1.0',
        id: '1',
        source: '/lab',
        type: 'case-confirmed',
        time: '2026-03-01T10:00:00+07:00',
        district: 'q7',
        subject: 'a',
        datacontenttype: 'application/json',
        recordedtime: '2026-03-02T03:00:00.000Z',
        traceparent: '00-1',
        data: { caseId: 'a', confirmedDate: '2026-03-01', ward: 'x' },
      },
    });
    if (!accepted.ok) return;
    expect(JSON.parse(accepted.message.payload)).toEqual(accepted.event);
    expect(accepted.event).not.toHaveProperty('exercise');
    expect(accepted.event).not.toHaveProperty('claimedrecordedtime');
  });

  test('keeps the subject that it came with; the journal goes by the entity', () => {
    expect(accept({ subject: 'case/a', datacontenttype: 'application/cloudevents+json' })).toMatchObject({
      event: { subject: 'case/a', datacontenttype: 'application/json' },
      message: { subject: 'vx.q7.epidemic.case.a' },
    });
  });

  test('of an exercise carries the mark, whether it came with it or not', () => {
    for (const exercise of [true, undefined])
      expect(accept({ district: 'drill', exercise })).toMatchObject({ ok: true, event: { exercise: true } });
    expect(accept({ exercise: false })).toMatchObject({ ok: true, event: { exercise: false } });
  });
});

test.each([
  [{ type: 'case-invented' }, 'type', 'case-invented', 'no such event; GET /api/events/catalogue lists them'],
  [{ district: 'x' }, 'district', 'x', 'no such district; register it first (POST /api/districts)'],
  [{ exercise: true }, 'exercise', true, 'this district is real: exercises have districts of their own'],
  [{ district: 'drill', exercise: false }, 'exercise', false, 'this district is an exercise'],
])('what is refused says why: %j', (change, field, value, reason) => {
  expect(errors(change)).toEqual([{ field, value, reason }]);
});

test('faults of the data are told with the field of the event in which they are', () => {
  expect(errors({ data: { caseId: 'a', confirmedDate: '2026-03-01', ageYears: 126 } })).toMatchObject([
    { field: 'data.ageYears', value: 126 },
  ]);
});

test('a batch of 5,000 is taken, one of 5,001 is not', () => {
  const read = (count: number) =>
    readEvents('application/cloudevents-batch+json', new Headers(), `[${Array(count).fill('{}').join(',')}]`);
  expect(read(5000).events).toHaveLength(5000);
  expect(() => read(5001)).toThrow(
    expect.objectContaining({
      status: 413,
      errors: [{ field: 'body', value: 5001, reason: 'at most 5000 events' }],
    }),
  );
});
