import { simulatePaths, summarise } from '@vungxanh/ml/scenario';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ScenarioRun } from '#contracts/scenarios.ts';
import { scenariosOfModel } from './levers.ts';
import { rounded } from './rounded.ts';
import { asDistrict, openScenarioDesk, type ScenarioDesk } from './testing/scenario-desk.ts';

// Simulations on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let desk: ScenarioDesk;
beforeAll(async () => {
  desk = await openScenarioDesk();
});
afterAll(() => desk?.service.stop());

test('the bands are those of simulatePaths on the model that is answered', async () => {
  const { model, ended, request, send } = desk;
  const { run } = await send(request());
  const { comparison } = await ended(run.id);
  const [movement] = scenariosOfModel(request().scenarios, model.startDate!);
  const settings = { days: 30, paths: 200, seed: 7, stepDays: 1 };
  const own = summarise(
    asDistrict(model),
    movement!,
    simulatePaths(asDistrict(model), movement!, settings),
    model.cuts,
  );
  expect(rounded(own.daily)).toEqual(comparison!.outcomes[1]!.daily);
  expect(rounded(own.totals)).toMatchObject(comparison!.outcomes[1]!.totals);
});

test('fewer paths in a browser: within Monte-Carlo error', async () => {
  const { model, ended, request, send } = desk;
  const { comparison } = await ended((await send(request({ paths: 1000, seed: 11 }))).run.id);
  const own = asDistrict(model);
  const few = summarise(
    own,
    { name: 'x', levers: [] },
    simulatePaths(own, { name: 'x', levers: [] }, { days: 30, paths: 200, seed: 5, stepDays: 1 }),
  );
  const { reported } = comparison!.outcomes[0]!.totals;
  // the median of 200 paths has a standard error of about 1.25 σ / √200; σ from the server's quartiles
  const sigma = (reported.q75 - reported.q25) / 1.349;
  expect(Math.abs(few.totals.reported.q50 - reported.q50)).toBeLessThan((4 * 1.25 * sigma) / Math.sqrt(200));
});

test('a plan is found, or its lack is said in two languages', async () => {
  const { district, model, get, ended, request, send } = desk;
  const target = { ratePer100k: 1500, withinDays: 14, probability: 0.2 };
  const easy = await send({ district, target: { ...target, ratePer100k: 100_000 } }, '/api/scenarios/plans');
  const { plan: nothing } = await ended(easy.run.id);
  expect(nothing).toMatchObject({ found: true, plan: { areaIds: [], levers: [] }, reason: null });
  const start = (await get<ScenarioRun>(`/api/scenarios/${easy.run.id}`)).plan!.startDate;
  expect(start).toBe(model.startDate);
  // a cut that is reached when nothing is done, and that limits can keep off
  const { comparison } = await ended(
    (await send(request({ days: 14, scenarios: [{ name: 'a', levers: [] }] }))).run.id,
  );
  const week = comparison!.outcomes[0]!.daily.reported.slice(7).reduce((sum, { q25 }) => sum + q25, 0);
  const ratePer100k = Math.round((week / 120_000) * 1e5);
  const found = await ended(
    (
      await send(
        { district, target: { ...target, ratePer100k }, limits: { dosesPerDay: 500, tracedPerDay: 100 } },
        '/api/scenarios/plans',
      )
    ).run.id,
  );
  expect(found.plan!.nothing.probability).toBeGreaterThan(0.2);
  expect(found.plan!.found).toBe(true);
  expect(found.plan!.plan.areaIds.length).toBeGreaterThan(0);
  expect(found.plan!.plan.probability).toBeLessThanOrEqual(0.2);
  expect(found.plan!.plan.levers.length).toBeGreaterThan(0);
  const none = await ended(
    (await send({ district, target: { ...target, ratePer100k: 1, mostPeopleRestricted: 0 } }, '/api/scenarios/plans'))
      .run.id,
  );
  expect(none.plan!.found).toBe(false);
  expect(none.plan!.plan.mostRestricted).toBe(0);
  expect(none.plan!.reason!.vi).toMatch(/^Không tổ hợp.*0 người bị hạn chế.*Gần nhất: \d+ %\.$/);
  expect(none.plan!.reason!.en).toMatch(/^None of the \d+ combinations.*The nearest: \d+ %\.$/);
}, 120_000);
