// A disk that is nearly full takes nothing new, says so in the reader's language, and takes it when there is room; nothing is started again.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from '#platform/app.ts';
import { Appender } from '#platform/append.ts';
import type { Broker } from '#platform/broker.ts';
import { runCommand } from '#platform/command.ts';
import type { DiskSpace } from '#platform/disk-space.ts';
import { deleteDistrictStream, openDistrictStream } from '#platform/journal.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog, temporaryDistrict, testBroker } from '#platform/testing/servers.ts';
import { createIntake } from './app.ts';
import { knownDistricts } from './districts.ts';

const district = temporaryDistrict();
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-full-'));
let broker: Broker;
let appender: Appender;
let door: App;
let commands: App;
let stop: () => void;
let usedShare = 0.5;
const space = (): DiskSpace => ({ usedShare, totalBytes: 1e9, freeBytes: 1e9 * (1 - usedShare) });

beforeAll(async () => {
  broker = await testBroker();
  appender = new Appender(broker, { space });
  await openDistrictStream(broker, district, { clock: 'live', exercise: true });
  const districts = await knownDistricts(broker);
  stop = districts.stop;
  await districts.placesRead([district]);
  const metrics = createMetrics('full');
  const target = async () => ({
    district,
    timeZone: 'Asia/Ho_Chi_Minh',
    clock: 'live' as const,
    exercise: true,
    areas: [],
  });
  door = createIntake({
    appender,
    ...districts,
    now: () => new Date(),
    log: silentLog,
    metrics,
    ready: async () => {},
    imports: { target: target as never, folder, newId: randomUUID, space },
  });
  commands = createApp({ name: 'commands', log: silentLog, metrics, access: {} });
  let id = 0;
  commands.post('/command', async (context) =>
    context.json(
      await runCommand({
        read: async () => undefined,
        ifMatch: undefined,
        decide: () => ({ subject: `vx.${district}.epidemic.case.c${id}`, id: `full-${id++}`, payload: '{}' }),
        appender,
        projected: async () => true,
      }),
    ),
  );
});
afterAll(async () => {
  stop();
  appender.close();
  await deleteDistrictStream(broker, district);
  await broker.close();
  rmSync(folder, { recursive: true, force: true });
});

const event = (id: string) => ({
  ...{ specversion: '1.0', id, source: '/full', type: 'case-confirmed', time: '2026-06-01T00:00:00Z', district },
  data: { caseId: id, confirmedDate: '2026-06-01', location: { lon: 106.72, lat: 10.73 } },
});
const ask = async (app: App, path: string, body: string, type: string, language = 'vi') => {
  const answer = await app.request(path, {
    method: 'POST',
    body,
    headers: { 'content-type': type, 'accept-language': language },
  });
  return {
    status: answer.status,
    retryAfter: answer.headers.get('retry-after'),
    body: (await answer.json()) as Record<string, unknown>,
  };
};
const post = (ids: string[], language?: string) =>
  ask(door, '/api/events', JSON.stringify(ids.map(event)), 'application/cloudevents-batch+json', language);
const stored = async () => (await broker.manager.streams.info(`VX_${district}`)).state.messages;

test('events, commands and files are refused with 507 while the disk is nearly full, and taken when there is room', async () => {
  expect((await post(['before'])).status).toBe(201);
  const before = await stored();
  usedShare = 0.96;
  const full = await post(['a', 'b']);
  expect([full.status, full.retryAfter]).toEqual([507, '30']);
  expect(full.body).toMatchObject({
    title: 'Đĩa gần đầy',
    detail: expect.stringContaining('Tạm thời không nhận thêm dữ liệu'),
    code: 'no-space',
    accepted: 0,
    notAcknowledged: 2,
  });
  expect((await post(['a'], 'en')).body).toMatchObject({
    title: 'The disk is nearly full',
    detail: expect.stringContaining('96.0 % of the disk is used'),
  });
  expect((await ask(commands, '/command', '{}', 'application/json')).status).toBe(507);
  const file = await ask(
    door,
    `/api/imports/cases?district=${district}`,
    'caseId,confirmedDate\nx,2026-06-01\n',
    'text/csv',
  );
  expect([file.status, file.body.title]).toEqual([507, 'Đĩa gần đầy']);
  expect(readdirSync(folder)).toEqual([]);
  expect(await stored()).toBe(before);
  // What is only read or judged goes on.
  expect((await door.request('/api/events/catalogue')).status).toBe(200);
  expect(
    (await ask(door, '/api/events?dryRun=true', JSON.stringify([event('c')]), 'application/cloudevents-batch+json'))
      .status,
  ).toBe(201);

  usedShare = 0.9;
  expect((await post(['a', 'b'])).status).toBe(201);
  expect((await ask(commands, '/command', '{}', 'application/json')).status).toBe(200);
  expect(await stored()).toBe(before + 3);
});
