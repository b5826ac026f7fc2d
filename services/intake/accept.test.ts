import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acceptEvent, type DistrictRules } from './accept.ts';
import { readEvents } from './http-binding.ts';

const now = new Date('2026-03-02T03:00:00.000Z');
const districts: Record<string, DistrictRules> = {
  q7: { clock: 'live', exercise: false },
  nyc: { clock: 'recorded', exercise: false },
  drill: { clock: 'recorded', exercise: true },
};
const rules = (district: string) => districts[district];
const event = (change: Record<string, unknown> = {}) => ({
  specversion: '1.0',
  id: '1',
  source: '/lab',
  type: 'case-confirmed',
  time: '2026-03-01T10:00:00+07:00',
  district: 'q7',
  data: { caseId: 'a', confirmedDate: '2026-03-01' },
  ...change,
});
const reasons = (raw: unknown) => {
  const result = acceptEvent(raw, rules, now);
  return result.ok ? [] : result.errors.map(({ field, value }) => [field, value]);
};

describe('acceptEvent', () => {
  test('gives the subject of the entity, and an id that holds source and id', () => {
    const result = acceptEvent(event(), rules, now);
    expect(result).toMatchObject({ ok: true, message: { subject: 'vx.q7.epidemic.case.a', id: '/lab 1' } });
  });

  test('in a live district the centre says when it knew; a claim is kept beside', () => {
    const result = acceptEvent(event({ recordedtime: '2020-01-01T00:00:00Z' }), rules, now);
    expect(result).toMatchObject({
      event: { recordedtime: now.toISOString(), claimedrecordedtime: '2020-01-01T00:00:00Z' },
    });
  });

  test('recorded history brings the time at which it was known; left out, the time of the event', () => {
    expect(
      acceptEvent(event({ district: 'nyc', recordedtime: '2021-05-01T12:00:00-04:00' }), rules, now),
    ).toMatchObject({ event: { recordedtime: '2021-05-01T16:00:00.000Z' } });
    expect(acceptEvent(event({ district: 'nyc' }), rules, now)).toMatchObject({
      event: { recordedtime: '2026-03-01T03:00:00.000Z' },
    });
  });

  test('the exercise’s own programme says nothing of a real district', () => {
    const drill = { programme: 'drill', requestId: undefined };
    expect(acceptEvent(event({ district: 'drill' }), rules, now, drill)).toMatchObject({ ok: true });
    for (const district of ['q7', 'nyc'])
      expect(acceptEvent(event({ district }), rules, now, drill)).toMatchObject({
        ok: false,
        errors: [{ field: 'district', value: district }],
      });
  });

  test('an exercise is marked, and never mixes with real data', () => {
    expect(acceptEvent(event({ district: 'drill' }), rules, now)).toMatchObject({ event: { exercise: true } });
    expect(reasons(event({ exercise: true }))).toEqual([['exercise', true]]);
    expect(reasons(event({ district: 'drill', exercise: false }))).toEqual([['exercise', false]]);
  });

  test('keeps what it does not know, fills in defaults', () => {
    const result = acceptEvent(
      event({
        traceparent: '00-1',
        type: 'case-count-published',
        data: { areaId: 'w', periodStart: '2026-02-01', periodEnd: '2026-02-07', cases: 3, laboratory: 'Pasteur' },
      }),
      rules,
      now,
    );
    expect(result).toMatchObject({
      ok: true,
      event: { traceparent: '00-1', data: { measure: 'new-cases', laboratory: 'Pasteur' } },
    });
  });

  test.each<[Record<string, unknown>, string, unknown]>([
    [{ specversion: '0.3' }, 'specversion', '0.3'],
    [{ id: '' }, 'id', ''],
    [{ source: undefined }, 'source', undefined],
    [{ time: '2026-03-01 10:00' }, 'time', '2026-03-01 10:00'],
    [{ time: '2026-03-03T03:00:00Z' }, 'time', '2026-03-03T03:00:00Z'],
    [{ type: 'case-invented' }, 'type', 'case-invented'],
    [{ type: 'toString' }, 'type', 'toString'],
    [{ type: 'district-registered' }, 'type', 'district-registered'],
    [{ district: 'nowhere' }, 'district', 'nowhere'],
    [{ data: { caseId: 'a.b', confirmedDate: '2026-03-01' } }, 'data.caseId', 'a.b'],
    [{ data: { caseId: 'a', confirmedDate: '2026-02-30' } }, 'data.confirmedDate', '2026-02-30'],
    [{ data: { caseId: 'a', confirmedDate: '2026-03-01', location: { lon: 200, lat: 1 } } }, 'data.location.lon', 200],
    [{ data: 'text' }, 'data', 'text'],
  ])('refuses %j, naming the field and the value', (change, field, value) => {
    expect(reasons(event(change))).toContainEqual([field, value]);
  });

  test('never throws, whatever comes', () => {
    fc.assert(fc.property(fc.anything(), (raw) => typeof acceptEvent(raw, rules, now).ok === 'boolean'));
    fc.assert(
      fc.property(
        fc.object(),
        fc.constantFrom('case-confirmed', 'violation-reported', 'business-registered'),
        (data, type) => {
          const result = acceptEvent(event({ data, type }), rules, now);
          // A subject is one that the stream of the district takes, and nothing else.
          if (result.ok) expect(result.message.subject).toMatch(/^vx\.q7\.[a-z-]+\.[a-z-]+\.[^\s.*>]+$/);
        },
      ),
    );
  });
});

describe('readEvents', () => {
  test('binary mode: attributes from headers', () => {
    const headers = new Headers({
      'ce-specversion': '1.0',
      'ce-id': '7',
      'ce-source': '/lab',
      'ce-type': 'case-confirmed',
      'ce-district': 'q7',
      'content-type': 'application/json',
    });
    expect(readEvents('application/json', headers, '{"caseId":"a"}')).toEqual({
      events: [
        { specversion: '1.0', id: '7', source: '/lab', type: 'case-confirmed', district: 'q7', data: { caseId: 'a' } },
      ],
      batch: false,
    });
  });

  test('Vietnamese text comes out in NFC, however it came', () => {
    const { events } = readEvents(
      'application/cloudevents+json',
      new Headers(),
      JSON.stringify({ name: 'Tân Thuận Đông'.normalize('NFD') }),
    );
    expect((events[0] as { name: string }).name).toBe('Tân Thuận Đông'.normalize('NFC'));
  });

  test.each([
    ['text/plain', '{}', 415],
    ['application/cloudevents+json', '{', 400],
    ['application/cloudevents-batch+json', '{}', 400],
    ['application/cloudevents-batch+json', `[${'{},'.repeat(5000)}{}]`, 413],
  ])('%s with a wrong body is %i', (type, body, status) => {
    expect(() => readEvents(type, new Headers(), body)).toThrow(expect.objectContaining({ status }));
  });
});
