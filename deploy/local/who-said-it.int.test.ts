import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CloudEvent } from '../../services/contracts/cloud-event.ts';
import { type Broker, openBroker } from '../../services/platform/broker.ts';
import { lastMessage, streamOf } from '../../services/platform/journal.ts';
import { until } from '../../services/platform/testing/requests.ts';
import { fetchAs } from './fetch-as.ts';
import type { RunState } from './run-state.ts';

// A whole product on a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-who-'));
chmodSync(folder, 0o755);
const data = join(folder, 'data');
const exercise = 'q7-dien-tap';

describe('npm start: everybody who speaks is known', () => {
  let child: ChildProcess;
  let state: RunState;
  let broker: Broker;

  beforeAll(async () => {
    let output = '';
    child = spawn(
      process.execPath,
      [join(root, 'deploy/local/start.ts'), '--data', data, '--port', '18080', '--no-web'],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, DATABASE_URL: '', NATS_URL: '', LOG_LEVEL: 'warn', DRILL_START: 'manual' },
      },
    );
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString();
      });
    await until(async () => {
      if (child.exitCode !== null) throw new Error(output);
      return /^ready http/m.test(output) ? true : undefined;
    });
    state = JSON.parse(readFileSync(join(data, 'run.json'), 'utf8'));
    broker = await openBroker(state.natsUrl, 'test');
  }, 120_000);
  afterAll(async () => {
    await broker?.close();
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const said = async (district: string, subject: string) =>
    (await lastMessage<CloudEvent>(broker, streamOf(district), `vx.${district}.${subject}`).catch(() => undefined))
      ?.event;
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetchAs(data)(`${state.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const importer = async (kind: string, file: string, content: string, ...options: string[]) => {
    const path = join(folder, file);
    writeFileSync(path, content);
    const args = [join(root, 'deploy/commands/import.ts'), kind, path, ...options];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, timeout: 90_000 });
    return stdout;
  };
  const people = 'area_id,population,valid_from\nq7-tan-phu,12345,2024-01-01\n';
  const importPeople = (...options: string[]) =>
    importer('population', 'dân số.csv', people, '--district', 'q7', ...options);

  test('the places were said by geography', async () => {
    expect(await said('q7', 'geography.district.q7')).toMatchObject({
      authtype: 'service_account',
      authid: 'geography',
    });
  });

  test('the drill is itself, by its secret, when it registers its district and when it sends', async () => {
    expect((await post('/api/drill', { action: 'start' })).status).toBe(200);
    const drill = { authtype: 'service_account', authid: 'drill' };
    expect(await until(() => said(exercise, 'epidemic.case.>'))).toMatchObject(drill);
    expect(await said(exercise, `geography.district.${exercise}`)).toMatchObject(drill);
    expect(await said(exercise, 'geography.area.>')).toMatchObject(drill);
    expect((await post('/api/drill', { action: 'stop' })).status).toBe(200);
  });

  test('the importer is itself by the secret of the data folder, and all of one run belongs together', async () => {
    expect(await importPeople('--data', data)).toContain('accepted 1 + rejected 0');
    expect(await said('q7', 'geography.population.q7-tan-phu')).toMatchObject({
      authtype: 'service_account',
      authid: 'import',
      correlationid: expect.stringMatching(/^import-[0-9a-f-]{36}$/),
      data: { people: 12345 },
    });
  });

  test('what a file leaves open the command asks for, in both languages, and sends nothing', async () => {
    const nowhere = 'Mã hồ sơ,Ngày,Hành vi\nX-1,2024-01-05,không phép\n';
    const take = (...options: string[]) =>
      importer('violations', 'x.csv', nowhere, '--district', 'q7', '--data', data, ...options);
    await expect(take()).rejects.toThrow(/nothing was sent.*--no-place[\s\S]*không gửi gì/);
    expect(await take('--dry-run')).toContain('No column says where the rows are');
    expect(await take('--no-place')).toContain('accepted 1 + rejected 0');
    const dots = 'Phường;Dân số;Từ ngày\nTân Phú;12.000;2024-02-01\n';
    const count = (...options: string[]) =>
      importer('population', 'd.csv', dots, '--district', 'q7', '--data', data, ...options);
    await expect(count()).rejects.toThrow(/column "Dân số", "12.000" \(line 2\).*--number-format[\s\S]*cột "Dân số"/);
    expect(await count('--number-format', 'vi')).toContain('"people":12000');
  });

  test('it is itself at the doors of geography too: a new district and its layer of areas', async () => {
    const square = [
      [106.7, 10.7],
      [106.71, 10.7],
      [106.71, 10.71],
      [106.7, 10.71],
      [106.7, 10.7],
    ];
    const feature = {
      type: 'Feature',
      properties: { area_id: 'a', name: 'Tây' },
      geometry: { type: 'Polygon', coordinates: [square] },
    };
    const layer = JSON.stringify({ type: 'FeatureCollection', features: [feature] });
    const place = ['--name', 'Thử', '--time-zone', 'Asia/Ho_Chi_Minh', '--centre', '106.7,10.7', '--root', 'thu'];
    const options = ['--district', 'thu', '--create-district', ...place, '--data', data];
    expect(await importer('areas', 'phường.geojson', layer, ...options)).toContain('"areas": 2');
    const imported = { authtype: 'service_account', authid: 'import' };
    const area = await said('thu', 'geography.area.a');
    expect(area).toMatchObject(imported);
    expect(await said('thu', 'geography.district.thu')).toMatchObject({
      ...imported,
      correlationid: area!.correlationid,
    });
  });

  test('to a product that is not the one of its data folder it shows no secret, and is a visitor who sees exercises alone', async () => {
    await expect(importPeople('--url', state.url, '--source', 'again')).rejects.toThrow(/no district "q7"/);
  });

  test('the owner of the folder by a command and by the door, whatever the event claims; a forged score and a wrong token by nobody', async () => {
    const command = await post('/api/epidemic/cases?district=q7', { caseId: 'typed', confirmedDate: '2026-03-01' });
    expect(command.status).toBe(201);
    const typed = await said('q7', 'epidemic.case.typed');
    const operator = { authtype: 'service_account', authid: 'operator' };
    expect(typed).toMatchObject({ ...operator, correlationid: command.headers.get('x-request-id') });
    const event = {
      specversion: '1.0',
      id: '1',
      source: '/lab',
      type: 'case-confirmed',
      time: '2026-03-01T00:00:00Z',
      district: 'q7',
      data: { caseId: 'fed', confirmedDate: '2026-03-01' },
    };
    const fed = await post('/api/events', event);
    expect(fed.status).toBe(201);
    expect(await said('q7', 'epidemic.case.fed')).toMatchObject({
      ...operator,
      correlationid: fed.headers.get('x-request-id'),
    });
    expect((await post('/api/events', { ...event, type: 'risk-scored' })).status).toBe(403);
    expect((await post('/api/events', event, { authorization: `Bearer ${'x'.repeat(43)}` })).status).toBe(401);
    expect((await post('/api/epidemic/cases?district=q7', {}, { authorization: 'Bearer no' })).status).toBe(401);
  });
});
