import '../services.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intakeAccess } from '#contracts/access/intake.ts';
import type { CellCorrection, ColumnLook, ImportReport } from '#contracts/http/imports.ts';
import { type App, createApp } from '#platform/app.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog } from '#platform/testing/servers.ts';
import type { OutgoingEvent } from './import-event.ts';
import { addImportRoutes } from './routes.ts';

let folder: string;
let app: App;
const sent: OutgoingEvent[] = [];
const start = () => {
  let number = 0;
  app = createApp({ name: 'intake', log: silentLog, metrics: createMetrics('imports-test'), access: intakeAccess });
  addImportRoutes(app, {
    send: async (events) => {
      sent.push(...events);
      return { accepted: events.length, duplicates: 0, rejected: [] };
    },
    target: async (district) => ({ district, timeZone: 'Asia/Ho_Chi_Minh', clock: 'live', areas: [] }),
    folder,
    newId: () => `import-${++number}-${sent.length}`,
    waitMs: 15_000,
  });
};
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
  start();
});
afterAll(() => rmSync(folder, { recursive: true }));

const csv = 'ma ho so,ngay,loai\nA,2021-07-01,sai phép\nB,never,sai phép\nA,2021-07-01,sai phép\n';
const post = async <Answer>(path: string, corrections?: CellCorrection[] | string) => {
  const form = new FormData();
  form.set('file', new File([csv], 'july.csv'));
  if (corrections) form.set('corrections', typeof corrections === 'string' ? corrections : JSON.stringify(corrections));
  const response = await app.request(path, { method: 'POST', body: form });
  return { status: response.status, body: (await response.json()) as Answer };
};
const get = async <Answer>(path: string) => (await (await app.request(path)).json()) as Answer;

test('a look at the columns keeps nothing and sends nothing', async () => {
  const { status, body } = await post<ColumnLook>('/api/imports/violations/columns?district=q7');
  expect(status).toBe(200);
  expect(body).toMatchObject({ rows: 3, questions: [], placeless: true });
  expect(body.columns).toEqual([
    { name: 'ma ho so', samples: ['A', 'B'] },
    { name: 'ngay', samples: ['2021-07-01', 'never'] },
    { name: 'loai', samples: ['sai phép'] },
  ]);
  expect([sent, readdirSync(folder)]).toEqual([[], []]);
});

test('cells that were mended come beside the file: a trial, then for good; what was taken in is kept without a cell of the file', async () => {
  const trial = await post<ImportReport>('/api/imports/violations?district=q7&dryRun=true');
  expect(trial.body).toMatchObject({
    rejected: 1,
    columns: ['ma ho so', 'ngay', 'loai'],
    rejectedLines: [{ line: 3, cells: ['B', 'never', 'sai phép'] }],
    foldedRows: [{ line: 4, sameAs: 2 }],
    corrected: 0,
  });
  // No advice of the command line on a screen.
  expect(JSON.stringify(trial.body.findings)).not.toContain('--');
  const mended = [{ line: 3, column: 'ngay', value: '2021-07-02' }];
  const again = await post<ImportReport>('/api/imports/violations?district=q7&dryRun=true', mended);
  expect(again.body).toMatchObject({ accepted: 2, rejected: 0, folded: 1, corrected: 1 });
  expect(await get('/api/imports?district=q7')).toEqual([]);
  expect(sent).toEqual([]);
  const { body } = await post<ImportReport>('/api/imports/violations?district=q7', mended);
  expect(body).toMatchObject({ accepted: 2, born: 2, source: 'import/violations/july.csv' });
  expect(sent.map(({ data }) => (data as { violationId: string }).violationId)).toEqual(['A', 'B']);
  const kept = readdirSync(folder).find((name) => name.endsWith('.kept.json'))!;
  expect(readFileSync(join(folder, kept), 'utf8')).not.toMatch(/never|sai phép/);
  // A service that starts again knows it still.
  start();
  expect(await get('/api/imports?district=q7')).toMatchObject([
    { id: body.id, kind: 'violations', accepted: 2, born: 2 },
  ]);
  expect(await get('/api/imports?district=other')).toEqual([]);
  expect(await get(`/api/imports/${body.id}/entities`)).toEqual(['A', 'B']);
  expect(await get(`/api/imports/${body.id}`)).toMatchObject({ state: 'done', accepted: 2 });
});

test('corrections that are none are refused by name', async () => {
  const at = '/api/imports/violations?district=q7&dryRun=true';
  for (const [corrections, field] of [
    ['{', 'corrections'],
    ['[{"line":0,"column":"ngay","value":"x"}]', 'corrections.0.line'],
    [[{ line: 3, column: 'nowhere', value: 'x' }], 'file'],
    [[{ line: 7, column: 'ngay', value: 'x' }], 'file'],
  ] as const) {
    const { status, body } = await post<{ errors: { field: string }[] }>(at, corrections as CellCorrection[] | string);
    expect([status, body.errors.map((error) => error.field)]).toEqual([422, [field]]);
  }
  expect((await app.request('/api/imports/..%2f..%2fetc/entities')).status).toBe(404);
});

test('an answer that is not waited for says that it runs', async () => {
  const { status } = await post<ImportReport>('/api/imports/violations?district=q7&dryRun=true&waitMs=0');
  expect([200, 202]).toContain(status);
});

test('columns are named as JSON where their names hold commas', async () => {
  const map = encodeURIComponent(JSON.stringify({ occurredAt: 'ngay', violationId: 'ma ho so' }));
  const { body } = await post<ColumnLook>(`/api/imports/violations/columns?district=q7&map=${map}`);
  expect(body.fields.find(({ field }) => field === 'occurredAt')).toMatchObject({ column: 'ngay', evidence: 'told' });
  for (const wrong of ['{', '{"a":1}'])
    expect((await post(`/api/imports/violations?district=q7&map=${encodeURIComponent(wrong)}`)).status).toBe(422);
});
