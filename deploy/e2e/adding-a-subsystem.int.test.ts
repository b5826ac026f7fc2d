// The trial: what a stranger does. In a copy of the repository a folder is added and the list gets its line; then the whole product is started there, and
// the newcomer is asked for at every entrance and exit. No file of another room knows it.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { VectorTile } from '@mapbox/vector-tile';
import { PbfReader } from 'pbf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Faces } from '../../services/contracts/faces.ts';
import type { LiveBatch, LiveItem } from '../../services/contracts/live.ts';
import { bytesPerPoint } from '../../services/contracts/points.ts';
import { until } from '../../services/platform/testing/requests.ts';
import { type Started, startIn } from './product.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const toy = join(root, 'services/lifecycle/testing/trees');
const mostLines = 250;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').length - 1;

/** The repository without what can be made again; modules, numbers and the nats-server that the set-up brought are those of the original. */
function copyRepository(copy: string): void {
  const made = /\/(node_modules|dist|\.data)(\/|$)/;
  for (const name of ['services', 'deploy', 'web', 'package.json', 'tsconfig.json', 'vitest.config.ts'])
    cpSync(join(root, name), join(copy, name), { recursive: true, filter: (path) => !made.test(relative(root, path)) });
  for (const name of ['ml', 'docs', '.servers'].filter((one) => existsSync(join(root, one))))
    symlinkSync(join(root, name), join(copy, name));
  // Each module for itself: a tool that clears node_modules clears links, and the workspaces are the copy's own.
  mkdirSync(join(copy, 'node_modules/@vungxanh'), { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')))
    if (name !== '@vungxanh') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name));
  for (const name of ['services', 'web', 'ml'])
    symlinkSync(join(copy, name), join(copy, 'node_modules/@vungxanh', name));
}

/** The one line that tells the list of it: an import and a name. */
function addToTheList(copy: string): void {
  const list = join(copy, 'services/services.ts');
  const text = readFileSync(list, 'utf8')
    .replace('import { urbanOrder }', "import { trees } from './trees/declaration.ts';\nimport { urbanOrder }")
    .replace(/^ {2}economy,$/m, '  economy,\n  trees,');
  writeFileSync(list, text);
}

describe('a subsystem in one folder', () => {
  const copy = mkdtempSync(join(tmpdir(), 'vung-xanh-trial-'));
  let product: Started;
  const startedAt = performance.now();

  beforeAll(async () => {
    copyRepository(copy);
    cpSync(toy, join(copy, 'services/trees'), { recursive: true });
    addToTheList(copy);
    product = await startIn(copy, '--no-drill');
  }, 300_000);
  afterAll(async () => {
    await product?.stop();
    rmSync(copy, { recursive: true, force: true });
    process.stderr.write(`the trial took ${Math.round((performance.now() - startedAt) / 1000)} s\n`);
  }, 60_000);

  const address = (path: string, query: Record<string, string> = {}) =>
    `${product.state.url}${path}?${new URLSearchParams({ district: 'q7', ...query })}`;
  const get = async <Answer>(path: string, query?: Record<string, string>): Promise<Answer> => {
    const response = await product.fetch(address(path, query));
    if (!response.ok) throw new Error(`${response.status} ${path}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    product.fetch(address(path), {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  interface Tree {
    treeId: string;
    status: string;
    species: string;
    heightMetres: number | null;
    lawfulSteps: string[];
    version: number;
  }
  const listed = (query: Record<string, string> = {}) =>
    get<{ total: number; items: Tree[]; asOf: string }>('/api/trees/trees', query);
  const place = { lon: 106.7301, lat: 10.7302 };
  const day = (offset: number) => new Date(Date.now() - offset * 86_400_000).toISOString();

  test('is at most 250 lines in one folder and a line in the list; no other file names it', () => {
    const files = filesBelow(toy);
    const lines = files.map(linesOf).reduce((sum, count) => sum + count, 0);
    const table = files.map((file) => `${String(linesOf(file)).padStart(5)} ${relative(toy, file)}`);
    process.stderr.write(`${[...table, `${String(lines).padStart(5)} lines in ${files.length} files`].join('\n')}\n`);
    expect(lines).toBeLessThanOrEqual(mostLines);
    const text = (file: string) => readFileSync(file, 'utf8');
    const changed = ['services', 'deploy', 'web']
      .flatMap((folder) => filesBelow(join(copy, folder)))
      .filter((file) => !file.includes('/dist/') && !file.startsWith(join(copy, 'services/trees/')))
      .filter((file) => text(file) !== text(join(root, relative(copy, file))));
    expect(changed.map((file) => relative(copy, file))).toEqual(['services/services.ts']);
    // The kit's own tests take it for an example.
    const naming = filesBelow(copy)
      .filter((file) => /\.(ts|svelte|json|sql)$/.test(file) && statSync(file).size < 1_000_000)
      .filter((file) => !/\/(node_modules|dist|services\/(trees|lifecycle\/.*test.*))\//.test(file))
      .filter((file) => !/services\/lifecycle\/.*\.test\.ts$|adding-a-subsystem\.int\.test\.ts$/.test(file))
      .filter((file) =>
        /\btree-(planted|pruned|felled)\b|\btreeId\b|\/api\/trees\b|\btree_versions\b/.test(text(file)),
      );
    expect(naming.map((file) => relative(copy, file))).toEqual([]);
  });

  test('keeps what the list demands of every service', () => {
    execFileSync(process.execPath, ['services/readme-table.ts', '--write'], { cwd: copy });
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const output = execFileSync(
      process.execPath,
      [vitest, 'run', '--project', 'unit', '--reporter', 'verbose', 'services/architecture.test.ts'],
      {
        cwd: copy,
        encoding: 'utf8',
        env: { ...process.env, FORCE_COLOR: undefined, NO_COLOR: '1' },
      },
    );
    expect(output).toMatch(/\btrees has a README/);
    expect(output).toMatch(/Tests\s+\d+ passed/);
  }, 120_000);

  test('is planted, pruned and felled by REST; an unlawful step and a stale one are refused', async () => {
    const planted = await post('/api/trees/trees', {
      treeId: 'rest',
      species: 'delonix-regia',
      heightMetres: 14,
      location: place,
      occurredAt: day(3),
    });
    expect([planted.status, await planted.json()]).toMatchObject([
      201,
      { treeId: 'rest', projected: true, tree: { status: 'planted', lawfulSteps: ['prune'] } },
    ]);
    const felled = await post('/api/trees/trees/rest/fell', {});
    expect([felled.status, await felled.json()]).toMatchObject([
      409,
      { currentStatus: 'planted', lawfulSteps: ['prune'] },
    ]);
    const first = planted.headers.get('etag')!;
    const pruned = await post('/api/trees/trees/rest/prune', {}, { 'if-match': first });
    expect(pruned.status).toBe(200);
    expect((await post('/api/trees/trees/rest/prune', {}, { 'if-match': first })).status).toBe(412);
    const end = await post('/api/trees/trees/rest/fell', { reason: 'mục gốc' });
    expect(await end.json()).toMatchObject({ tree: { status: 'felled', reason: 'mục gốc', lawfulSteps: [] } });
    const history = await get<{ history: { type: string }[] }>('/api/trees/trees/rest');
    expect(history.history.map(({ type }) => type)).toEqual(['tree-planted', 'tree-pruned', 'tree-felled']);
  });

  test('comes by the door and from a file, with the words that people write', async () => {
    const event = {
      specversion: '1.0',
      id: 'door-1',
      source: 'trial',
      type: 'tree-planted',
      time: day(2),
      district: 'q7',
      data: { treeId: 'door', occurredAt: day(2), species: 'hopea-odorata', location: { lon: 106.72, lat: 10.73 } },
    };
    const door = await post('/api/events', event, { 'content-type': 'application/cloudevents+json' });
    expect([door.ok, await door.text()]).toEqual([true, expect.any(String)]);
    const catalogue = await get<{ type: string }[]>('/api/events/catalogue');
    expect(catalogue.map(({ type }) => type)).toEqual(expect.arrayContaining(['tree-planted', 'tree-felled']));

    const csv = [
      'Mã,Ngày,Loài cây,Chiều cao (m),Trạng thái,Trạng thái từ,Vĩ độ,Kinh độ',
      'F1,2024-03-05,Sao đen,15,,,10.7312,106.7311',
      'F2,2024-03-06,phượng vĩ,9,Đã cắt tỉa,2024-05-01,10.7322,106.7321',
      'F3,2024-03-07,cây bàng,9,,,10.7322,106.7321',
    ].join('\n');
    const imported = await post('/api/imports/trees', csv, { 'content-type': 'text/csv' });
    expect([imported.status, await imported.json()]).toMatchObject([
      200,
      {
        state: 'done',
        rows: 3,
        accepted: 2,
        rejected: 1,
        rejectedRows: [{ line: 4, column: 'Loài cây', value: 'cây bàng' }],
      },
    ]);
    await until(async () => ((await listed()).total === 4 ? true : undefined));
    const { items } = await listed({ status: 'pruned' });
    expect(items).toMatchObject([{ treeId: 'F2', species: 'delonix-regia', heightMetres: 9, status: 'pruned' }]);
  });

  test('list, map and figures are the same trees, now and as known before', async () => {
    const figures = async (query: Record<string, string> = {}) => {
      const { areas } = await get<{
        areas: { areaId: string | null; figures: { formula: string; value: number; list: string }[] }[];
      }>('/api/trees/figures', query);
      return areas.find(({ areaId }) => areaId === null)!.figures;
    };
    const told = await figures();
    expect(told.map(({ formula, value }) => [formula, value])).toEqual([
      ['trees-standing', 3],
      ['trees-tall', 1],
      ['trees-felled', 1],
    ]);
    for (const { list, value } of told)
      expect(((await (await product.fetch(`${product.state.url}${list}`)).json()) as { total: number }).total).toBe(
        value,
      );
    const points = await product.fetch(address('/api/trees/points'));
    expect((await points.arrayBuffer()).byteLength).toBe(4 * bytesPerPoint);
    expect(points.headers.get('x-total-count')).toBe('4');
    const area = (await get<Tree & { areaId: string }>('/api/trees/trees/F1')).areaId;
    expect(area).toMatch(/^q7-/);
    expect((await listed({ areaId: area })).total).toBeGreaterThan(0);

    const { asOf } = await listed();
    await post('/api/trees/trees', { treeId: 'later', species: 'other', location: place });
    expect([(await listed()).total, (await listed({ asOf })).total]).toEqual([5, 4]);
    expect((await figures({ asOf }))[0]!.value).toBe(3);
    expect((await figures())[0]!.value).toBe(4);
  });

  test('is told to whoever listens, with its figures', async () => {
    const stream = await product.fetch(address('/api/stream', { layers: 'trees' }));
    const items: LiveItem[] = [];
    const formulas = new Set<string>();
    const heard = (async () => {
      let text = '';
      for await (const chunk of stream.body!.pipeThrough(new TextDecoderStream())) {
        text += chunk;
        const lines = text.split('\n');
        text = lines.pop()!;
        for (const line of lines.filter((one) => one.startsWith('data:'))) {
          const batch = JSON.parse(line.slice(5)) as Partial<LiveBatch>;
          items.push(...(batch.items ?? []));
          for (const { formula } of batch.figures ?? []) formulas.add(formula);
        }
        if (items.length > 0 && formulas.has('trees-standing')) return;
      }
    })();
    await post('/api/trees/trees', { treeId: 'live', species: 'other', heightMetres: 3, location: place });
    await heard;
    expect(items[0]).toMatchObject({
      layer: 'trees',
      type: 'tree-planted',
      entity: 'live',
      status: 'planted',
      at: [place.lon, place.lat],
      values: { species: 'other', heightMetres: 3 },
    });
    expect([...formulas].sort()).toEqual(['trees-felled', 'trees-standing', 'trees-tall']);
  }, 90_000);

  test('is in a tile and in the OGC API', async () => {
    const z = 14;
    const x = Math.floor(((place.lon + 180) / 360) * 2 ** z);
    const radians = (place.lat * Math.PI) / 180;
    const y = Math.floor(((1 - Math.asinh(Math.tan(radians)) / Math.PI) / 2) * 2 ** z);
    const features = await until(async () => {
      const response = await product.fetch(address(`/api/tiles/trees/${z}/${x}/${y}.mvt`));
      if (response.status !== 200) return undefined;
      const layer = new VectorTile(new PbfReader(new Uint8Array(await response.arrayBuffer()))).layers.trees;
      return layer && layer.length >= 5 ? layer.length : undefined;
    });
    expect(features).toBeGreaterThanOrEqual(5);
    const collection = await product.fetch(`${product.state.url}/api/ogc/collections/q7.tree/items`);
    const { features: published } = (await collection.json()) as {
      features: { properties: Record<string, unknown> }[];
    };
    expect(published.map(({ properties }) => properties)).toContainEqual(
      expect.objectContaining({ species: 'delonix-regia', status: 'felled' }),
    );
  }, 120_000);

  test('has words in both languages for every face that a screen shows, and the web that was built brings them', async () => {
    const read =
      "await import('./services/services.ts'); const { faces } = await import('./services/contracts/faces.ts'); console.log(JSON.stringify(faces()));";
    const faces = JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--eval', read], { cwd: copy, encoding: 'utf8' }),
    ) as Faces;
    const feed = faces.feeds.find(({ name }) => name === 'trees')!;
    const { species, ...more } = faces.fields;
    const said = [
      feed.words,
      feed.layerWords,
      feed.points!.openWords,
      feed.points!.overWords,
      ...feed.points!.categories.map((value) => feed.values[value]!),
      ...feed.points!.statuses.map((value) => feed.values[value]!),
      ...['tree-planted', 'tree-pruned', 'tree-felled'].map((type) => faces.events[type]!),
      ...faces.services.find(({ name }) => name === 'trees')!.figures.map(({ words }) => words),
      species!,
      more.heightMetres!,
      faces.units.trees!,
      ...faces.forms.filter((form) => form.feed === 'trees').map(({ words }) => words),
      faces.imports.find(({ name }) => name === 'trees')!.words,
    ];
    expect(said).toHaveLength(24);
    const page = await (await fetch(product.state.url)).text();
    // What a screen needs comes with the screen: files name the files that they ask for.
    const named = (text: string) => [...text.matchAll(/[\w.-]+-[\w-]{8}\.js/g)].map(([name]) => name);
    const texts = new Map<string, string>();
    for (let names = named(page); names.length > 0; ) {
      const fresh = [...new Set(names)].filter((name) => !texts.has(name));
      for (const name of fresh)
        texts.set(name, await (await fetch(new URL(`/assets/${name}`, product.state.url))).text());
      names = fresh.flatMap((name) => named(texts.get(name)!));
    }
    const built = [...texts.values()].join('\n');
    for (const { vi, en } of said)
      expect([vi, en, built.includes(vi), built.includes(en)]).toEqual([vi, en, true, true]);
    const status = JSON.stringify(await get('/api/status'));
    expect(status).toContain('"trees"');
  });
});
