import { createRoute, z } from '@hono/zod-openapi';
import { addDays, daysBetween } from '#contracts/days.ts';
import { areaSeriesAnswer } from '#contracts/http/epidemic.ts';
import { asOfQuery, readAnswers } from '#contracts/http.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { exactAreas } from '#platform/small-cells.ts';
import { clockTime } from '../../district/moment.ts';
import { caseSeriesOfAreas } from '../cases/series.ts';
import { readFeeds } from '../feeds.ts';
import { momentAsked, type ReadParts } from './questions.ts';
import { incompleteDays } from './series.ts';

const areaSeriesRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/area-series',
  summary: 'Cases a day of every area of a level',
  request: {
    query: asOfQuery.extend({
      level: z.enum(['district', 'ward', 'neighbourhood']).default('ward'),
      from: askedDay.optional(),
      to: askedDay.optional(),
    }),
  },
  responses: readAnswers('by area, each day in order', areaSeriesAnswer),
});

const usualDays = 42;
/** A city has some hundred wards and some ten thousand neighbourhoods. */
const mostDays = 366;

export function addAreaSeriesRoute(app: App, parts: ReadParts): void {
  app.openapi(areaSeriesRoute, async (context) => {
    const { level, ...query } = context.req.valid('query');
    const moment = await momentAsked(parts, query);
    const to = query.to ?? moment.day;
    const from = query.from ?? addDays(to, 1 - usualDays);
    if (from > to || daysBetween(from, to) >= mostDays)
      throw new Problem(422, 'The request does not fit', {
        errors: [{ field: 'query.from', value: from, reason: `from a year before to (${to}) up to it` }],
      });
    const feeds = await readFeeds(parts.database, moment.district);
    // Where no single case was ever heard of, days without one are not days with none.
    const heard = feeds.some(({ feed }) => feed === 'cases');
    const exact = await exactAreas(context, query.district);
    const areas = await caseSeriesOfAreas(parts.database, moment, { level, from, to });
    return context.json(
      {
        asOf: clockTime(moment),
        from,
        to,
        completeUntil: addDays(moment.day, -incompleteDays.event),
        areas: areas.map(({ areaId, parentId, cases }) => {
          const reason =
            exact !== 'all' && !exact.has(areaId)
              ? ('rows-only' as const)
              : heard
                ? null
                : ('no-single-cases' as const);
          return { areaId, parentId, cases: reason ? null : cases, reason };
        }),
      },
      200,
    );
  });
}
