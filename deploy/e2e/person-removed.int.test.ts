// A person in the started product: his place stands in rows for the map, sealed in the journal, and after his removal in no file of the whole data folder.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Started, startIn } from './product.ts';

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = fileURLToPath(new URL('../../', import.meta.url));
const location = { lon: 106.7283417, lat: 10.7343413 };
const text = 'Bà Phan Thị Sim';
let product: Started;

beforeAll(async () => {
  product = await startIn(root, '--no-drill', '--no-web');
});
afterAll(() => product?.stop());

const ask = async (path: string, body?: object) => {
  const answer = await product.fetch(`${product.state.url}${path}`, {
    ...(body ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  const said = (await answer.json()) as Record<string, never>;
  expect([answer.status, said]).toEqual([expect.toSatisfy((status: number) => status < 300), said]);
  return said;
};
const query = async (sql: string) => {
  const client = new pg.Client({ connectionString: product.state.databaseUrl });
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows as Record<string, string>[];
};
const command = (name: string, ...args: string[]) =>
  promisify(execFile)(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, `deploy/commands/${name}.ts`),
      ...args,
      '--data',
      product.data,
    ],
    { cwd: root },
  );

/** Files of the product, its servers' among them, that hold the place or the text in any of their writings. */
async function filesWithPerson(): Promise<string[]> {
  const bytes = Buffer.alloc(16);
  bytes.writeDoubleLE(location.lon, 0);
  bytes.writeDoubleLE(location.lat, 8);
  const traces = [bytes, String(location.lon), String(location.lat), text];
  const [cluster] = await query(`SELECT current_setting('data_directory') AS folder`);
  const found = new Set<string>();
  for (const folder of new Set([product.data, cluster!.folder!]))
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      // Files of servers come and go.
      if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue;
      const content = readFileSync(path);
      if (traces.some((trace) => content.includes(trace))) found.add(path.slice(folder.length + 1));
    }
  return [...found];
}

test('his place is on the map, and in the files of PostgreSQL alone', async () => {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date());
  await ask('/api/epidemic/cases?district=q7', {
    caseId: 'p1',
    confirmedDate: today,
    location,
    ageYears: 52,
    reporter: text,
  });
  await ask('/api/epidemic/cases?district=q7', {
    caseId: 'p2',
    confirmedDate: today,
    location: { lon: 106.7284, lat: 10.7344 },
  });
  expect(await ask('/api/epidemic/cases/p1?district=q7')).toMatchObject({ ...location, ageYears: 52 });
  await query('CHECKPOINT');
  const files = await filesWithPerson();
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !/(^|\/)(base|pg_wal)\//.test(file))).toEqual([]);
});

test('removed by the command he is in no file, and is counted as before; the other is as he was', async () => {
  const figures = async () => JSON.stringify((await ask('/api/epidemic/figures?district=q7')).areas);
  const before = await figures();
  const { stdout } = await command('persons', 'remove', '--case', 'p1', '--reason', 'asked for it');
  expect(stdout).toMatch(/^p1 is removed \(sequence \d+ of the journal\); 1 keys are destroyed$/m);
  expect(await filesWithPerson()).toEqual([]);
  const { areaId } = await ask('/api/epidemic/cases/p1?district=q7');
  expect(areaId).toMatch(/^q7-/);
  expect(await ask('/api/epidemic/cases/p1?district=q7')).toMatchObject({ removed: true, lon: null, ageYears: null });
  expect(await ask('/api/epidemic/cases/p2?district=q7')).toMatchObject({ lon: 106.7284, lat: 10.7344 });
  expect(await figures()).toBe(before);
  expect(JSON.parse((await command('keys', 'status')).stdout)).toMatchObject({ usable: true, destroyed: 1 });
});

test('keys are wrapped anew while it runs, and facts are taken and read on', async () => {
  await command('keys', 'rotate');
  await ask('/api/epidemic/cases/p2/correction?district=q7', { location: { lon: 106.7285, lat: 10.7345 } });
  expect(await ask('/api/epidemic/cases/p2?district=q7')).toMatchObject({ lon: 106.7285, lat: 10.7345 });
  expect((await ask('/api/status')).persons).toBeUndefined();
});
