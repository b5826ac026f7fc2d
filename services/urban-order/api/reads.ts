import { createRoute, z } from '@hono/zod-openapi';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { asOfQuery, pageQuery, problemResponses } from '#contracts/http.ts';
import { pointsMediaType } from '#contracts/points.ts';
import { identifier, instant } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { etagOf } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import { duplicate, duplicateBounds, suggestDuplicates } from '../reads/duplicates.ts';
import { figuresOf } from '../reads/figures.ts';
import { violationFilter } from '../reads/filters.ts';
import { historyOf, mergedInto } from '../reads/history.ts';
import { momentOf } from '../reads/moment.ts';
import { violationPoints } from '../reads/points.ts';
import { findViolation, listViolations } from '../reads/violations.ts';
import { deadlines, kinds, registerSchema } from '../register/register.ts';
import { violationDetail, violationFigures, violationPage } from './schemas.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problemResponses,
});

const kindsRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/kinds',
  summary: 'Register of kinds of violation, decrees and deadlines',
  responses: json('the register', registerSchema),
});
const listRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/violations',
  summary: 'Violations, newest first',
  request: { query: violationFilter.extend(pageQuery.shape) },
  responses: json('a page, with the total of the filter', violationPage),
});
const oneRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/violations/{id}',
  summary: 'A violation with its history, its merged reports and what may be the same breach',
  request: { params: z.object({ id: identifier }), query: asOfQuery.extend(duplicateBounds) },
  responses: json('the violation; ETag is its version', violationDetail),
});
const duplicatesRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/duplicates',
  summary: 'Reports that may be the same breach, before it is reported',
  request: {
    query: asOfQuery.extend({
      ...duplicateBounds,
      kind: violationKind,
      lon: z.coerce.number().min(-180).max(180),
      lat: z.coerce.number().min(-90).max(90),
      occurredAt: instant.optional(),
    }),
  },
  responses: json('nearest first', z.object({ items: z.array(duplicate) })),
});
const pointsRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/points',
  summary: 'Located violations of a filter in 16 bytes each',
  request: { query: violationFilter },
  responses: {
    200: {
      description:
        'records of 16 bytes; x-total-count is the total of the list, x-without-place those of it that have no position',
      content: { [pointsMediaType]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problemResponses,
  },
});
const figuresRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/figures',
  summary: 'Figures of the district and of each area, each with the list that sums to it',
  request: {
    query: asOfQuery.extend({ areaId: identifier.optional(), language: z.enum(['vi', 'en']).default('vi') }),
  },
  responses: json('areaId null: the whole district, with what lies in no area', violationFigures),
});

/** What can be read; every read looks from `asOf`. */
export function addReadRoutes(app: App, { database, now }: Pick<ServiceParts, 'database' | 'now'>): void {
  app.openapi(kindsRoute, (context) => context.json({ kinds, deadlines }, 200));

  app.openapi(listRoute, async (context) => {
    const { limit, cursor, ...filter } = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    const page = await listViolations(database, moment, filter, { limit, cursor });
    return context.json({ asOf: moment.instant, ...page }, 200);
  });

  app.openapi(oneRoute, async (context) => {
    const { district, asOf, ...bounds } = context.req.valid('query');
    const { id } = context.req.valid('param');
    const moment = await momentOf(database, district, asOf, now());
    const found = await findViolation(database, moment, id);
    if (!found)
      throw new Problem(404, 'No such violation', {
        errors: [{ field: 'id', value: id, reason: `known in ${district} at ${moment.instant}` }],
      });
    const mergedIds = await mergedInto(database, moment, id);
    const history = await historyOf(database, moment, [id, ...mergedIds]);
    const historyBy = (violationId: string) => history.filter((entry) => entry.violationId === violationId);
    const { location } = found;
    const duplicates = location ? await suggestDuplicates(database, moment, { ...found, location }, bounds) : [];
    const merged = mergedIds.map((violationId) => ({ violationId, history: historyBy(violationId) }));
    context.header('etag', etagOf(found.version));
    return context.json({ ...found, history: historyBy(id), merged, duplicates }, 200);
  });

  app.openapi(duplicatesRoute, async (context) => {
    const { district, asOf, kind, lon, lat, occurredAt, ...bounds } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const sighting = { kind, location: { lon, lat }, occurredAt: occurredAt ?? moment.instant };
    return context.json({ items: await suggestDuplicates(database, moment, sighting, bounds) }, 200);
  });

  app.openapi(pointsRoute, async (context) => {
    const filter = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    const { bytes, withoutPlace } = await violationPoints(database, moment, filter);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': pointsMediaType,
      'x-total-count': String(bytes.length / 16 + withoutPlace),
      'x-without-place': String(withoutPlace),
      'x-as-of': moment.instant,
    }) as never;
  });

  app.openapi(figuresRoute, async (context) => {
    const { district, asOf, areaId, language } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const areas = await figuresOf(database, moment, language);
    if (areaId && !areas.some((area) => area.areaId === areaId))
      throw new Problem(404, 'No such area', {
        errors: [{ field: 'areaId', value: areaId, reason: `an area of ${district} on ${moment.day}` }],
      });
    const shown = areaId ? areas.filter((area) => area.areaId === areaId) : areas;
    return context.json({ asOf: moment.instant, day: moment.day, areas: shown }, 200);
  });
}
