import { type District, simulatePaths, summarise } from '@vungxanh/ml/scenario';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import type { ScenarioModel, ScenarioRequest, ScenarioRun } from '#contracts/scenarios.ts';
import { Appender } from '#platform/append.ts';
import { openBroker } from '#platform/broker.ts';
import { inTransaction, openDatabase } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { followDistricts } from '#platform/projections.ts';
import { allRows } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import type { ServiceUnderTest } from '#platform/testing/service.ts';
import { message } from '../epidemic/testing/service.ts';
import { mlProjection } from '../outlook/projection.ts';
import { dayOf, openDistrict, startMl, wave } from '../outlook/testing/service.ts';
import { requestBounds } from './assumptions.ts';
import { scenariosOfModel } from './levers.ts';
import { rounded } from './rounded.ts';
import { ScenarioRuns } from './scenario-runs.ts';

// Simulations on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000 });

const rising = (ward: number, day: number) => 2 + ward / 2 + 2 * Math.exp(day / 25);
const asDistrict = ({ model, particles }: ScenarioModel): District =>
  ({ ...model, fitted: particles }) as unknown as District;

async function until<Value>(ask: () => Promise<Value | undefined>, timeoutMs = 90_000): Promise<Value> {
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
    expect(model.fit!.days).toBeGreaterThan(35);
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
    expect(rounded(own.totals)).toMatchObject(comparison!.outcomes[1]!.totals);
  });

  test('cancelled in line and while it runs; after its end there is nothing to cancel', async () => {
    const long = request({ paths: 2000, days: 180, seed: 1 });
    const first = await post(long);
    const second = await post({ ...long, seed: 2 });
    expect([first.status, second.run.status, second.run.position]).toEqual([202, 'queued', 0]);
    await until(async () =>
      (await get<ScenarioRun>(`/api/scenarios/${first.run.id}`)).progress > 0 ? true : undefined,
    );
    for (const { run } of [second, first]) {
      const answer = await ask('DELETE', `/api/scenarios/${run.id}`);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ id: run.id, status: 'cancelled', position: null });
    }
    const again = await ask('DELETE', `/api/scenarios/${first.run.id}`);
    expect(again.status).toBe(409);
    expect(await again.json()).toMatchObject({
      status: 'cancelled',
      next: [`GET /api/scenarios/${first.run.id}`, 'POST /api/scenarios'],
    });
    // a cancelled run answers nobody: the same is asked for anew
    const anew = await post({ ...long, seed: 2 });
    expect(anew.status).toBe(202);
    expect(anew.run.id).not.toBe(second.run.id);
    expect((await ask('DELETE', `/api/scenarios/${anew.run.id}`)).status).toBe(200);
  });

  test('the line is bounded', async () => {
    const long = request({ paths: 2000, days: 180 });
    const asked = [];
    for (let seed = 100; seed < 100 + requestBounds.mostQueued + 1; seed++) asked.push(await post({ ...long, seed }));
    expect(asked.every(({ status }) => status === 202)).toBe(true);
    const one = await ask('POST', '/api/scenarios', { ...long, seed: 99 });
    expect([one.status, one.headers.get('retry-after')]).toEqual([429, '10']);
    const metrics = await (await ask('GET', '/metrics')).text();
    expect(metrics).toContain(`vx_scenario_queue_length{service="ml"} ${requestBounds.mostQueued}`);
    for (const { run } of asked.reverse()) expect((await ask('DELETE', `/api/scenarios/${run.id}`)).status).toBe(200);
  });

  test.each<[string, (body: ScenarioRequest) => unknown, string]>([
    ['no scenario', (body) => ({ ...body, scenarios: [] }), 'json.scenarios'],
    ['four scenarios', (body) => ({ ...body, scenarios: Array(4).fill(body.scenarios[0]) }), 'json.scenarios'],
    ['too few days', (body) => ({ ...body, days: 5 }), 'json.days'],
    ['too many paths', (body) => ({ ...body, paths: 5001 }), 'json.paths'],
    [
      'a share above 1',
      (body) => ({ ...body, scenarios: [{ name: 'a', levers: [{ kind: 'movement', ...period(), limit: 1.5 }] }] }),
      'json.scenarios.0.levers.0.limit',
    ],
    [
      'a kind that is none',
      (body) => ({ ...body, scenarios: [{ name: 'a', levers: [{ kind: 'prayer', ...period() }] }] }),
      'json.scenarios.0.levers.0.kind',
    ],
    [
      'a date that is none',
      (body) => ({
        ...body,
        scenarios: [{ name: 'a', levers: [{ kind: '5K', ...period(), fromDate: '2021-02-30', adherence: 1 }] }],
      }),
      'json.scenarios.0.levers.0.fromDate',
    ],
    [
      'before day 0',
      (body) => ({
        ...body,
        scenarios: [{ name: 'a', levers: [{ kind: '5K', ...period(), fromDate: dayOf(3), adherence: 1 }] }],
      }),
      'json.scenarios.0.levers.0.fromDate',
    ],
    [
      'an unknown area',
      (body) => ({
        ...body,
        scenarios: [{ name: 'a', levers: [{ kind: '5K', ...period(), areaIds: ['W0a'], adherence: 1 }] }],
      }),
      'json.scenarios.0.levers.0.areaIds.0',
    ],
  ])('refused by name: %s', async (_, change, field) => {
    const response = await ask('POST', '/api/scenarios', change(request()));
    expect([response.status, response.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
    const { errors } = (await response.json()) as { errors: { field: string; reason: string }[] };
    expect(errors[0]!.field).toBe(field);
    expect(errors[0]!.reason.length).toBeGreaterThan(5);
  });

  test('no such district, no such run', async () => {
    expect((await ask('POST', '/api/scenarios', request({ district: 'nowhere' }))).status).toBe(404);
    for (const [method, path] of [
      ['GET', ''],
      ['DELETE', ''],
      ['GET', '/progress'],
    ] as const)
      expect([method, path, (await ask(method, `/api/scenarios/run-none${path}`)).status]).toEqual([method, path, 404]);
  });

  test('a plan is found, or its lack is said in two languages', async () => {
    const target = { ratePer100k: 1500, withinDays: 14, probability: 0.2 };
    const easy = await post({ district, target: { ...target, ratePer100k: 100_000 } }, '/api/scenarios/plans');
    const { plan: nothing } = await ended(easy.run.id);
    expect(nothing).toMatchObject({ found: true, plan: { areaIds: [], levers: [] }, reason: null });
    const start = (await get<ScenarioRun>(`/api/scenarios/${easy.run.id}`)).plan!.startDate;
    expect(start).toBe(model.startDate);
    // a cut that is reached when nothing is done, and that limits can keep off
    const { comparison } = await ended(
      (await post(request({ days: 14, scenarios: [{ name: 'a', levers: [] }] }))).run.id,
    );
    const week = comparison!.outcomes[0]!.daily.reported.slice(7).reduce((sum, { q25 }) => sum + q25, 0);
    const ratePer100k = Math.round((week / 120_000) * 1e5);
    const found = await ended(
      (
        await post(
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
      (await post({ district, target: { ...target, ratePer100k: 1, mostPeopleRestricted: 0 } }, '/api/scenarios/plans'))
        .run.id,
    );
    expect(none.plan!.found).toBe(false);
    expect(none.plan!.plan.mostRestricted).toBe(0);
    expect(none.plan!.reason!.vi).toMatch(/^Không tổ hợp.*0 người bị hạn chế.*Gần nhất: \d+ %\.$/);
    expect(none.plan!.reason!.en).toMatch(/^None of the \d+ combinations.*The nearest: \d+ %\.$/);
  }, 120_000);

  test('fewer paths in a browser: within Monte-Carlo error', async () => {
    const { comparison } = await ended((await post(request({ paths: 1000, seed: 11 }))).run.id);
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

  test('what was owed when the process died is done by the next, once', async () => {
    const { parts } = service;
    const before = new ScenarioRuns({
      ...parts,
      projection: service.projections[0]!,
      metrics: createMetrics('before'),
    });
    const { run } = await before.ask({ kind: 'comparison', request: request({ paths: 600, days: 120, seed: 77 }) });
    await until(async () => ((await before.head(run.id)).progress > 0 ? true : undefined));
    await before.stop();
    expect((await get<ScenarioRun>(`/api/scenarios/${run.id}`)).endedAt).toBeNull();
    const after = new ScenarioRuns({ ...parts, projection: service.projections[0]!, metrics: createMetrics('after') });
    await after.resume();
    expect((await after.head(run.id)).status).not.toBe('cancelled');
    const done = await ended(run.id);
    expect(done.status).toBe('completed');
    const subject = `vx.${district}.ml.scenario.${run.id}`;
    const { state } = await parts.broker.manager.streams.info(`VX_${district}`, { subjects_filter: subject });
    expect(state.subjects).toEqual({ [subject]: 2 });
    await after.stop();
  }, 120_000);

  test('PostgreSQL or the journal away: said so, and nothing is begun', async () => {
    const { parts } = service;
    const projection = service.projections[0]!;
    const asked = { kind: 'comparison' as const, request: request({ seed: 4711 }) };
    const nobody = openDatabase('postgres://127.0.0.1:1/nothing');
    const rowless = new ScenarioRuns({ ...parts, database: nobody, projection, metrics: createMetrics('rowless') });
    // the platform answers 503 to this code
    await expect(rowless.ask(asked)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await nobody.end();
    const deaf = await openBroker(inject('natsUrl'), 'deaf');
    const appender = new Appender(deaf);
    const away = new ScenarioRuns({ ...parts, appender, projection, metrics: createMetrics('away') });
    await deaf.connection.close();
    await expect(away.ask(asked)).rejects.toMatchObject({ status: 503, title: 'The journal did not acknowledge' });
    appender.close();
    const { items } = await get<{ items: ScenarioRun[] }>(`/api/scenarios?district=${district}&limit=200`);
    expect(items.every(({ status }) => status !== 'queued' && status !== 'running')).toBe(true);
  });

  test('a rebuild gives the same rows; an event that is sent again changes nothing', async () => {
    const before = await allRows(service, 'ml', ['scenario_runs'], district);
    expect(before.scenario_runs!.length).toBeGreaterThan(5);
    const [projection] = service.projections;
    const { database, broker } = service.parts;
    const through = projection!.committedSequence(district);
    const again = mlProjection(() => {});
    await inTransaction(database, async (transaction) => {
      await again.forget(transaction, district);
      await transaction.query('DELETE FROM ml.positions WHERE district = $1', [district]);
    });
    expect((await allRows(service, 'ml', ['scenario_runs'], district)).scenario_runs).toEqual([]);
    const followed = await followDistricts(again, { database, broker, log: silentLog, batchEntries: 7 });
    expect(await followed.reached(district, through, 20_000)).toBe(true);
    await followed.stop();
    expect(await allRows(service, 'ml', ['scenario_runs'], district)).toEqual(before);
    const { rows } = await database.query<{ requested: number; ended: number }>(
      `SELECT requested_sequence AS requested, ended_sequence AS ended FROM ml.scenario_runs WHERE district = $1 AND status = 'completed' LIMIT 1`,
      [district],
    );
    for (const sequence of [rows[0]!.requested, rows[0]!.ended]) {
      const old = await broker.manager.streams.getMessage(`VX_${district}`, { seq: sequence });
      const sent = await service.parts.appender.append({
        subject: old!.subject,
        id: `again ${sequence}`,
        payload: old!.string(),
      });
      if (!sent.ok) throw new Error(sent.detail);
      expect(await projection!.reached(district, sent.sequence, 10_000)).toBe(true);
    }
    expect(await allRows(service, 'ml', ['scenario_runs'], district)).toEqual(before);
  });

  test('pages, newest first; asOf as it stood then', async () => {
    type Page = { items: ScenarioRun[]; next: string | null };
    const all = await get<Page>(`/api/scenarios?district=${district}&limit=200`);
    expect(all.next).toBeNull();
    expect(all.items.some((run) => 'comparison' in run || 'request' in run)).toBe(false);
    const seen: string[] = [];
    let cursor = '';
    for (;;) {
      const page = await get<Page>(`/api/scenarios?district=${district}&limit=3${cursor}`);
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = `&cursor=${page.next}`;
    }
    expect(seen).toEqual(all.items.map(({ id }) => id));
    expect((await get<Page>(`/api/scenarios?district=${district}&asOf=2021-06-01T00:00:00Z`)).items).toEqual([]);
    expect((await ask('GET', `/api/scenarios?district=${district}&cursor=x`)).status).toBe(422);
  });
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
