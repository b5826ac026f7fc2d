import '../services.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { intakeAccess } from '#contracts/access/intake.ts';
import type { ImportReport } from '#contracts/http/imports.ts';
import { type App, createApp } from '#platform/app.ts';
import { createMetrics } from '#platform/metrics.ts';
import { silentLog } from '#platform/testing/servers.ts';
import { addImportRoutes } from './routes.ts';

let folder: string;
let app: App;
const sent: unknown[] = [];
let slow = Promise.resolve();
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'imports-'));
  let number = 0;
  app = createApp({ name: 'intake', log: silentLog, metrics: createMetrics('imports-test'), access: intakeAccess });
  addImportRoutes(app, {
    send: async (events) => {
      await slow;
      sent.push(...events);
      return { accepted: events.length, duplicates: 0, rejected: [] };
    },
    target: async (district) =>
      district === 'q7' ? { district, timeZone: 'Asia/Ho_Chi_Minh', clock: 'live', areas: [] } : undefined,
    folder,
    newId: () => `import-${++number}`,
    // Long enough for a busy machine; the import that takes long is held back by hand.
    waitMs: 3000,
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

const csv = 'ma ho so,ngay,loai\nA,2021-07-01,sai phép\nB,never,sai phép\nA,2021-07-01,sai phép\n';
const post = (path: string, body: string | FormData) =>
  app.request(path, {
    method: 'POST',
    body,
    ...(typeof body === 'string' ? { headers: { 'content-type': 'text/csv' } } : {}),
  });

test('a dry run tells mapping, preview, rejects, and sends nothing', async () => {
  const response = await post('/api/imports/violations?district=q7&dryRun=true', csv);
  expect(response.status).toBe(200);
  const report = (await response.json()) as ImportReport;
  expect(report).toMatchObject({ state: 'done', rows: 3, accepted: 1, rejected: 1, folded: 1, progress: 1 });
  expect(report.mapping).toContainEqual({ field: 'violationId', column: 'ma ho so', example: 'A' });
  expect(report.preview[0]).toMatchObject({ line: 2, drafts: [{ type: 'violation-reported' }] });
  expect(report.rejectedRows).toMatchObject([{ line: 3, column: 'ngay', value: 'never' }]);
  expect(sent).toEqual([]);
  const rejects = await app.request(`/api/imports/${report.id}/rejects`);
  const bytes = new Uint8Array(await rejects.clone().arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(await rejects.text()).toContain('3,ngay,never,');
});

test('a form is taken as well; the report can be asked for again', async () => {
  const form = new FormData();
  form.set('file', new File([csv], 'july.csv'));
  const report = (await (await post('/api/imports/violations?district=q7', form)).json()) as ImportReport;
  expect(report).toMatchObject({ state: 'done', accepted: 1 });
  expect(sent).toMatchObject([{ source: 'import/violations/july.csv', district: 'q7' }]);
  expect(sent[0]).not.toHaveProperty('recordedtime');
  expect(await (await app.request(`/api/imports/${report.id}`)).json()).toMatchObject({ id: report.id, rows: 3 });
});

test('what takes long is answered with 202, and ends', async () => {
  let go = () => {};
  slow = new Promise((resolve) => {
    go = resolve;
  });
  const response = await post('/api/imports/violations?district=q7', csv);
  expect(response.status).toBe(202);
  go();
  const at = response.headers.get('location')!;
  await expect.poll(async () => ((await (await app.request(at)).json()) as ImportReport).state).toBe('done');
});

test('refusals name line, field and bound', async () => {
  const damaged = await post('/api/imports/violations?district=q7', 'a,b\n<<<<<<< HEAD\n1,2\n');
  expect(damaged.status).toBe(422);
  expect(await damaged.json()).toMatchObject({
    errors: [{ field: 'line 2', reason: expect.stringContaining('merge conflict') }],
  });
  const unclear = await post('/api/imports/violations?district=q7', 'ma ho so,ngay\nA,1/2/2021\n');
  expect(await unclear.json()).toMatchObject({
    status: 422,
    errors: [{ reason: expect.stringContaining('--date-format') }],
  });
  const inVietnamese = await app.request('/api/imports/violations?district=q7', {
    method: 'POST',
    body: 'ma ho so,ngay\nA,1/2/2021\n',
    headers: { 'content-type': 'text/csv', 'accept-language': 'vi' },
  });
  expect(await inVietnamese.json()).toMatchObject({ errors: [{ reason: expect.stringContaining('cột "ngay"') }] });
  const dots = 'ma phuong,dan so,tu ngay\nA,12.000,2021-07-01\n';
  expect(await (await post('/api/imports/population?district=q7', dots)).json()).toMatchObject({
    errors: [{ reason: expect.stringContaining('--number-format') }],
  });
  expect((await post('/api/imports/population?district=q7&numberFormat=vi&dryRun=true', dots)).status).toBe(200);
  expect((await post('/api/imports/population?district=q7&numberFormat=de', dots)).status).toBe(422);
  expect((await post('/api/imports/violations?district=nowhere', csv)).status).toBe(404);
  expect((await post('/api/imports/things?district=q7', csv)).status).toBe(422);
  expect((await post('/api/imports/areas?district=q7', csv)).status).toBe(422);
  expect((await app.request('/api/imports/import-99')).status).toBe(404);
});

test('titles and reasons are in the language of the reader', async () => {
  const asked = async (path: string, body: string, language: string) => {
    const response = await app.request(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'text/csv', 'accept-language': language },
    });
    return (await response.json()) as { title: string; errors: { reason: string }[] };
  };
  const unclear = (language: string) =>
    asked('/api/imports/violations?district=q7', 'ma ho so,ngay\nA,1/2/2021\n', language);
  expect((await unclear('vi')).title).toBe('Chưa rõ nội dung của tệp, chưa nạp gì cả');
  expect((await unclear('en')).title).toBe('What the file means is not clear, nothing of it was taken in');
  expect((await asked('/api/imports/violations?district=q7', 'a,b\n<<<<<<< HEAD\n1,2\n', 'vi')).title).toBe(
    'Tệp bị hỏng, chưa nạp gì cả',
  );
  const nowhere = await asked('/api/imports/violations?district=nowhere', csv, 'vi');
  expect(nowhere).toMatchObject({
    title: 'Không có địa bàn này',
    errors: [{ reason: expect.stringContaining('không có địa bàn này') }],
  });
});
