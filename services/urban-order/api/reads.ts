import { createRoute, z } from '@hono/zod-openapi';
import { violationKind } from '#contracts/events/urban-order/violation-reported.ts';
import { duplicate, violationDetail, violationFiguresAnswer, violationPage } from '#contracts/http/urban-order.ts';
import { areaQuery, asOfQuery, pageQuery, readAnswers } from '#contracts/http.ts';
import { instant } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { etagOf } from '#platform/command.ts';
import type { ServiceParts } from '#platform/service.ts';
import { pointsWanted } from '../../district/point-cells.ts';
import { notKnownThen } from '../../lifecycle/problems.ts';
import { pointsHeaders } from '../../lifecycle/read-points.ts';
import { areasShown, idParams, languageQuery, pointsAnswers } from '../../lifecycle/route-shapes.ts';
import { duplicateBounds, suggestDuplicates } from '../reads/duplicates.ts';
import { violationFilter } from '../reads/filters.ts';
import { historyOf, mergedInto } from '../reads/history.ts';
import { momentOf } from '../reads/moment.ts';
import {
  findViolation,
  listViolations,
  violationCells,
  violationFigures,
  violationPoints,
} from '../reads/violations.ts';
import { register, registerSchema } from '../register/register.ts';

const kindsRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/kinds',
  summary: 'Register of kinds of violation, decrees, deadlines, working days, fines and authorities',
  responses: readAnswers('the register', registerSchema),
});
const listRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/violations',
  summary: 'Violations, newest first',
  request: { query: violationFilter.extend(pageQuery.shape) },
  responses: readAnswers('a page, with the total of the filter', violationPage),
});
const oneRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/violations/{id}',
  summary: 'A violation with its history, its merged reports and what may be the same breach',
  request: { params: idParams, query: asOfQuery.extend(duplicateBounds) },
  responses: readAnswers('the violation; ETag is its version', violationDetail),
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
  responses: readAnswers('nearest first', z.object({ items: z.array(duplicate) })),
});
const pointsRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/points',
  summary: 'Located violations of a filter in 16 bytes each, or counted by cell',
  request: { query: violationFilter.extend(pointsWanted.shape) },
  responses: pointsAnswers,
});
const figuresRoute = createRoute({
  method: 'get',
  path: '/api/urban-order/figures',
  summary: 'Figures of the district and of each area, each with the list that sums to it',
  request: {
    query: areaQuery.extend({ language: languageQuery }),
  },
  responses: readAnswers('areaId null: the whole district, with what lies in no area', violationFiguresAnswer),
});

/** What can be read; every read looks from `asOf`. */
export function addReadRoutes(app: App, { database, now }: Pick<ServiceParts, 'database' | 'now'>): void {
  app.openapi(kindsRoute, (context) => context.json(register(), 200));

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
    if (!found) throw notKnownThen('violation', id, moment);
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
    const { cellZoom, clock, ...filter } = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    if (cellZoom !== undefined) return context.json(await violationCells(database, moment, filter, cellZoom), 200);
    const points = await violationPoints(database, moment, filter, clock === true);
    return context.body(new Uint8Array(points.bytes), 200, pointsHeaders(points, moment.instant));
  });

  app.openapi(figuresRoute, async (context) => {
    const { district, asOf, areaId, language } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const areas = areasShown(await violationFigures(database, moment, language), areaId, moment);
    return context.json({ asOf: moment.instant, day: moment.day, areas }, 200);
  });
}
