// A question that takes too much of the database ends, and says so; what writes is not held up.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from './app.ts';
import { type Database, openDatabase, openReads } from './database.ts';
import { createMetrics } from './metrics.ts';
import { silentLog, temporaryDatabase } from './testing/servers.ts';

/** Sorts more than work_mem holds. */
const sortsMuch =
  'SELECT count(*) FROM (SELECT i FROM generate_series(1, 2000000) AS i ORDER BY md5(i::text) OFFSET 1) AS sorted';

let reads: Database;
let writing: Database;
let app: App;
let drop: () => Promise<void>;
beforeAll(async () => {
  const temporary = await temporaryDatabase();
  drop = temporary.drop;
  reads = openReads(temporary.url, { statementTimeoutMs: 2_000, temporaryFiles: '1MB' }, (error) =>
    expect.fail(String(error)),
  );
  writing = openDatabase(temporary.url);
  app = createApp({
    name: 'greedy',
    log: silentLog,
    metrics: createMetrics('greedy'),
    access: {
      'GET /long': { action: 'place.read', dataClass: 'public' },
      'GET /large': { action: 'place.read', dataClass: 'public' },
      'GET /bad/:day': { action: 'place.read', dataClass: 'public' },
    },
  });
  app.get('/long', async (context) => context.json((await reads.query('SELECT pg_sleep(60)')).rows));
  app.get('/large', async (context) => context.json((await reads.query(sortsMuch)).rows));
  app.get('/bad/:day', async (context) =>
    context.json((await reads.query('SELECT $1::date', [context.req.param('day')])).rows),
  );
});
afterAll(async () => {
  await reads.end();
  await writing.end();
  await drop();
});

const ask = async (path: string, language = 'vi') => {
  const answer = await app.request(path, { headers: { 'accept-language': language } });
  return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
};

test.each([
  ['/long', 504, 'Câu hỏi cần quá nhiều thời gian', 'The question takes too long'],
  ['/large', 503, 'Câu hỏi cần quá nhiều chỗ', 'The question needs too much space'],
])('%s is %i, in the reader’s language', async (path, status, vi, en) => {
  expect(await ask(path)).toEqual([
    status,
    expect.objectContaining({ title: vi, detail: expect.stringContaining('Hãy hỏi ít ngày hơn') }),
  ]);
  expect(await ask(path, 'en')).toEqual([status, expect.objectContaining({ title: en })]);
});

test('what only the database finds unreadable is no fault of ours in a read', async () => {
  expect(await ask('/bad/0000-01-01', 'en')).toEqual([
    422,
    expect.objectContaining({ title: 'The request does not fit' }),
  ]);
});

test('projections write while every connection for questions is taken, and without its limits', async () => {
  const greedy = Array.from({ length: 8 }, () => ask('/long'));
  expect((await writing.query(sortsMuch)).rows).toEqual([{ count: 1_999_999 }]);
  expect((await writing.query('SHOW temp_file_limit')).rows).toEqual([{ temp_file_limit: '-1' }]);
  expect((await Promise.all(greedy)).every(([status]) => status === 504 || status === 503)).toBe(true);
});
