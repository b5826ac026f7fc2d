import { createRoute, z } from '@hono/zod-openapi';
import {
  activeAnswer,
  activeSeriesAnswer,
  businessDetail,
  businessFiguresAnswer,
  businessPage,
  sectorsAnswer,
} from '#contracts/http/economy.ts';
import { areaQuery, asOfQuery, pageQuery, readAnswers } from '#contracts/http.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { etagOf } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import type { ServiceParts } from '#platform/service.ts';
import { pointsWanted } from '../../district/point-cells.ts';
import { notKnownThen } from '../../lifecycle/problems.ts';
import { pointsHeaders } from '../../lifecycle/read-points.ts';
import { areasShown, idParams, languageQuery, pointsAnswers } from '../../lifecycle/route-shapes.ts';
import { activeSeries } from '../reads/active-series.ts';
import {
  businessCells,
  businessFigures,
  businessPoints,
  figureFor,
  findBusiness,
  listBusinesses,
} from '../reads/businesses.ts';
import { businessFilter } from '../reads/filters.ts';
import { formulaOf } from '../reads/formulas.ts';
import { historyOf } from '../reads/history.ts';
import { momentOf } from '../reads/moment.ts';
import { sectorsOn } from '../reads/sectors.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/economy/businesses',
  summary: 'Businesses registered by a day, with their status on it',
  request: { query: businessFilter.extend(pageQuery.shape) },
  responses: readAnswers('a page, with the total of the filter', businessPage),
});
const oneRoute = createRoute({
  method: 'get',
  path: '/api/economy/businesses/{id}',
  summary: 'A business with its status over time and the events from which it follows',
  request: { params: idParams, query: asOfQuery.extend({ on: askedDay.optional() }) },
  responses: readAnswers('the business; ETag is its version', businessDetail),
});
const pointsRoute = createRoute({
  method: 'get',
  path: '/api/economy/points',
  summary:
    'Located businesses of a filter in 16 bytes each; the day is that since which the status holds. Or counted by cell',
  request: { query: businessFilter.extend(pointsWanted.shape) },
  responses: pointsAnswers,
});
const activeRoute = createRoute({
  method: 'get',
  path: '/api/economy/active',
  summary: 'Active businesses on a day, with the list that sums to it',
  request: { query: areaQuery.extend({ on: askedDay.optional(), language: languageQuery }) },
  responses: readAnswers('the figure', activeAnswer),
});
const seriesRoute = createRoute({
  method: 'get',
  path: '/api/economy/active-series',
  summary: 'Active businesses on each day or every seventh, both ends included',
  request: { query: areaQuery.extend({ from: askedDay, to: askedDay, step: z.enum(['day', 'week']).default('day') }) },
  responses: readAnswers('the series', activeSeriesAnswer),
});
const figuresRoute = createRoute({
  method: 'get',
  path: '/api/economy/figures',
  summary: 'Figures of the district and of each area on a day, each with the list that sums to it',
  request: { query: areaQuery.extend({ on: askedDay.optional(), language: languageQuery }) },
  responses: readAnswers('areaId null: the whole district, with what lies in no area', businessFiguresAnswer),
});

const sectorsRoute = createRoute({
  method: 'get',
  path: '/api/economy/sectors',
  summary: 'Businesses of each sector on a day, by status',
  request: { query: areaQuery.extend({ on: askedDay.optional() }) },
  responses: readAnswers('the largest sector first', sectorsAnswer),
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
    if (!found) throw notKnownThen('business', id, moment);
    context.header('etag', etagOf(found.version));
    return context.json({ ...found, ...(await historyOf(database, moment, id)) }, 200);
  });

  app.openapi(pointsRoute, async (context) => {
    const { cellZoom, clock: _none, ...filter } = context.req.valid('query');
    const moment = await momentOf(database, filter.district, filter.asOf, now());
    if (cellZoom !== undefined) return context.json(await businessCells(database, moment, filter, cellZoom), 200);
    const points = await businessPoints(database, moment, filter);
    return context.body(new Uint8Array(points.bytes), 200, pointsHeaders(points, moment.instant));
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

  app.openapi(sectorsRoute, async (context) => {
    const { district, asOf, areaId, on } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const day = on ?? moment.day;
    const sectors = await sectorsOn(database, moment, { on: day, areaId });
    return context.json({ asOf: moment.instant, on: day, sectors }, 200);
  });

  app.openapi(figuresRoute, async (context) => {
    const { district, asOf, areaId, on, language: words } = context.req.valid('query');
    const moment = await momentOf(database, district, asOf, now());
    const day = on ?? moment.day;
    const areas = areasShown(await businessFigures(database, moment, day, words), areaId, moment);
    return context.json({ asOf: moment.instant, on: day, areas }, 200);
  });
}
