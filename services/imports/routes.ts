import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  type CellCorrection,
  cellCorrection,
  columnLook,
  type ImportReport,
  importReport,
} from '#contracts/http/imports.ts';
import { problemResponses } from '#contracts/http.ts';
import { askedInstant, districtId } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { appendProblem } from '#platform/command.ts';
import { type DiskSpace, noSpace } from '#platform/disk-space.ts';
import { assertMayIn, type Caller } from '#platform/permission.ts';
import { Problem, unknownDistrict, wordedErrors } from '#platform/problem.ts';
import type { OutgoingEvent } from './import-event.ts';
import { ImportJobs } from './import-jobs.ts';
import { kindNames, rowKind } from './kinds.ts';
import { lookAtFile } from './look-at-file.ts';
import { MappingError } from './mapping.ts';
import type { ImportRequest, TargetDistrict } from './plan-import.ts';
import { type Send, sendNothing } from './run-import.ts';
import { fileOnDisk } from './table/source-bytes.ts';
import { DamagedFile } from './table/structural-damage.ts';
import type { HeardQuestion } from './target-district.ts';

/** Who brought a file, and by which request. */
export interface Bringer {
  requestId: string;
  caller: Caller;
}

export interface ImportRoutesOptions {
  /** The door's own judgement and journal; `by` is the request that brought the file. */
  send: (events: OutgoingEvent[], by: Bringer) => ReturnType<Send>;
  /** The same judgement for a dry run, without the journal; left out: a dry run reads the file, and nobody judges its facts. */
  judge?: (events: OutgoingEvent[], by: Bringer) => ReturnType<Send>;
  /** What is known of a district; undefined: there is none. */
  target: (district: string) => Promise<TargetDistrict | undefined>;
  /** Ids of the events that a file's source has said, in the order of the journal; left out: nobody knows of any. */
  heard?: (question: HeardQuestion) => Promise<string[]>;
  /** Where files lie while they are read, and rejects stay. */
  folder: string;
  newId: () => string;
  /** Of the disk that files and journal are on; left out: nobody knows. */
  space?: (() => DiskSpace | undefined) | undefined;
  /** How long an answer waits for the end before it says "running". */
  waitMs?: number;
  /** Left out: the clock of this machine. */
  now?: () => Date;
}

const textByName = z.record(z.string(), z.string());
function pairsIn(text: string, context: z.RefinementCtx): Record<string, string> {
  try {
    return textByName.parse(JSON.parse(text));
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'a JSON object of texts',
      params: { vi: 'cần một đối tượng JSON gồm các chuỗi' },
    });
    return z.NEVER;
  }
}

const pairs = z
  .string()
  .default('')
  .transform((text, context): Record<string, string> => {
    // A name of a column may hold any sign: a programme writes JSON.
    if (text.startsWith('{')) return pairsIn(text, context);
    return Object.fromEntries(
      text
        .split(',')
        .filter(Boolean)
        .map((pair) => {
          const [field, ...rest] = pair.split('=');
          return [field!.trim(), rest.join('=').trim()];
        }),
    );
  })
  .openapi({ type: 'string' });

const params = () => z.object({ kind: z.enum(kindNames()) });
const query = z.object({
  district: districtId,
  dryRun: z.enum(['true', 'false']).default('false'),
  map: pairs.openapi({ description: 'field=column,…, or the same as a JSON object; field= takes a guess back' }),
  set: pairs.openapi({ description: 'field=value,… on every row' }),
  dateFormat: z.enum(['dmy', 'mdy']).optional(),
  numberFormat: z
    .enum(['vi', 'en'])
    .optional()
    .openapi({ description: 'where the file cannot tell thousands from decimals: vi 1.234,5 or en 1,234.5' }),
  periodDays: z.coerce.number().int().min(1).max(366).optional(),
  crs: z.string().max(80).optional(),
  sheet: z
    .string()
    .max(31)
    .optional()
    .openapi({ description: 'name of the sheet, of a workbook in which several hold something' }),
  recordedTime: askedInstant.optional(),
  source: z
    .string()
    .min(1)
    .max(120)
    .optional()
    .openapi({ description: 'names the source; the same name and file a second time change nothing' }),
  waitMs: z.coerce.number().int().min(0).max(15_000).optional().openapi({
    description: 'how long the answer waits for the end before it says "running", milliseconds',
  }),
});
/** Cells that were mended come beside the file, as the field `corrections` of a form. */
const mostCorrections = 10_000;
const corrections = z.array(cellCorrection).max(mostCorrections);

const saidQuery = z.object({
  district: districtId,
  source: z.string().min(1).max(256).openapi({ description: 'source attribute of the events of a file' }),
  through: z.coerce
    .number()
    .int()
    .min(0)
    .default(0)
    .openapi({ description: 'place in the journal that the answer has to know' }),
});

const answer = (description: string) => ({ description, content: { 'application/json': { schema: importReport } } });

/** POST /api/imports/:kind, GET /api/imports/:id and its rejects. */
export function addImportRoutes(app: App, options: ImportRoutesOptions): void {
  const { folder, newId, waitMs = 15_000, heard = async () => [] } = options;
  const jobs = new ImportJobs(folder, options.now ?? (() => new Date()));
  document(app);

  /** What was asked of a file, with the file, which lies on disk until `done` is called. */
  const fileOf = async (context: Context) => {
    const { kind } = judged(params(), context.req.param(), 'path');
    const asked = judged(query, context.req.query(), 'query');
    if (kind === 'areas')
      throw new Problem(422, 'Areas are judged against each other, in one piece', {
        vietnamese: { title: 'Các khu vực được xét cùng nhau, cả tệp một lần' },
        detail: `POST /api/geography/imports/areas?district=${asked.district}&validFrom=…`,
      });
    const target = await options.target(asked.district);
    if (!target) throw unknownDistrict(asked.district);
    const id = newId();
    const path = join(folder, id);
    const done = () => rm(path, { force: true });
    const { name, mended } = await storeBody(context.req.raw, () => context.req.parseBody(), path);
    const sourceName = asked.source ?? name;
    const request: ImportRequest = {
      kind: rowKind(kind),
      source: await fileOnDisk(path, sourceName),
      sourceName,
      target,
      told: { map: asked.map, set: asked.set },
      ...(mended.length ? { corrections: mended } : {}),
      ...(asked.dateFormat ? { dayOrder: asked.dateFormat } : {}),
      ...(asked.numberFormat ? { numberFormat: asked.numberFormat } : {}),
      ...(asked.periodDays ? { periodDays: asked.periodDays } : {}),
      ...(asked.crs ? { crs: asked.crs } : {}),
      ...(asked.sheet ? { sheet: asked.sheet } : {}),
      ...(asked.recordedTime ? { recordedTime: new Date(asked.recordedTime).toISOString() } : {}),
    };
    return { id, kind, asked, request, done };
  };

  app.post('/api/imports/:kind/columns', async (context) => {
    const { request, done } = await fileOf(context);
    try {
      return context.json(await lookAtFile(request));
    } catch (error) {
      throw refusal(error);
    } finally {
      await done();
    }
  });

  app.post('/api/imports/:kind', async (context) => {
    const full = noSpace(options.space?.());
    if (full) throw appendProblem(full);
    const { id, kind, asked, request, done } = await fileOf(context);
    const { requestId, caller } = context.var;
    const dryRun = asked.dryRun === 'true';
    const door = dryRun ? (options.judge ?? sendNothing) : options.send;
    const job = jobs.begin(id, request, {
      dryRun,
      send: (events) => door(events, { requestId, caller }),
      heard: (source, through) => heard({ kind, district: asked.district, source, through }),
    });
    void job.done.catch(() => {}).finally(done);
    try {
      await Promise.race([job.done, sleep(asked.waitMs ?? waitMs, undefined, { ref: false })]);
    } catch (error) {
      throw refusal(error);
    }
    const headers = { location: `/api/imports/${id}` };
    return context.json(job.report, job.report.state === 'running' ? 202 : 200, headers);
  });

  app.get('/api/imports', (context) => {
    const { district } = judged(z.object({ district: districtId }), context.req.query(), 'query');
    return context.json<ImportReport[]>(jobs.kept.newest(district, mostListed));
  });

  app.get('/api/imports/:kind/said', async (context) => {
    const { kind } = judged(params(), context.req.param(), 'path');
    return context.json(await heard({ kind, ...judged(saidQuery, context.req.query(), 'query') }));
  });

  /** What was brought to a district is shown to those who may see it there. */
  const job = (context: Context) => {
    const one = found(jobs, context.req.param('id')!);
    assertMayIn(context, one.report.district);
    return one;
  };
  app.get('/api/imports/:id', (context) => context.json<ImportReport>(job(context).report));

  app.get('/api/imports/:id/entities', (context) =>
    context.json<string[]>(jobs.kept.entitiesOf(job(context).report.id)),
  );

  app.get('/api/imports/:id/rejects', async (context) => {
    const { rejects } = job(context);
    if (!rejects)
      throw new Problem(404, 'No rejects of this import yet', {
        vietnamese: { title: 'Lần nạp này chưa có dòng bị loại nào' },
      });
    context.header('content-type', 'text/csv; charset=utf-8');
    return context.body(new Uint8Array(await readFile(rejects.path)));
  });
}

function judged<Shape extends z.ZodType>(schema: Shape, value: unknown, place: string): z.output<Shape> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new Problem(422, 'The request does not fit', { errors: wordedErrors(result.error, value, [place]) });
}

function found(jobs: ImportJobs, id: string) {
  const job = jobs.get(id);
  if (!job)
    throw new Problem(404, 'No such import', {
      vietnamese: {
        title: 'Không có lần nạp này',
        detail: 'Lần nạp chỉ được nhớ đến khi dịch vụ khởi động lại; hãy gửi lại tệp, không có gì bị ghi hai lần.',
      },
      detail: 'Imports are known until the service starts again; send the file again, nothing is doubled.',
    });
  return job;
}

/** So many imports are listed. */
const mostListed = 20;

/** Raw body, or the field `file` of a form. Answers the file's name, and what the form says of cells that were mended. */
async function storeBody(
  request: Request,
  form: () => Promise<Record<string, unknown>>,
  path: string,
): Promise<{ name: string; mended: CellCorrection[] }> {
  await mkdir(join(path, '..'), { recursive: true });
  if ((request.headers.get('content-type') ?? '').startsWith('multipart/form-data')) {
    const { file, corrections: mended } = await form();
    if (!(file instanceof File))
      throw new Problem(422, 'The form has no file', {
        errors: [{ field: 'file', reason: 'a file', words: { vi: 'cần một tệp', en: 'a file' } }],
        vietnamese: { title: 'Biểu mẫu không có tệp' },
      });
    await pipeline(file.stream(), createWriteStream(path));
    return { name: file.name, mended: typeof mended === 'string' ? correctionsIn(mended) : [] };
  }
  if (!request.body)
    throw new Problem(422, 'The request has no file', {
      errors: [
        {
          field: 'body',
          reason: 'CSV, XLSX or GeoJSON',
          words: { vi: 'tệp CSV, XLSX hoặc GeoJSON', en: 'CSV, XLSX or GeoJSON' },
        },
      ],
      vietnamese: { title: 'Yêu cầu không có tệp' },
    });
  await pipeline(request.body, createWriteStream(path));
  return { name: 'upload', mended: [] };
}

function correctionsIn(text: string): CellCorrection[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  return judged(corrections, value, 'corrections');
}

function refusal(error: unknown): unknown {
  if (error instanceof DamagedFile)
    return new Problem(422, 'The file is damaged, nothing of it was taken in', {
      vietnamese: { title: 'Tệp bị hỏng, chưa nạp gì cả' },
      errors: error.damage.map(({ line, reason }, index) => ({
        field: `line ${line}`,
        reason,
        words: { en: reason, vi: error.words[index]!.vi },
      })),
    });
  if (error instanceof MappingError)
    return new Problem(422, 'What the file means is not clear, nothing of it was taken in', {
      vietnamese: { title: 'Chưa rõ nội dung của tệp, chưa nạp gì cả' },
      errors: error.words.map((words) => ({ field: 'file', reason: words.en, words })),
    });
  return error;
}

function document(app: App): void {
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/api/imports/{kind}',
    summary: 'A file through the door: CSV (gz too), a workbook (.xlsx) or GeoJSON, up to 64 MB',
    request: {
      params: params(),
      query,
      body: {
        content: {
          'text/csv': { schema: z.string() },
          'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': { schema: z.string() },
          'multipart/form-data': { schema: z.object({ file: z.string(), corrections: corrections.optional() }) },
        },
      },
    },
    responses: {
      200: answer('what became of it'),
      202: answer('still running: ask GET /api/imports/{id}'),
      ...problemResponses,
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/imports/{kind}/said',
    summary: 'What a source of files has said: ids of its events, in the order of the journal',
    request: { params: params(), query: saidQuery },
    responses: {
      200: { description: 'ids', content: { 'application/json': { schema: z.array(z.string()) } } },
      ...problemResponses,
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'post',
    path: '/api/imports/{kind}/columns',
    summary:
      'What a file has, which column is taken for which field and why, and what has to be asked; nothing is judged',
    request: {
      params: params(),
      query,
      body: {
        content: {
          'text/csv': { schema: z.string() },
          'multipart/form-data': { schema: z.object({ file: z.string(), corrections: corrections.optional() }) },
        },
      },
    },
    responses: {
      200: { description: 'columns, fields, questions', content: { 'application/json': { schema: columnLook } } },
      ...problemResponses,
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/imports',
    summary: 'The newest imports of a district',
    request: { query: z.object({ district: districtId }) },
    responses: {
      200: { description: 'newest first', content: { 'application/json': { schema: z.array(importReport) } } },
      ...problemResponses,
    },
  });
  const id = z.object({ id: z.string() });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/imports/{id}/entities',
    summary: 'Entities of which the file told for the first time, by number',
    request: { params: id },
    responses: {
      200: { description: 'numbers', content: { 'application/json': { schema: z.array(z.string()) } } },
      ...problemResponses,
    },
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/imports/{id}',
    request: { params: id },
    responses: { 200: answer('how far it is'), ...problemResponses },
  });
  app.openAPIRegistry.registerPath({
    method: 'get',
    path: '/api/imports/{id}/rejects',
    request: { params: id },
    responses: {
      200: { description: 'rejected rows as CSV', content: { 'text/csv': { schema: z.string() } } },
      ...problemResponses,
    },
  });
}
