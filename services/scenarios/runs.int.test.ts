import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { ScenarioRequest, ScenarioRun } from '#contracts/scenarios.ts';
import { until } from '#platform/testing/requests.ts';
import { dayOf } from '../outlook/testing/service.ts';
import { requestBounds } from './assumptions.ts';
import { openScenarioDesk, type ScenarioDesk } from './testing/scenario-desk.ts';

// Simulations on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let desk: ScenarioDesk;
beforeAll(async () => {
  desk = await openScenarioDesk();
});
afterAll(() => desk?.service.stop());

test('asked for, followed, completed; asked again, it stands ready', async () => {
  const { model, ask, ended, request, send } = desk;
  // In line behind a long run it cannot begin before somebody follows it, however quick the machine is.
  const ahead = await send(request({ paths: 2000, days: 180, seed: 3 }));
  const asked = await send(request());
  expect([asked.status, asked.headers.get('location')]).toEqual([202, `/api/scenarios/${asked.run.id}`]);
  const twin = await send(request());
  expect([twin.status, twin.run.id]).toEqual([202, asked.run.id]);
  const stream = await ask('GET', `/api/scenarios/${asked.run.id}/progress`);
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  expect((await ask('DELETE', `/api/scenarios/${ahead.run.id}`)).status).toBe(200);
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
  const again = await send(request());
  expect([again.status, again.run.cached, again.run.id]).toEqual([200, true, run.id]);
  expect(again.run.comparison).toEqual(run.comparison);
});

test('cancelled in line and while it runs; after its end there is nothing to cancel', async () => {
  const { ask, get, request, send } = desk;
  const long = request({ paths: 2000, days: 180, seed: 1 });
  const first = await send(long);
  const second = await send({ ...long, seed: 2 });
  expect([first.status, second.run.status, second.run.position]).toEqual([202, 'queued', 0]);
  await until(async () => ((await get<ScenarioRun>(`/api/scenarios/${first.run.id}`)).progress > 0 ? true : undefined));
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
  const anew = await send({ ...long, seed: 2 });
  expect(anew.status).toBe(202);
  expect(anew.run.id).not.toBe(second.run.id);
  expect((await ask('DELETE', `/api/scenarios/${anew.run.id}`)).status).toBe(200);
});

test('the line is bounded', async () => {
  const { ask, request, send } = desk;
  const long = request({ paths: 2000, days: 180 });
  const asked = [];
  for (let seed = 100; seed < 100 + requestBounds.mostQueued + 1; seed++) asked.push(await send({ ...long, seed }));
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
    (body) => ({ ...body, scenarios: [{ name: 'a', levers: [{ kind: 'movement', ...desk.period, limit: 1.5 }] }] }),
    'json.scenarios.0.levers.0.limit',
  ],
  [
    'a kind that is none',
    (body) => ({ ...body, scenarios: [{ name: 'a', levers: [{ kind: 'prayer', ...desk.period }] }] }),
    'json.scenarios.0.levers.0.kind',
  ],
  [
    'a date that is none',
    (body) => ({
      ...body,
      scenarios: [{ name: 'a', levers: [{ kind: '5K', ...desk.period, fromDate: '2021-02-30', adherence: 1 }] }],
    }),
    'json.scenarios.0.levers.0.fromDate',
  ],
  [
    'before day 0',
    (body) => ({
      ...body,
      scenarios: [{ name: 'a', levers: [{ kind: '5K', ...desk.period, fromDate: dayOf(3), adherence: 1 }] }],
    }),
    'json.scenarios.0.levers.0.fromDate',
  ],
  [
    'an unknown area',
    (body) => ({
      ...body,
      scenarios: [{ name: 'a', levers: [{ kind: '5K', ...desk.period, areaIds: ['W0a'], adherence: 1 }] }],
    }),
    'json.scenarios.0.levers.0.areaIds.0',
  ],
])('refused by name: %s', async (_, change, field) => {
  const { ask, request } = desk;
  const response = await ask('POST', '/api/scenarios', change(request()));
  expect([response.status, response.headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  const { errors } = (await response.json()) as { errors: { field: string; reason: string }[] };
  expect(errors[0]!.field).toBe(field);
  expect(errors[0]!.reason.length).toBeGreaterThan(5);
});

test('no such district, no such run', async () => {
  const { ask, request } = desk;
  expect((await ask('POST', '/api/scenarios', request({ district: 'nowhere' }))).status).toBe(404);
  for (const [method, path] of [
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/progress'],
  ] as const)
    expect([method, path, (await ask(method, `/api/scenarios/run-none${path}`)).status]).toEqual([method, path, 404]);
});

test('pages, newest first; asOf as it stood then', async () => {
  const { district, ask, get } = desk;
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
