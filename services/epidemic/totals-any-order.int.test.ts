// Published totals follow their statements, not their arrival: what is handed in later holds, in whatever order and however often it is heard, and a rebuild makes the same rows.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { feedActor } from '#contracts/actor.ts';
import { attributedEvent } from '#contracts/new-event.ts';
import type { Message } from '#platform/append.ts';
import { append, get } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { createRandom } from '../../ml/numerics/random.ts';
import { openTestDistrict } from '../district/testing/district.ts';
import { allRows, startEpidemic } from './testing/service.ts';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startEpidemic();
});
afterAll(() => service.stop());

const day = (of: number) => `2021-08-${String(of).padStart(2, '0')}`;
const on = (of: number, hour = 5) => `${day(of)}T${String(hour).padStart(2, '0')}:00:00.000Z`;

interface Said {
  kind: 'count' | 'vaccination';
  ward: number;
  period: number;
  value: number | null;
  /** Handed in, or published: the later one holds. */
  at: string;
  isFile: boolean;
  id: string;
}
/** As the door says who spoke. */
const byTheDoor = { actor: feedActor('/feed'), correlationId: 'request' };
const messageOf = (district: string, { kind, ward, period, value, at, isFile, id }: Said): Message => {
  const common = {
    district,
    id,
    source: isFile ? `import/${kind}/file.csv` : '/feed',
    // A row's time is the day that it is of; a feed's is when it was published.
    time: isFile ? on(period) : at,
    recordedTime: at,
  };
  return kind === 'count'
    ? attributedEvent(
        {
          ...common,
          type: 'case-count-published',
          data: {
            areaId: `W${ward}`,
            measure: 'new-cases',
            periodStart: day(period),
            periodEnd: day(period),
            cases: value,
            suppressed: value === null,
          },
        },
        byTheDoor,
      ).message
    : attributedEvent(
        {
          ...common,
          type: 'vaccination-count-published',
          data: {
            areaId: `W${ward}`,
            ageGroup: '18+',
            asOfDate: day(period),
            peopleAtLeastOneDose: value ?? 0,
            peopleFullCourse: 0,
          },
        },
        byTheDoor,
      ).message;
};
const standing = async (district: string) => {
  const path = (of: string) => `/api/epidemic/${of}?district=${district}&onDay=${day(20)}`;
  const counts = await get<{
    items: { areaId: string; periodEnd: string; cases: number | null; suppressed: boolean }[];
  }>(service, `/api/epidemic/counts?district=${district}&measure=new-cases`);
  const vaccination = await get<{ items: { areaId: string; peopleAtLeastOneDose: number }[] }>(
    service,
    path('vaccination'),
  );
  return {
    counts: counts.items
      .map(({ areaId, periodEnd, cases, suppressed }) => `${areaId} ${periodEnd} ${suppressed ? 'suppressed' : cases}`)
      .sort(),
    vaccination: vaccination.items
      .map(({ areaId, peopleAtLeastOneDose }) => `${areaId} ${peopleAtLeastOneDose}`)
      .sort(),
  };
};

test('an older total that comes late changes nothing; said again it stands where it was said last', async () => {
  const say = (value: number, hour: number, id = `${hour}`): Said => ({
    ...{ kind: 'count', ward: 0, period: 10, value, at: on(12, hour), isFile: true, id },
  });
  for (const [said, right] of [
    [[say(9, 8), say(5, 3)], 9],
    [[say(5, 3), say(9, 8)], 9],
    // 5, then 9, then 5 again: the 9 that comes last was said between.
    [[say(5, 3), say(5, 8), say(9, 5)], 5],
  ] as const) {
    const district = await openTestDistrict(service);
    await append(
      service,
      district,
      said.map((one) => messageOf(district, one)),
    );
    expect((await standing(district)).counts).toEqual([`W0 ${day(10)} ${right}`]);
  }
});

test('totals do not depend on the order of arrival, on repetition or on retries, and a rebuild makes the same rows', async () => {
  const random = createRandom(11);
  const facts = Array.from({ length: 150 }, (_, index): Said => {
    const isSuppressed = random.below(6) === 0;
    return {
      kind: random.below(2) ? 'count' : 'vaccination',
      ward: random.below(3),
      period: 8 + random.below(3),
      value: isSuppressed ? null : random.below(4),
      at: on(12 + random.below(8), random.below(24)),
      isFile: random.below(2) === 1,
      // Of one moment the id decides, whoever comes first.
      id: `e${index}`,
    };
  });
  const newest = new Map<string, Said>();
  // Counted apart: moments of one fact differ here, so that nothing is left to the tie.
  const distinct = facts.filter(
    ({ kind, ward, period, at }, index) =>
      facts.findIndex(
        (other) => other.kind === kind && other.ward === ward && other.period === period && other.at === at,
      ) === index,
  );
  for (const fact of distinct) {
    const key = `${fact.kind} ${fact.ward} ${fact.period}`;
    if (!newest.has(key) || newest.get(key)!.at < fact.at) newest.set(key, fact);
  }
  const right = [...newest.values()]
    .filter(({ kind }) => kind === 'count')
    .map(({ ward, period, value }) => `W${ward} ${day(period)} ${value === null ? 'suppressed' : value}`)
    .sort();
  for (let round = 0; round < 3; round++) {
    const district = await openTestDistrict(service);
    const shuffled = distinct.map((fact) => ({ fact, at: random.below(1e9) })).sort((a, b) => a.at - b.at);
    const messages = shuffled.map(({ fact }) => messageOf(district, fact));
    await append(service, district, messages);
    // A retry: the broker has forgotten that it had them.
    await append(
      service,
      district,
      messages.slice(0, 40).map((message, index) => ({ ...message, id: `again ${index}` })),
    );
    const known = await standing(district);
    expect(known.counts).toEqual(right);
    const [last] = [10, 9, 8].flatMap((period) => newest.get(`vaccination 0 ${period}`) ?? []);
    expect(known.vaccination.find((line) => line.startsWith('W0'))).toBe(`W0 ${last!.value ?? 0}`);
    const rows = await allRows(service, district);
    for (const batchEntries of [1, 7, 1000]) {
      await service.rebuild(district, batchEntries);
      expect(await allRows(service, district)).toEqual(rows);
    }
  }
});

test('a dose that two report with other details: the report that was made first stands, in any order, and a person counts once', async () => {
  const random = createRandom(31);
  const facts = Array.from({ length: 120 }, (_, index) => ({
    ...{ personKey: `p${random.below(12)}`, doseNumber: 1 + random.below(2), areaId: `W${random.below(3)}` },
    ageYears: 20 + random.below(50),
    // Each moment once: nothing is left to a tie.
    at: new Date(Date.parse(on(12)) + ((index * 49) % 120) * 3_600_000).toISOString(),
    isFile: random.below(2) === 1,
    id: `e${index}`,
  }));
  const earliest = new Map<string, (typeof facts)[number]>();
  for (const fact of facts.toSorted((a, b) => b.at.localeCompare(a.at)))
    earliest.set(`${fact.personKey} ${fact.doseNumber}`, fact);
  const right = [...earliest].map(([key, { areaId, ageYears }]) => `${key} ${areaId} ${ageYears}`).sort();
  const counted = new Map<string, number>();
  for (const { doseNumber, areaId } of earliest.values())
    if (doseNumber === 1) counted.set(areaId, (counted.get(areaId) ?? 0) + 1);
  for (let round = 0; round < 3; round++) {
    const district = await openTestDistrict(service);
    const messages = facts
      .map((fact) => ({ fact, at: random.below(1e9) }))
      .sort((a, b) => a.at - b.at)
      .map(
        ({ fact: { at, isFile, id, ...data } }) =>
          attributedEvent(
            {
              ...{ type: 'dose-administered', district, id, recordedTime: at },
              ...(isFile ? { source: 'import/vaccination/file.csv', time: on(10) } : { source: '/feed', time: at }),
              data: { ...data, doseId: id, courseDoses: 2, administeredDate: day(10) },
            },
            byTheDoor,
          ).message,
      );
    await append(service, district, messages);
    await append(
      service,
      district,
      messages.slice(0, 40).map((message, index) => ({ ...message, id: `again ${index}` })),
    );
    const { rows: known } = await service.parts.database.query<{ fact: string }>(
      `SELECT concat_ws(' ', person_key, dose_number, area_id, age_years) AS fact FROM epidemic.doses WHERE district = $1 `,
      [district],
    );
    expect(known.map(({ fact }) => fact).sort()).toEqual(right);
    const { areas } = await get<{
      areas: { areaId: string | null; figures: Record<string, { numerator: number | null }> }[];
    }>(service, `/api/epidemic/figures?district=${district}&onDay=${day(20)}`);
    for (const areaId of ['W0', 'W1', 'W2']) {
      const figures = areas.find((area) => area.areaId === areaId)?.figures;
      expect([areaId, figures?.['coverage-one-dose']?.numerator]).toEqual([areaId, counted.get(areaId) ?? 0]);
    }
    const rows = await allRows(service, district);
    for (const batchEntries of [1, 7, 1000]) {
      await service.rebuild(district, batchEntries);
      expect(await allRows(service, district)).toEqual(rows);
    }
  }
}, 240_000);
