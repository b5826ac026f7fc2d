import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { definitionOf, type EventData, type EventType } from '#contracts/catalogue.ts';
import '../../services.ts';
import { loadDistrict7Pack } from '../../geography/district7/pack.ts';
import { dayOf } from './calendar.ts';
import { caseCourse } from './case-course.ts';
import { type ExercisePlace, holds } from './place.ts';
import { randomFor } from './random.ts';
import { type DrillEvent, simulateWave } from './simulate-wave.ts';

const pack = loadDistrict7Pack();
const options = { seed: 2021, pack, from: '2021-06-01', to: '2021-12-31', district: 'q7-dien-tap' };

function dataOf<Type extends EventType>({ event }: DrillEvent, type: Type): EventData<Type> | undefined {
  return event.type === type ? (event.data as unknown as EventData<Type>) : undefined;
}

describe('the wave of District 7', () => {
  const events: DrillEvent[] = [];
  beforeAll(() => {
    for (const event of simulateWave(options)) events.push(event);
  });

  test('is in the order of its own clock, and each event is valid, an exercise, and known after it happened', () => {
    let before = Number.NEGATIVE_INFINITY;
    const wrong = events.filter(({ index, at, event }, place) => {
      const inOrder = index === place && at >= before;
      before = at;
      const knownAfter =
        Date.parse(event.recordedtime) <= at && Date.parse(event.time) <= Date.parse(event.recordedtime);
      const marked = event.exercise === true && event.district === 'q7-dien-tap';
      return !(inOrder && knownAfter && marked && definitionOf(event.type)!.schema.safeParse(event.data).success);
    });
    expect(wrong.slice(0, 3)).toEqual([]);
  });

  test('says only what the catalogue lets it say', () => {
    const types = new Set(events.map(({ event }) => event.type));
    expect([...types].filter((type) => !definitionOf(type)!.publishedBy.includes('drill'))).toEqual([]);
  });

  test('has the size that the exercise promises', () => {
    const count = (type: EventType) => events.filter(({ event }) => event.type === type).length;
    expect(events.length).toBeGreaterThan(80_000);
    expect(events.length).toBeLessThan(150_000);
    expect(Math.abs(count('case-confirmed') - 20_000)).toBeLessThan(1000);
    expect(Math.abs(count('violation-reported') - 2000)).toBeLessThan(250);
    expect(events.findIndex(({ at }) => at >= Date.parse('2021-08-10T00:00:00+07:00'))).toBeLessThan(40_000);
  });

  test('businesses go from 700 in the lockdown to nearly 4,500 on 4 November, of 10,000', () => {
    const changes = new Map<string, { from: string; status: string }[]>();
    for (const event of events) {
      const registered = dataOf(event, 'business-registered');
      if (registered)
        changes.set(registered.businessId, [{ from: registered.registeredDate, status: registered.status! }]);
      const changed = dataOf(event, 'business-status-changed');
      if (changed) changes.get(changed.businessId)!.push({ from: changed.effectiveDate, status: changed.status });
    }
    const activeOn = (day: string) =>
      [...changes.values()].filter((steps) => {
        const status = steps.findLast(({ from }) => from <= day)?.status;
        return status === 'open' || status === 'restricted';
      }).length;
    expect(changes.size).toBe(10_000);
    expect(activeOn('2021-09-16')).toBe(700);
    expect(activeOn('2021-11-04')).toBe(4480);
    expect(activeOn('2021-12-31')).toBe(4520);
  });

  test('October revenue is the published 470 thousand million dong, with its source', () => {
    const revenue = events.map((event) => dataOf(event, 'revenue-published')).filter((data) => data !== undefined);
    const october = revenue.find(({ periodStart }) => periodStart === '2021-10-01')!;
    expect(october.value).toBe(470e9);
    expect(october.source).toContain('October 2021');
    for (const { periodStart, source } of revenue)
      if (periodStart !== '2021-10-01') expect(source).toContain('diễn tập');
  });

  test('a case is confirmed before anything else is said of it, and lies in its neighbourhood', () => {
    const areas = new Map(pack.areas.map((area) => [area.id, area]));
    const confirmed = new Set<string>();
    let outside = 0;
    for (const event of events) {
      const data = dataOf(event, 'case-confirmed');
      if (data) {
        confirmed.add(data.caseId);
        if (!holds(areas.get(data.areaId!)!.geometry, data.location!)) outside++;
      } else if (event.event.type.startsWith('case-') && event.event.type !== 'case-count-published')
        expect(confirmed.has((event.event.data as { caseId: string }).caseId)).toBe(true);
    }
    // A person of the same home stands some metres off, so now and then across a border.
    expect(outside / confirmed.size).toBeLessThan(0.03);
  });

  test('steps of a violation come in a lawful order', () => {
    const order = ['reported', 'verified', 'minuted', 'suspended', 'decided', 'remedied', 'closed'];
    const steps = new Map<string, string[]>();
    const seen = new Set<string>();
    for (const { event } of events) {
      if (!event.type.startsWith('violation-') || seen.has(event.id)) continue;
      seen.add(event.id);
      const { violationId } = event.data as { violationId: string };
      steps.set(violationId, [...(steps.get(violationId) ?? []), event.type.slice('violation-'.length)]);
    }
    for (const taken of steps.values()) {
      expect(taken[0]).toBe('reported');
      if (taken.includes('merged')) expect(taken).toEqual(['reported', 'merged']);
      else if (taken.includes('dismissed')) expect(taken).toEqual(['reported', 'dismissed']);
      else expect(taken).toEqual(order.filter((step) => taken.includes(step)));
    }
  });

  test('reports lag: fewer arrive at weekends, and Monday is the fullest day of the week', () => {
    const byWeekday = new Array(7).fill(0);
    for (const event of events)
      if (event.event.type === 'case-confirmed') byWeekday[new Date(event.at + 7 * 3_600_000).getUTCDay()]++;
    expect(Math.max(...byWeekday)).toBe(byWeekday[1]);
    expect(byWeekday[0]).toBeLessThan(byWeekday[2] / 2);
  });

  test('holds repeated events, which are the very same', () => {
    const first = new Map<string, string>();
    let repeated = 0;
    for (const { event } of events) {
      const text = JSON.stringify(event);
      const earlier = first.get(event.id);
      if (earlier) {
        expect(text).toBe(earlier);
        repeated++;
      } else first.set(event.id, text);
    }
    expect(repeated).toBeGreaterThan(100);
  });
});

const square = (west: number, south: number) => ({
  type: 'MultiPolygon' as const,
  coordinates: [
    [
      [
        [west, south],
        [west + 0.01, south],
        [west + 0.01, south + 0.01],
        [west, south + 0.01],
        [west, south],
      ],
    ],
  ],
});
const area = (
  id: string,
  level: 'district' | 'ward' | 'neighbourhood',
  parentId: string | null,
  west: number,
  population: number,
) => ({
  id,
  level,
  parentId,
  gsoCode: null,
  name: id,
  nameAscii: id,
  geometry: square(west, 50),
  labelPoint: [west + 0.005, 50.005] as [number, number],
  population,
  estimated: true,
  source: 'test',
});
const elsewhere: ExercisePlace = {
  district: { id: 'x', name: { vi: 'X', en: 'X' }, timeZone: 'Europe/Berlin', centre: [8, 50], facts: [] },
  areas: [
    area('x', 'district', null, 8, 3000),
    area('x-a', 'ward', 'x', 8, 3000),
    area('x-a-1', 'neighbourhood', 'x-a', 8, 1000),
    area('x-a-2', 'neighbourhood', 'x-a', 8.01, 2000),
  ],
  ageGroups: [
    { ageFrom: 0, ageTo: 17, share: 0.2 },
    { ageFrom: 18, ageTo: null, share: 0.8 },
  ],
  waterways: [
    {
      geometry: {
        type: 'LineString',
        coordinates: [
          [8, 50.001],
          [8.02, 50.001],
        ],
      },
    },
  ],
  places: [{ id: 'h', kind: 'hospital', name: 'H', longitude: 8.001, latitude: 50.001, beds: 50 }],
};

test('the same seed gives the same stream, another seed another one, also in another place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), (seed) => {
      const run = (of: number) =>
        JSON.stringify([
          ...simulateWave({
            seed: of,
            pack: elsewhere,
            from: '2021-07-01',
            to: '2021-08-15',
            district: 'x',
            cases: 60,
            businesses: 300,
          }),
        ]);
      expect(run(seed)).toBe(run(seed));
      expect(run(seed)).not.toBe(run(seed + 1));
    }),
    { numRuns: 8 },
  );
});

test('a course goes forward in time, whatever the laboratory does', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (seed, age, wait, protection) => {
        const infection = dayOf('2021-08-01');
        const course = caseCourse(infection, age, protection, (ready) => ready + wait, randomFor(seed, 'course'));
        if (course.onset !== undefined) {
          expect(course.onset).toBeGreaterThan(infection);
          expect(course.specimen).toBeGreaterThanOrEqual(course.onset);
        }
        expect(course.confirmed).toBeGreaterThanOrEqual(course.specimen + wait);
        const days = [course.confirmed, ...course.steps.map(({ day }) => day)];
        expect(days).toEqual(days.toSorted((a, b) => a - b));
        expect(['recovered', 'deceased']).toContain(course.steps.at(-1)!.status);
      },
    ),
  );
});
