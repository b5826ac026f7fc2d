import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fetchAs } from './fetch-as.ts';
import type { RunState } from './run-state.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-start-'));
chmodSync(folder, 0o755);

/** As who owns the data folder. */
const ask = fetchAs(join(folder, 'data'));

/** The product as people start it, from its first step on; only the web app and the drill are left out. */
class Product {
  output = '';
  readonly child: ChildProcess;
  constructor(port: number, ...more: string[]) {
    this.child = spawn(
      'node',
      [
        'deploy/setup.mjs',
        'start',
        '--data',
        join(folder, 'data'),
        '--port',
        String(port),
        '--no-web',
        '--no-drill',
        ...more,
      ],
      {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, DATABASE_URL: '', NATS_URL: '', LOG_LEVEL: 'warn' },
      },
    );
    for (const stream of [this.child.stdout!, this.child.stderr!])
      stream.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
      });
  }
  async ready(): Promise<RunState> {
    const deadline = Date.now() + 60_000;
    while (!/^ready http/m.test(this.output)) {
      if (Date.now() > deadline || this.child.exitCode !== null)
        throw new Error(`not ready:
${this.output}`);
      await new Promise((done) => setTimeout(done, 50));
    }
    return JSON.parse(readFileSync(join(folder, 'data/run.json'), 'utf8'));
  }
  ended = () =>
    new Promise<number | null>((done) =>
      this.child.exitCode === null && this.child.signalCode === null
        ? this.child.once('exit', done)
        : done(this.child.exitCode),
    );
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    // A process that has ended and was not yet collected by its parent answers too.
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('npm start', () => {
  let product: Product;
  let state: RunState;
  const taken = createServer();
  let port: number;

  beforeAll(async () => {
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    port = (taken.address() as { port: number }).port;
    product = new Product(port);
    state = await product.ready();
  }, 90_000);
  afterAll(async () => {
    taken.close();
    product.child.kill('SIGTERM');
    await product.ended();
    rmSync(folder, { recursive: true, force: true });
  });

  test('a port that is taken: the next free one, and it says so', () => {
    expect(Number(new URL(state.url).port)).toBeGreaterThan(port);
    expect(product.output).toContain(`port ${port} is taken`);
  });

  test('started as root, the start alone is root', () => {
    const stays = /started as root, and services and broker run as root too: user \d+ may not read/.test(
      product.output,
    );
    const uidOf = (pid: number) => Number(/^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]);
    const { postgres, ...others } = state.pids;
    const asRoot = Object.keys(others).filter((name) => uidOf(others[name]!) === 0);
    expect(uidOf(postgres!)).not.toBe(0);
    expect(asRoot).toEqual(stays ? Object.keys(others) : []);
    expect(statSync(join(folder, 'data/keys')).uid).toBe(uidOf(others.epidemic!));
  });

  test('a second start on the same data is refused with the address of the first', async () => {
    const second = new Product(port);
    expect(await second.ended()).toBe(1);
    expect(second.output).toContain(`already running on ${join(folder, 'data')}: ${state.url}`);
  });

  test.each([
    [['--host', '0.0.0.0'], 'a proxy with TLS'],
    [['--port', 'abc'], '--port abc: a whole number from 1 to 65535'],
    [['--colour'], '--no-drill'],
    [
      ['--data', join(folder, 'other'), '--district', '/nowhere'],
      '--district /nowhere: there is no such file or folder',
    ],
  ])('%j is refused in words', async (options, words) => {
    const refused = new Product(port, ...options);
    expect(await refused.ended()).toBe(1);
    expect(refused.output).toContain(words);
  });

  test('broker, database and a service are killed while facts come in: every acknowledged fact is in the rows once', async () => {
    let stop = false;
    let next = 0;
    const acknowledged: string[] = [];
    const send = async () => {
      while (!stop) {
        const ids = Array.from({ length: 50 }, () => `k-${next++}`);
        const body = JSON.stringify(
          ids.map((id) => ({
            specversion: '1.0',
            id,
            source: '/chaos',
            type: 'case-confirmed',
            time: '2021-08-01T00:00:00Z',
            district: 'q7',
            data: { caseId: id, confirmedDate: '2021-08-01', areaId: 'q7-tan-phu' },
          })),
        );
        // What was not acknowledged is sent again, as a feed does.
        for (;;) {
          const answer = await ask(`${state.url}/api/events`, {
            method: 'POST',
            headers: { 'content-type': 'application/cloudevents-batch+json' },
            body,
          }).catch(() => undefined);
          if (answer?.status === 201) break;
          await new Promise((done) => setTimeout(done, 200));
        }
        acknowledged.push(...ids);
      }
    };
    const senders = [send(), send()];
    const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
    await pause(1000);
    for (const name of ['nats', 'epidemic', 'postgres', 'intake']) {
      process.kill(state.pids[name]!, 'SIGKILL');
      await pause(2500);
    }
    stop = true;
    await Promise.all(senders);
    expect(acknowledged.length).toBeGreaterThan(500);
    const count = async () => {
      const client = new pg.Client({ connectionString: state.databaseUrl });
      try {
        await client.connect();
        const { rows } = await client.query<{ n: string; distinct_n: string }>(
          `SELECT count(*) AS n, count(DISTINCT case_id) AS distinct_n FROM epidemic.case_versions WHERE district = 'q7' AND case_id = ANY($1)`,
          [acknowledged],
        );
        return [Number(rows[0]!.n), Number(rows[0]!.distinct_n)];
      } finally {
        await client.end().catch(() => {});
      }
    };
    await expect.poll(count, { timeout: 90_000, interval: 500 }).toEqual([acknowledged.length, acknowledged.length]);
    expect(product.output).toMatch(/nats-server ended by itself: started again/);
    expect(product.output).toMatch(/epidemic ended \(SIGKILL\); started again/);
  }, 120_000);

  test('no secret is shown: in no command line, no log, no answer', async () => {
    const data = join(folder, 'data');
    const readable = (files: string[]) =>
      files.map((file) => {
        try {
          return readFileSync(file, 'utf8');
        } catch {
          return ''; // a process that has just ended
        }
      });
    const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    const shown = [
      ...readable(processes.map((pid) => `/proc/${pid}/cmdline`)),
      ...readable(readdirSync(join(data, 'logs')).map((name) => join(data, 'logs', name))),
      ...readable([join(data, 'nats/nats.log')]),
      product.output,
      await (await ask(`${state.url}/api/status`)).text(),
    ].join('\n');
    expect(shown).toContain('nats.conf');
    const secrets = readdirSync(join(data, 'secrets'));
    expect(secrets).toEqual(expect.arrayContaining(['operator', 'epidemic', 'intake']));
    for (const name of secrets)
      expect([name, shown.includes(readFileSync(join(data, 'secrets', name), 'utf8'))]).toEqual([name, false]);
    expect(statSync(join(data, 'run.json')).mode & 0o777).toBe(0o600);
  });

  test('a GeoJSON file is a district too: checked, repaired, and said', async () => {
    const square = (id: string, west: number) => ({
      type: 'Feature',
      properties: { id, name: `Phường ${id}` },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [west, 10],
            [west + 0.01, 10],
            [west + 0.01, 10.01],
            [west, 10.01],
            [west, 10],
          ],
        ],
      },
    });
    const file = join(folder, 'Quận Thử.geojson');
    const broken = {
      type: 'Feature',
      properties: { id: 'C', name: 'C' },
      geometry: { type: 'Polygon', coordinates: [[[106, 10]]] },
    };
    writeFileSync(
      file,
      JSON.stringify({ type: 'FeatureCollection', features: [square('A', 106), square('B', 106.01), broken] }),
    );
    const other = new Product(port, '--data', join(folder, 'file'), '--district', file);
    const deadline = Date.now() + 60_000;
    while (!/^ready http/m.test(other.output) && Date.now() < deadline)
      await new Promise((done) => setTimeout(done, 100));
    expect(other.output).toMatch(/feature 2 \(C\) refused/);
    const { url } = JSON.parse(readFileSync(join(folder, 'file/run.json'), 'utf8')) as RunState;
    const districts = async () =>
      (
        (await (await fetchAs(join(folder, 'file'))(`${url}/api/districts`)).json()) as {
          district: string;
          name: string;
        }[]
      ).map(({ district, name }) => [district, name]);
    await expect.poll(districts, { timeout: 90_000 }).toEqual([['quan-thu', 'Quận Thử']]);
    other.child.kill('SIGTERM');
    expect(await other.ended()).toBe(0);
  }, 90_000);

  test('SIGTERM ends every process, and the next start takes up the data in under 10 s', async () => {
    product.child.kill('SIGTERM');
    expect(await product.ended()).toBe(0);
    expect(product.output).toContain('stopped; the data is kept');
    expect(existsSync(join(folder, 'data/run.json'))).toBe(false);
    const before = performance.now();
    product = new Product(port);
    state = await product.ready();
    expect(product.output).toContain('its places are in the journal');
    // Told, not judged: a busy machine is no fault of the code.
    process.stderr.write(`second start: ${((performance.now() - before) / 1000).toFixed(1)} s\n`);
    const answer = await ask(`${state.url}/api/epidemic/figures?district=q7&areaId=q7&onDay=2021-08-01`);
    const { areas } = (await answer.json()) as { areas: { figures: Record<string, { value: number }> }[] };
    expect(areas[0]!.figures['cases-7d']!.value).toBeGreaterThan(500);
  }, 60_000);

  test('when the start is killed without a word, nothing of it stays behind', async () => {
    const pids = Object.values(state.pids);
    process.kill(state.pid, 'SIGKILL');
    await expect.poll(() => pids.filter(alive), { timeout: 90_000, interval: 200 }).toEqual([]);
  }, 30_000);
});
