import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EventData } from '#contracts/catalogue.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../epidemic/testing/service.ts';
import { dayOf, openDistrict, startMl, wave } from './testing/service.ts';

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

async function until<Value>(ask: () => Promise<Value | undefined>, timeoutMs = 20_000): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error('did not come in time');
    await new Promise((done) => setTimeout(done, 50));
  }
}

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
  const coverage = [0, 1, 2, 3, 4, 5].flatMap((ward) => [
    vaccinated(`W${ward}`, 30, 1000 * (1 + ward)),
    vaccinated(`W${ward}`, 60, 2000 * (1 + ward)),
  ]);
  const messages = [
    ...wave(district, { from: 0, to: 70 }, (ward, day) => 2 + ward / 2 + Math.exp(day / 30)),
    ...coverage,
  ];
  for (const result of await service.parts.appender.appendAll(messages)) if (!result.ok) throw new Error(result.detail);
  await until(async () => {
    const { areas, onDay } = await risk('');
    return areas.every((area) => area.dataThroughDate === onDay && area.score !== undefined) ? true : undefined;
  });
});
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

test('what is known of a ward beside its cases is said, with why it moves nothing; what nobody counts is left out', async () => {
  const { areas } = await risk('');
  const context = areas[2]!.context!;
  expect(context.map(({ name }) => name)).toEqual(['coverage', 'density', 'quiet']);
  const [coverage, density] = context;
  // 6,000 of 20,000 people; wards from 2,000 to 12,000
  expect(coverage).toMatchObject({ value: 0.3, mean: 0.35, moves: false });
  expect(coverage!.en).toBe(
    'People with a full course: 30%; mean of the areas: 35%; not in the score: too few areas to tell',
  );
  expect(coverage!.vi).toContain('không tính vào điểm: quá ít khu để ước lượng');
  expect(density!.value!).toBeGreaterThan(10_000);
  expect(areas[2]!.drivers!.map(({ driver }) => driver)).not.toContain('coverage');
});

test('asOf before a publication, the earlier coverage', async () => {
  const { areas } = await risk(`&level=district&asOf=${dayOf(45)}T05:00:00Z`);
  expect(areas[0]!.context!.find(({ name }) => name === 'coverage')).toBeUndefined();
  const neighbourhoods = (await risk(`&level=neighbourhood&asOf=${dayOf(45)}T05:00:00Z`)).areas;
  expect(neighbourhoods[0]!.context!.map(({ name }) => name)).toContain('density');
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
