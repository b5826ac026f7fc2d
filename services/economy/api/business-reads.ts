import { createRoute, z } from '@hono/zod-openapi';
import { areaQuery, asOfQuery, pageQuery, problemResponses } from '#contracts/http.ts';
import { pointsMediaType } from '#contracts/points.ts';
import { day, identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { etagOf } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import { activeSeries } from '../reads/active-series.ts';
import { businessPoints, findBusiness, listBusinesses } from '../reads/businesses.ts';
import { figureFor, figuresOf } from '../reads/figures.ts';
import { businessFilter } from '../reads/filters.ts';
import { formulaOf } from '../reads/formulas.ts';
import { historyOf } from '../reads/history.ts';
import { momentOf } from '../reads/moment.ts';
import { activeAnswer, activeSeriesAnswer, businessDetail, businessFigures, businessPage } from './schemas.ts';

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
  ...problemResponses,
});
const language = z.enum(['vi', 'en']).default('vi');

const listRoute = createRoute({
  method: 'get',
  path: '/api/economy/businesses',
  summary: 'Businesses registered by a day, with their status on it',
  request: { query: businessFilter.extend(pageQuery.shape) },
  responses: json('a page, with the total of the filter', businessPage),
});
const oneRoute = createRoute({
  method: 'get',
  path: '/api/economy/businesses/{id}',
  summary: 'A business with its status over time and the events from which it follows',
  request: { params: z.object({ id: identifier }), query: asOfQuery.extend({ on: day.optional() }) },
  responses: json('the business; ETag is its version', businessDetail),
});
const pointsRoute = createRoute({
  method: 'get',
  path: '/api/economy/points',
  summary: 'Located businesses of a filter in 16 bytes each; the day is that since which the status holds',
  request: { query: businessFilter },
  responses: {
    200: {
      description:
        'records of 16 bytes; x-total-count is the total of the list, x-without-place those of it that have no position',
      content: { [pointsMediaType]: { schema: z.string().openapi({ format: 'binary' }) } },
    },
    ...problemResponses,
  },
});
const activeRoute = createRoute({
  method: 'get',
  path: '/api/economy/active',
  summary: 'Active businesses on a day, with the list that sums to it',
  request: { query: areaQuery.extend({ on: day.optional(), language }) },
  responses: json('the figure', activeAnswer),
});
const seriesRoute = createRoute({
  method: 'get',
  path: '/api/economy/active-series',
  summary: 'Active businesses on each day or every seventh, both ends included',
  request: { query: areaQuery.extend({ from: day, to: day, step: z.enum(['day', 'week']).default('day') }) },
  responses: json('the series', activeSeriesAnswer),
});
const figuresRoute = createRoute({
  method: 'get',
  path: '/api/economy/figures',
  summary: 'Figures of the district and of each area on a day, each with the list that sums to it',
  request: { query: areaQuery.extend({ on: day.optional(), language }) },
  responses: json('areaId null: the whole district, with what lies in no area', businessFigures),
});

/** Ten years of days in one answer. */
const mostSeriesDays = 3660;

/** What can be read of businesses; every read looks from `asOf`. */
export function addBusinessReadRoutes(app: App, { database, now }: Pick<ServiceParts, 'database' | 'now'>): void {
  app.openapi(listRoute, async (context) => {
    const { limit, cursor, ...filter } = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    const page = await listBusinesses(database, moment, filter, { limit, cursor });
    return context.json({ asOf: moment.instant, on: filter.on ?? moment.day, ...page }, 200);
  });

  app.openapi(oneRoute, async (context) => {
    const { district, asOf, on } = context.req.valid('query');
    const { id } = context.req.valid('param');
    const moment = await momentOf(database, district, asOf, now());
    const found = await findBusiness(database, moment, id, on ?? moment.day);
    if (!found)
      throw new Problem(404, 'No such business', {
        errors: [{ field: 'id', value: id, reason: `known in ${district} at ${moment.instant}` }],
      });
    context.header('etag', etagOf(found.version));
    return context.json({ ...found, ...(await historyOf(database, moment, id)) }, 200);
  });

  app.openapi(pointsRoute, async (context) => {
    const filter = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    const { bytes, withoutPlace } = await businessPoints(database, moment, filter);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': pointsMediaType,
      'x-total-count': String(bytes.length / 16 + withoutPlace),
      'x-without-place': String(withoutPlace),
      'x-as-of': moment.instant,
    }) as never;
  });

  app.openapi(activeRoute, async (context) => {
    const { language: words, ...query } = context.req.valid('query');
    const moment = await momentOf(database, query.district, query.asOf, now());
    const on = query.on ?? moment.day;
    const figure = await figureFor(database, moment, { ...query, on, formula: 'businesses-active' }, words);
    return context.json({ asOf: moment.instant, on, figure }, 200);
  });

  app.openapi(seriesRoute, async (context) => {
    const { district, asOf, areaId, from, to, step } = context.req.valid('query');
    const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
    if (days < 1 || days > mostSeriesDays)
      throw new Problem(422, 'The request does not fit', {
        errors: [{ field: 'query.to', value: to, reason: `from ${from} on, at most ${mostSeriesDays} days` }],
      });
    const moment = await momentOf(database, district, asOf, now());
    const points = await activeSeries(database, moment, { from, to, stepDays: step === 'week' ? 7 : 1, areaId });
    const { id: formula, version: formulaVersion, unit } = formulaOf('businesses-active');
    return context.json({ asOf: moment.instant, formula, formulaVersion, unit, points }, 200);
  });

  app.openapi(figuresRoute, async (context) => {
    const { district, asOf, areaId, on, language: words } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const day = on ?? moment.day;
    const areas = await figuresOf(database, moment, day, words);
    const shown = areaId ? areas.filter((area) => area.areaId === areaId) : areas;
    if (shown.length === 0)
      throw new Problem(404, 'No such area', {
        errors: [{ field: 'areaId', value: areaId, reason: `an area of ${district} on ${moment.day}` }],
      });
    return context.json({ asOf: moment.instant, on: day, areas: shown }, 200);
  });
}
