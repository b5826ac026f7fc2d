import { createRoute, z } from '@hono/zod-openapi';
import { areaQuery, asOfQuery, districtQuery, figure, pageQuery, problemResponses } from '#contracts/http.ts';
import {
  bytesPerPoint,
  pointCategories,
  pointRecordSql,
  pointStatuses,
  pointsMediaType,
  swapPoints,
} from '#contracts/points.ts';
import { day, identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import type { Database } from '#platform/database.ts';
import { Problem } from '#platform/problem.ts';
import { clockTime } from '../district/moment.ts';
import { listFacilities } from './capacity/list.ts';
import { caseHistory } from './cases/history.ts';
import { casePointsSql, caseSeries, listCases } from './cases/list.ts';
import { countsBehindFigure, listCounts } from './counts/list.ts';
import { allFormulas } from './figures/formulas.ts';
import { readFigures } from './figures/query.ts';
import { momentOf } from './moment.ts';
import { listVaccination } from './vaccination/list.ts';

const withDay = z.object({
  onDay: day
    .optional()
    .openapi({ description: 'last day of the rolling windows; left out: today of the district’s clock' }),
});
const json = <Schema extends z.ZodType>(schema: Schema, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problemResponses,
});
const rowList = z.object({
  total: z.number().int(),
  items: z.array(z.record(z.string(), z.unknown())),
  next: z.string().nullable().optional(),
});
const yes = z.enum(['true', 'false']).transform((value) => value === 'true');

/** A point is sent for at most this many cases at once; more is a mistake in the filter, not a map. */
const pointLimit = 2_000_000;

/** Reads of epidemic: figures, the lists that sum to them, series, points, freshness. All take `asOf`. */
export function addReadRoutes(app: App, { database, now }: { database: Database; now: () => Date }): void {
  const moment = (query: { district: string; asOf?: string | undefined; onDay?: string | undefined }) =>
    momentOf(database, query.district, query.asOf, now(), query.onDay);

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/figures',
      summary: 'Figures of every area, or of one level or area',
      request: {
        query: areaQuery
          .extend(withDay.shape)
          .extend({ level: z.enum(['district', 'ward', 'neighbourhood']).optional() }),
      },
      responses: json(
        z.object({
          asOf: z.string(),
          onDay: day,
          areas: z.array(
            z.object({
              areaId: z.string(),
              parentId: z.string().nullable(),
              name: z.string(),
              level: z.string(),
              figures: z.record(z.string(), figure),
            }),
          ),
        }),
        'figures with numerator, denominator, formula and the address of their rows',
      ),
    }),
    async (context) => {
      const query = context.req.valid('query');
      const at = await moment(query);
      const areas = await readFigures(database, at, {
        level: query.level,
        areaIds: query.areaId ? [query.areaId] : undefined,
      });
      if (query.areaId && areas.length === 0) throw noArea(query.areaId);
      return context.json({ asOf: clockTime(at), onDay: at.day, areas }, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/formulas',
      summary: 'How each figure is computed',
      responses: json(
        z.array(
          z.object({
            id: z.string(),
            version: z.number(),
            unit: z.string(),
            explanation: z.object({ vi: z.string(), en: z.string() }),
          }),
        ),
        'formulas',
      ),
    }),
    (context) => context.json([...allFormulas], 200),
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/cases',
      summary: 'Line list: exactly the cases behind a figure',
      request: {
        query: areaQuery
          .extend(withDay.shape)
          .extend(pageQuery.shape)
          .extend({
            windowDays: z.coerce.number().int().min(1).max(3660).optional(),
            from: day.optional(),
            to: day.optional(),
            active: yes.optional(),
            status: z.enum(pointStatuses.cases).optional(),
          }),
      },
      responses: json(rowList, 'a page of cases and the total'),
    }),
    async (context) => {
      const query = context.req.valid('query');
      return context.json(
        (await listCases(database, await moment(query), query, query)) as z.infer<typeof rowList>,
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/cases/{caseId}',
      summary: 'One case with everything that was ever known of it',
      request: { params: z.object({ caseId: identifier }), query: districtQuery },
      responses: json(z.record(z.string(), z.unknown()), 'the case, its ETag for changes, and its versions'),
    }),
    async (context) => {
      const { caseId } = context.req.valid('param');
      const { district } = context.req.valid('query');
      const found = await caseHistory(database, district, caseId);
      if (!found)
        throw new Problem(404, 'No such case', {
          errors: [{ field: 'param.caseId', value: caseId, reason: `a case of district ${district}` }],
        });
      context.header('etag', found.etag);
      return context.json(found as unknown as Record<string, unknown>, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/series',
      summary: 'Cases a day',
      request: {
        query: areaQuery
          .extend(withDay.shape)
          .extend({ from: day.optional(), to: day.optional(), by: z.enum(['event', 'onset']).default('event') }),
      },
      responses: json(
        z.object({
          asOf: z.string(),
          by: z.string(),
          days: z.array(z.object({ day, cases: z.number(), incomplete: z.boolean() })),
          published: z.array(z.record(z.string(), z.unknown())),
        }),
        'days in order; the last ones are marked incomplete, as reports of them are still to come; published: counts that a source publishes by period',
      ),
    }),
    async (context) => {
      const query = context.req.valid('query');
      const at = await moment(query);
      const to = query.to ?? at.day;
      const from = query.from ?? new Date(Date.parse(to) - 89 * 86_400_000).toISOString().slice(0, 10);
      if (Date.parse(to) - Date.parse(from) > 3660 * 86_400_000 || from > to)
        throw new Problem(422, 'The request does not fit', {
          errors: [{ field: 'query.from', value: from, reason: `from 10 years before to (${to}) up to it` }],
        });
      // Reports of a day arrive over the next days: the newest three are never complete. Onsets are known later still.
      const incompleteDays = query.by === 'onset' ? 7 : 3;
      const completeUntil = new Date(Date.parse(at.day) - incompleteDays * 86_400_000).toISOString().slice(0, 10);
      const days = await caseSeries(database, at, { areaId: query.areaId, from, to, by: query.by });
      const { items } = query.areaId
        ? await listCounts(database, at, { areaId: query.areaId, measure: 'new-cases', from, to })
        : { items: [] };
      return context.json(
        {
          asOf: clockTime(at),
          by: query.by,
          days: days.map((row) => ({ ...row, incomplete: row.day > completeUntil })),
          published: items as Record<string, unknown>[],
        },
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/counts',
      summary: 'Published counts, with their revisions when asked',
      request: {
        query: areaQuery.extend(withDay.shape).extend({
          measure: z.enum(['new-cases', 'cumulative-cases', 'deaths', 'tests', 'admissions']).default('new-cases'),
          from: day.optional(),
          to: day.optional(),
          revisions: yes.optional(),
          periods: z.coerce
            .number()
            .int()
            .min(1)
            .max(2)
            .optional()
            .openapi({ description: 'only the rows that make up the area’s figure of one or two periods' }),
        }),
      },
      responses: json(rowList, 'newest period first'),
    }),
    async (context) => {
      const query = context.req.valid('query');
      const at = await moment(query);
      const { areaId, periods, measure } = query;
      const rows =
        areaId && periods
          ? await countsBehindFigure(database, at, { areaId, measure, periods })
          : await listCounts(database, at, query);
      return context.json(rows as z.infer<typeof rowList>, 200);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/vaccination',
      summary: 'Coverage by area, age group and dose, with its denominator',
      request: { query: areaQuery.extend(withDay.shape) },
      responses: json(rowList, 'one row for each area and age group'),
    }),
    async (context) => {
      const query = context.req.valid('query');
      return context.json(
        (await listVaccination(database, await moment(query), query.areaId)) as z.infer<typeof rowList>,
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/facilities',
      summary: 'Treatment capacity by facility',
      request: { query: areaQuery.extend(withDay.shape) },
      responses: json(rowList, 'the newest report of each facility'),
    }),
    async (context) => {
      const query = context.req.valid('query');
      return context.json(
        (await listFacilities(database, await moment(query), query.areaId)) as z.infer<typeof rowList>,
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/feeds',
      summary: 'How fresh each feed is',
      request: { query: asOfQuery },
      responses: json(
        z.array(z.object({ feed: z.string(), lastEventAt: z.string(), lastRecordedAt: z.string() })),
        'newest event of each feed',
      ),
    }),
    async (context) => {
      const { district } = context.req.valid('query');
      const { rows } = await database.query<{ feed: string; last_event_at: Date; last_recorded_at: Date }>(
        'SELECT feed, last_event_at, last_recorded_at FROM epidemic.feeds WHERE district = $1 ORDER BY feed',
        [district],
      );
      return context.json(
        rows.map((row) => ({
          feed: row.feed,
          lastEventAt: row.last_event_at.toISOString(),
          lastRecordedAt: row.last_recorded_at.toISOString(),
        })),
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/epidemic/points',
      summary: 'Located cases as 16-byte records',
      request: {
        query: areaQuery.extend(withDay.shape).extend({
          windowDays: z.coerce.number().int().min(1).max(3660).optional(),
          from: day.optional(),
          to: day.optional(),
        }),
      },
      responses: {
        200: {
          description: `records of ${bytesPerPoint} bytes, see contracts/points.ts`,
          content: { [pointsMediaType]: { schema: z.string().openapi({ format: 'binary' }) } },
        },
        ...problemResponses,
      },
    }),
    async (context) => {
      const query = context.req.valid('query');
      const sql = casePointsSql(await moment(query), query);
      const index = (list: readonly string[], column: string) =>
        `coalesce(array_position('{${list.join(',')}}'::text[], ${column}) - 1, 0)`;
      const { rows } = await database.query<{ records: Buffer | null; count: number }>(
        `${sql.with}, located AS (SELECT at, first_sequence, event_date, exposure, status FROM epidemic.case_versions AS cases WHERE ${sql.where} AND at IS NOT NULL LIMIT ${pointLimit + 1})
         SELECT count(*) AS count, string_agg(${pointRecordSql('at', 'first_sequence', 'event_date', index(pointCategories.cases, 'exposure'), index(pointStatuses.cases, 'status'))}, ''::bytea) AS records FROM located`,
        sql.values,
      );
      const { records, count } = rows[0]!;
      if (count > pointLimit)
        throw new Problem(422, 'Too many points', {
          errors: [
            { field: 'query', value: count, reason: `at most ${pointLimit} points; narrow the dates or the area` },
          ],
        });
      const body = records ? swapPoints(records) : Buffer.alloc(0);
      context.header('content-type', pointsMediaType);
      context.header('x-points', String(count));
      return context.body(new Uint8Array(body) as Uint8Array<ArrayBuffer>, 200) as never;
    },
  );
}

function noArea(areaId: string): Problem {
  return new Problem(404, 'No such area', {
    errors: [{ field: 'query.areaId', value: areaId, reason: 'an area of the district on that day' }],
  });
}
