import { createRoute, z } from '@hono/zod-openapi';
import { auditNote, auditPage, auditQuery, unusualQuery, unusualRow } from '#contracts/http/audit.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import type { Database } from '#platform/database.ts';
import { ledgerHead, ledgerIn, namesOfActors, readLedger } from './ledger.ts';
import { readHabits } from './read-habits.ts';
import { unusualReading } from './unusual-reading.ts';

export interface AuditParts {
  database: Database;
  now: () => Date;
  /** In which hours of the night are meant. */
  timeZone: string;
}

/** The ledger: the services write it, an administrator reads it. */
export function addAuditRoutes(app: App, { database, now, timeZone }: AuditParts): void {
  const write = ledgerIn(database);
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/audit',
      summary: 'Notes who saw whom; asked by the services alone',
      request: { body: { required: true, content: { 'application/json': { schema: auditNote } } } },
      responses: { 204: { description: 'on disk' }, ...problemResponses },
    }),
    async (context) => {
      await write(context.req.valid('json').entries);
      return context.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/audit',
      summary: 'Who saw or changed what, newest first',
      request: { query: auditQuery },
      responses: {
        200: { description: 'lines and head', content: { 'application/json': { schema: auditPage } } },
        ...problemResponses,
      },
    }),
    async (context) => {
      const lines = await readLedger(database, context.req.valid('query'));
      const names = await namesOfActors(database, [...new Set(lines.map(({ actor }) => actor))]);
      context.header('cache-control', 'no-store');
      return context.json(
        {
          lines: lines.map((line) => ({ ...line, name: names.get(line.actor) ?? null })),
          head: await ledgerHead(database),
        },
        200,
      );
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/audit/unusual',
      summary: 'Reading of persons that is unusual for who did it: reasons to ask, not proofs',
      request: { query: unusualQuery },
      responses: {
        200: { description: 'newest first', content: { 'application/json': { schema: z.array(unusualRow) } } },
        ...problemResponses,
      },
    }),
    async (context) => {
      const since = new Date(now().getTime() - context.req.valid('query').days * 86_400_000);
      const { hours, ones } = await readHabits(database, since, timeZone);
      const rows = unusualReading(hours, ones, since.toISOString());
      const names = await namesOfActors(database, [...new Set(rows.map(({ actor }) => actor))]);
      return context.json(
        rows.map((row) => ({ ...row, name: names.get(row.actor) ?? null })),
        200,
      );
    },
  );
}
