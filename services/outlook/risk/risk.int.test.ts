import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData } from '#contracts/catalogue.ts';
import { committedSubject } from '#contracts/live.ts';
import { until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../../epidemic/testing/service.ts';
import { dayOf, openDistrict, startMl, wave } from '../testing/service.ts';

type Risk = EventData<'risk-scored'>;
interface Answer {
  onDay: string;
  source: string;
  policy: { cuts: number[]; source: string; verified: boolean };
  scoreMeaning: { vi: string; en: string };
  changeMeaning: { vi: string; en: string };
  areas: Risk[];
}

let service: ServiceUnderTest;
let district: string;

const risk = async (query: string): Promise<Answer> => {
  const response = await service.app.request(`/api/risk?district=${district}${query}`);
  if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
};

const vaccinated = (areaId: string, day: number, peopleFullCourse: number) =>
  message(
    district,
    'vaccination-count-published',
    {
      areaId,
      asOfDate: dayOf(day),
      ageGroup: 'all',
      peopleAtLeastOneDose: peopleFullCourse,
      peopleFullCourse,
    } as never,
    `${dayOf(day)}T04:00:00.000Z`,
    `vaccinated-${areaId}-${day}`,
  );

beforeAll(async () => {
  service = await startMl();
  district = await openDistrict(service);
  // from a tenth of the people in W0 to six tenths in W5; half as many a month before
  const coverage = [0, 1, 2, 3, 4, 5].flatMap((ward) =>
    [['a', 8000] as const, ['b', 12_000] as const].flatMap(([half, people]) => [
      vaccinated(`W${ward}${half}`, 30, (people * (1 + ward)) / 20),
      vaccinated(`W${ward}${half}`, 60, (people * (1 + ward)) / 10),
    ]),
  );
  const messages = [
    ...wave(district, { from: 0, to: 70 }, (ward, day) => 2 + ward / 2 + Math.exp(day / 30)),
    ...coverage,
  ];
  for (const result of await service.parts.appender.appendAll(messages)) if (!result.ok) throw new Error(result.detail);
  await until(async () => {
    const { areas, onDay } = await risk('');
    return areas.every((area) => area.dataThroughDate === onDay && area.score !== undefined) ? true : undefined;
  });
}, 120_000);
afterAll(() => service?.stop());

test('the district as a whole: bands of four weeks, chance of change, drivers, the policy and what it all means', async () => {
  const { areas, source, policy, scoreMeaning, changeMeaning } = await risk('&level=district');
  expect(source).toBe('computed');
  expect(areas).toHaveLength(1);
  const [whole] = areas;
  expect(whole).toMatchObject({ areaId: 'D', cuts: policy.cuts, presentBand: expect.any(Number) });
  for (const { bands, rise, fall } of whole!.horizons!) {
    expect(bands.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
    expect(rise + fall).toBeCloseTo(1 - bands[whole!.presentBand! - 1]!, 3);
  }
  expect(policy.source).toContain('4800');
  for (const meaning of [scoreMeaning, changeMeaning]) expect(meaning.vi).not.toBe(meaning.en);
  // its rate is that of its wards together: all have 20,000 people
  const wards = (await risk('')).areas;
  const mean = wards.reduce((sum, ward) => sum + ward.ratePer100k!, 0) / wards.length;
  expect(whole!.ratePer100k).toBeCloseTo(mean, 0);
});

test('what is known of an area beside its cases is said, with why it moves nothing; what nobody counts is left out', async () => {
  const at = async (day: number) => (await risk(`&level=neighbourhood&asOf=${dayOf(day)}T16:00:00Z`)).areas[4]!;
  const { areaId, context, drivers } = await at(69);
  expect(areaId).toBe('W2a');
  expect(context!.map(({ name }) => name)).toEqual(['coverage', 'density', 'quiet']);
  const [coverage, density] = context!;
  expect(coverage).toMatchObject({ value: 0.3, mean: 0.35, moves: false });
  expect(coverage!.en).toMatch(/^People with a full course: 30%; mean of the areas: 35%; not in the score: /);
  expect(coverage!.vi).toContain('không tính vào điểm');
  expect(density!.value!).toBeGreaterThan(10_000);
  expect(drivers!.map(({ driver }) => driver)).not.toContain('coverage');
  // as it was known a month before, and before anything was
  expect((await at(45)).context![0]).toMatchObject({ name: 'coverage', value: 0.15 });
  expect((await at(29)).context?.map(({ name }) => name)).not.toContain('coverage');
});

test('six wards are too few to tell an effect', async () => {
  const context = (await risk('')).areas[2]!.context!;
  expect(context.find(({ name }) => name === 'density')!.en).toMatch(/not in the score: too few areas to tell$/);
});

test('a ward whose cases rise sixfold in one week is believed at once', async () => {
  const burst = [64, 65, 66, 67, 68, 69, 70].flatMap((day) =>
    Array.from({ length: 150 }, (_, n) =>
      message(
        district,
        'case-confirmed',
        { caseId: `jump-${day}-${n}`, confirmedDate: dayOf(day), areaId: `W${n % 6}a` } as never,
        `${dayOf(70)}T05:00:00.000Z`,
      ),
    ),
  );
  const before = (await risk('')).areas[0]!.ratePer100k!;
  for (const result of await service.parts.appender.appendAll(burst)) if (!result.ok) throw new Error(result.detail);
  const after = await until(async () => {
    const { areas, onDay } = await risk('');
    return onDay === dayOf(70) && areas[0]!.ratePer100k! > 2 * before ? areas : undefined;
  });
  for (const area of after) expect(area.baseDate).toBe(area.dataThroughDate);
});

test('before a recorded district has heard anything, its clock stands nowhere: nothing is said by the clock on the wall', async () => {
  // Its people are not all counted yet, which alone would be worth an event.
  const silent = await openDistrict(service, { unpopulated: true });
  const { broker, database } = service.parts;
  broker.connection.publish(committedSubject(silent, 'geography'), JSON.stringify({ district: silent }));
  const heard = message(
    silent,
    'case-confirmed',
    { caseId: 'first', areaId: 'W0', confirmedDate: dayOf(0) } as never,
    `${dayOf(0)}T04:00:00.000Z`,
    'first',
  );
  await new Promise((done) => setTimeout(done, 1500));
  for (const result of await service.parts.appender.appendAll([heard])) if (!result.ok) throw new Error(result.detail);
  const said = await until(async () => {
    const { rows } = await database.query<{ day: string }>(
      'SELECT DISTINCT known_at::date::text AS day FROM ml.risk_versions WHERE district = $1',
      [silent],
    );
    return rows.length > 0 ? rows : undefined;
  });
  expect(said).toEqual([{ day: dayOf(0) }]);
});
