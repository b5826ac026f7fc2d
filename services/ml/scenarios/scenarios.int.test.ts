import { type District, simulatePaths, summarise } from '@vungxanh/ml/scenario';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScenarioModel, ScenarioRequest, ScenarioRun } from '#contracts/scenarios.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { dayOf, openDistrict, startMl, wave } from '../testing/service.ts';
import { scenariosOfModel } from './levers.ts';
import { rounded } from './rounded.ts';

const rising = (ward: number, day: number) => 2 + ward / 2 + 2 * Math.exp(day / 25);
const asDistrict = ({ model, particles }: ScenarioModel): District =>
  ({ ...model, fitted: particles }) as unknown as District;

async function until<Value>(ask: () => Promise<Value | undefined>, timeoutMs = 30_000): Promise<Value> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await ask();
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new Error('did not come in time');
    await new Promise((done) => setTimeout(done, 20));
  }
}

describe('scenarios of a district with a line list', () => {
  let service: ServiceUnderTest;
  let district: string;
  let model: ScenarioModel;
  const ask = (method: string, path: string, body?: unknown) =>
    service.app.request(path, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
  const get = async <Answer>(path: string): Promise<Answer> => {
    const response = await ask('GET', path);
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const post = async (body: unknown, path = '/api/scenarios') => {
    const response = await ask('POST', path, body);
    return { status: response.status, headers: response.headers, run: (await response.json()) as ScenarioRun };
  };
  const ended = (id: string) =>
    until(async () => {
      const run = await get<ScenarioRun>(`/api/scenarios/${id}`);
      return run.endedAt ? run : undefined;
    });
  const period = () => ({ fromDate: model.startDate!, toDate: dayOf(60) });
  const request = (change: Partial<ScenarioRequest> = {}): ScenarioRequest => ({
    district,
    days: 30,
    paths: 200,
    seed: 7,
    scenarios: [
      { name: 'Hạn chế đi lại', levers: [{ kind: 'movement', ...period(), limit: 0.6 }] },
      {
        name: 'Tiêm và 5K',
        levers: [
          { kind: 'vaccination', ...period(), areaIds: ['W1', 'W2'], firstDosesPerDay: 500, secondDosesPerDay: 0 },
          { kind: '5K', ...period(), adherence: 0.8 },
        ],
      },
    ],
    ...change,
  });

  beforeAll(async () => {
    service = await startMl();
    district = await openDistrict(service);
    const messages = wave(district, { from: 0, to: 40 }, rising);
    for (const result of await service.parts.appender.appendAll(messages))
      if (!result.ok) throw new Error(result.detail);
    await until(async () => {
      const { abstention, dataThroughDate } = await get<ScenarioModel>(`/api/scenarios/model?district=${district}`);
      return abstention === null && dataThroughDate! >= dayOf(35) ? true : undefined;
    });
    model = await get(`/api/scenarios/model?district=${district}`);
  });
  afterAll(() => service?.stop());

  test('the model holds the people, the fit, its particles and where each figure is from', () => {
    expect(model.areas.map(({ areaId, people }) => [areaId, people])).toEqual(
      [0, 1, 2, 3, 4, 5].map((ward) => [`W${ward}`, 20_000]),
    );
    expect(model.particles.length).toBeGreaterThanOrEqual(16);
    const { wards } = asDistrict(model);
    for (const { population } of wards) expect(population.reduce((a, b) => a + b, 0)).toBe(20_000);
    expect(model.fit!.days).toBe(21);
    expect(model.fit!.reproductionNumber.q50).toBeGreaterThan(1);
    expect(model.assumptions.find(({ field }) => field === 'population.ageShares')).toMatchObject({ verified: false });
    for (const { source, vi, en } of model.assumptions)
      expect(Math.min(source.length, vi.length, en.length)).toBeGreaterThan(3);
  });

  test('asked for, followed, completed; asked again, it stands ready', async () => {
    const asked = await post(request());
    expect([asked.status, asked.headers.get('location')]).toEqual([202, `/api/scenarios/${asked.run.id}`]);
    const twin = await post(request());
    expect([twin.status, twin.run.id]).toEqual([202, asked.run.id]);
    const stream = await ask('GET', `/api/scenarios/${asked.run.id}/progress`);
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const told = [...(await stream.text()).matchAll(/^event: run\ndata: (.*)$/gm)].map(
      ([, data]) => JSON.parse(data!) as ScenarioRun,
    );
    expect(told.at(-1)).toMatchObject({ id: asked.run.id, status: 'completed', progress: 1 });
    expect(told.some(({ status, progress }) => status === 'running' && progress > 0 && progress < 1)).toBe(true);
    expect(told.every((run, i) => i === 0 || run.progress >= told[i - 1]!.progress)).toBe(true);
    const run = await ended(asked.run.id);
    expect(run.comparison!.outcomes.map(({ kind, areaIds }) => [kind, areaIds.length])).toEqual([
      ['nothing', 0],
      ['given', 6],
      ['given', 0],
      ['smallest-area', expect.any(Number)],
    ]);
    expect(run.comparison!.modelId).toBe(model.modelId);
    const again = await post(request());
    expect([again.status, again.run.cached, again.run.id]).toEqual([200, true, run.id]);
    expect(again.run.comparison).toEqual(run.comparison);
  });

  test('the bands are those of simulatePaths on the model that is answered', async () => {
    const { run } = await post(request());
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
    expect(rounded(own.totals)).toEqual(comparison!.outcomes[1]!.totals);
  });
});
