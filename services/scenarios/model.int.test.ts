import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ScenarioModel } from '#contracts/scenarios.ts';
import { until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../epidemic/testing/service.ts';
import { dayOf, openDistrict, startMl, wave } from '../outlook/testing/service.ts';
import { asDistrict, openScenarioDesk, type ScenarioDesk } from './testing/scenario-desk.ts';

// Simulations on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let desk: ScenarioDesk;
beforeAll(async () => {
  desk = await openScenarioDesk();
});
afterAll(() => desk?.service.stop());

test('the model holds the people, the fit, its particles and where each figure is from', () => {
  const { model } = desk;
  expect(model.areas.map(({ areaId, people }) => [areaId, people])).toEqual(
    [0, 1, 2, 3, 4, 5].map((ward) => [`W${ward}`, 20_000]),
  );
  expect(model.particles.length).toBeGreaterThanOrEqual(16);
  const { wards } = asDistrict(model);
  for (const { population } of wards) expect(population.reduce((a, b) => a + b, 0)).toBe(20_000);
  expect(model.fit!.days).toBeGreaterThan(35);
  expect(model.fit!.reproductionNumber.q50).toBeGreaterThan(1);
  expect(model.assumptions.find(({ field }) => field === 'population.ageShares')).toMatchObject({ verified: false });
  for (const { source, vi, en } of model.assumptions)
    expect(Math.min(source.length, vi.length, en.length)).toBeGreaterThan(3);
});

describe('no model, by name', () => {
  let service: ServiceUnderTest;
  beforeAll(async () => {
    service = await startMl();
  });
  afterAll(() => service?.stop());
  const modelOf = async (district: string) =>
    (await (await service.app.request(`/api/scenarios/model?district=${district}`)).json()) as ScenarioModel;
  const settled = async (district: string, messages: ReturnType<typeof wave>) => {
    const sent = await service.parts.appender.appendAll(messages);
    const through = Math.max(...sent.map((result) => (result.ok ? result.sequence : 0)));
    // a new district's follower may not be there yet: then the question is answered at once with no
    await until(async () => ((await service.projections[1]!.reached(district, through, 1000)) ? true : undefined));
    return modelOf(district);
  };

  test('nothing heard, a ward without people, too few days, too few cases', async () => {
    expect((await modelOf(await openDistrict(service))).abstention).toMatchObject({ reason: 'no-cases' });
    const unpopulated = await openDistrict(service, { unpopulated: true });
    const without = await settled(
      unpopulated,
      wave(unpopulated, { from: 0, to: 30 }, () => 2),
    );
    expect(without.abstention).toMatchObject({ reason: 'no-population', detail: expect.stringContaining('W5') });
    expect([without.model, without.particles]).toEqual([null, []]);
    const early = await openDistrict(service);
    expect(
      (
        await settled(
          early,
          wave(early, { from: 0, to: 9 }, () => 3),
        )
      ).abstention,
    ).toMatchObject({ reason: 'too-little' });
    const calm = await openDistrict(service);
    const cases = (ward: number, day: number) => (ward === 0 && day % 20 === 0 ? 1 : 0);
    expect((await settled(calm, wave(calm, { from: 0, to: 41 }, cases))).abstention).toMatchObject({
      reason: 'too-few-cases',
    });
    const refused = await service.app.request('/api/scenarios', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ district: calm, scenarios: [{ name: 'a', levers: [] }] }),
    });
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      abstention: { reason: 'too-few-cases' },
      errors: [{ field: 'json.district' }],
    });
  });

  test('cases last heard of long ago', async () => {
    const old = await openDistrict(service, { clock: 'live' });
    expect(
      (
        await settled(
          old,
          wave(old, { from: 0, to: 30 }, () => 3),
        )
      ).abstention,
    ).toMatchObject({ reason: 'stale' });
  });

  test('published weeks are enough, and say that they are weeks', async () => {
    const district = await openDistrict(service);
    const weeks = [0, 1, 2, 3, 4, 5].flatMap((week) =>
      [0, 1, 2, 3, 4, 5].map((ward) =>
        message(
          district,
          'case-count-published',
          {
            areaId: `W${ward}`,
            measure: 'new-cases',
            periodStart: dayOf(7 * week),
            periodEnd: dayOf(7 * week + 6),
            cases: 40 + 20 * week + ward,
          },
          `${dayOf(7 * week + 8)}T05:00:00.000Z`,
          `week-${week}-${ward}`,
        ),
      ),
    );
    const model = await settled(district, weeks);
    expect(model.abstention).toBeNull();
    expect(model).toMatchObject({
      dataThroughDate: dayOf(41),
      startDate: dayOf(42),
      fit: { source: 'published-weeks', days: 42 },
    });
    expect(model.fit!.reproductionNumber.q50).toBeGreaterThan(1);
  });
});
