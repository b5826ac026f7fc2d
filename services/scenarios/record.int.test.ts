import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ScenarioModel, ScenarioRun } from '#contracts/scenarios.ts';
import { get, until } from '#platform/testing/requests.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { openDistrict, startMl, wave } from '../outlook/testing/service.ts';

let service: ServiceUnderTest;
beforeAll(async () => {
  service = await startMl(undefined, 300);
}, 120_000);
afterAll(() => service?.stop());

const steady = () => 8;

test('a run of doing nothing is kept by itself, is in no list, and is scored once its weeks have come', async () => {
  const district = await openDistrict(service);
  const append = async (from: number, to: number) => {
    for (const result of await service.parts.appender.appendAll(wave(district, { from, to }, steady)))
      if (!result.ok) throw new Error(result.detail);
  };
  const kept = async () =>
    (
      await service.parts.database.query<{ start: string }>(
        `SELECT result->>'startDate' AS start FROM ml.scenario_runs WHERE district = $1 AND status = 'completed' ORDER BY 1`,
        [district],
      )
    ).rows.map(({ start }) => start);
  const model = () => get<ScenarioModel>(service, `/api/scenarios/model?district=${district}`);
  await append(0, 40);
  const [first] = await until(async () => ((await kept()).length > 0 ? kept() : undefined));
  expect((await model()).record).toEqual({ calibrated: false, weeks: [] });
  // five weeks later
  await append(41, 80);
  const scored = await until(async () => {
    const { record } = await model();
    return record?.weeks.length === 4 ? record : undefined;
  });
  expect(scored.calibrated).toBe(false);
  for (const { runs, held90, saidBesideCame } of scored.weeks) {
    expect(runs).toBeGreaterThanOrEqual(1);
    expect(held90).toBeLessThanOrEqual(runs);
    expect(saidBesideCame).toBeGreaterThan(0);
  }
  const later = await until(async () => ((await kept()).length > 1 ? kept() : undefined));
  expect(Date.parse(later[1]!) - Date.parse(first!)).toBeGreaterThanOrEqual(7 * 86_400_000);
  expect(await get<{ items: ScenarioRun[] }>(service, `/api/scenarios?district=${district}`)).toMatchObject({
    items: [],
  });
}, 240_000);
