import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import { newEvent } from '#contracts/new-event.ts';
import type { ScenarioRun } from '#contracts/scenarios.ts';
import { Appender } from '#platform/append.ts';
import { openBroker } from '#platform/broker.ts';
import { inTransaction, openDatabase } from '#platform/database.ts';
import { createMetrics } from '#platform/metrics.ts';
import { followDistricts } from '#platform/projections.ts';
import { allRows, until } from '#platform/testing/requests.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { mlProjection } from '../outlook/projection.ts';
import { ScenarioRuns } from './scenario-runs.ts';
import { openScenarioDesk, type ScenarioDesk } from './testing/scenario-desk.ts';

// Simulations on a busy machine take their time.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let desk: ScenarioDesk;
beforeAll(async () => {
  desk = await openScenarioDesk();
});
afterAll(() => desk?.service.stop());

test('a run that was pending when the process died is done by the next, once', async () => {
  const { service, district, ended, get, request } = desk;
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
  const { service, district, get, request } = desk;
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

test('a pending run that cannot be done ends as failed, with what is impossible in it; the next request is done', async () => {
  const { service, district, model, ended, period, request, send } = desk;
  // As an older version of the service may have taken it: every request of today is checked before it is journalled.
  const impossible = request({
    scenarios: [{ name: 'x', levers: [{ kind: 'movement', ...period, areaIds: ['W9'], limit: 0.5 }] }],
  });
  const { message } = newEvent({
    type: 'scenario-requested',
    district,
    source: 'ml',
    id: 'scenario-requested-run-impossible',
    time: model.asOf,
    recordedTime: model.asOf,
    exercise: true,
    data: {
      runId: 'run-impossible',
      kind: 'comparison',
      inputHash: 'older',
      dataHash: 'older',
      codeVersion: 'scenario-0',
      names: ['x'],
      clockTime: model.asOf,
      request: impossible,
    },
  });
  const sent = await service.parts.appender.append(message);
  if (!sent.ok) throw new Error(sent.detail);
  const next = new ScenarioRuns({
    ...service.parts,
    projection: service.projections[0]!,
    metrics: createMetrics('next'),
  });
  await next.resume();
  expect(await ended('run-impossible')).toMatchObject({
    status: 'failed',
    failure: { reason: 'impossible-input', detail: expect.stringContaining('names ward "W9"') },
  });
  await next.stop();
  expect((await ended((await send(request({ seed: 78 }))).run.id)).status).toBe('completed');
});

test('a rebuild gives the same rows; an event that is sent again changes nothing', async () => {
  const { service, district, ask, ended, request, send } = desk;
  const runs: string[] = [];
  for (const seed of [1, 2, 3, 4, 5]) runs.push((await send(request({ paths: 100, seed }))).run.id);
  const cancelled = (await send(request({ days: 180, paths: 2000, seed: 6 }))).run.id;
  expect((await ask('DELETE', `/api/scenarios/${cancelled}`)).status).toBe(200);
  expect((await Promise.all(runs.map(ended))).every(({ status }) => status === 'completed')).toBe(true);
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
