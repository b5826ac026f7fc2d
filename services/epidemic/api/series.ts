import { createRoute, z } from '@hono/zod-openapi';
import { addDays, daysBetween } from '#contracts/days.ts';
import { seriesAnswer } from '#contracts/http/epidemic.ts';
import { readAnswers } from '#contracts/http.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { localDay } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';
import { exactAreas } from '#platform/small-cells.ts';
import { clockTime } from '../../district/moment.ts';
import { caseSeries } from '../cases/series.ts';
import { countSeries } from '../counts/list.ts';
import { readFeeds } from '../feeds.ts';
import { releasedPeriods } from '../released/released-periods.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const seriesRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/series',
  summary: 'Cases a day',
  request: {
    query: dayQuery.extend({
      from: askedDay.optional(),
      to: askedDay.optional(),
      by: z.enum(['event', 'onset']).default('event'),
    }),
  },
  responses: readAnswers(
    'days in order; the last ones are marked incomplete, as reports of them are still to come; published: counts that a source publishes by period',
    seriesAnswer,
  ),
});

/** Days of a series that is not said how long. */
const usualDays = 90;
const mostDays = 3660;
/** Reports of a day arrive over the next days: the newest three are never complete. Onsets are known later still. */
export const incompleteDays = { event: 3, onset: 7 };

export function addSeriesRoute(app: App, parts: ReadParts): void {
  app.openapi(seriesRoute, async (context) => {
    const query = context.req.valid('query');
    const { areaId, by } = query;
    const moment = await momentAsked(parts, query);
    const to = query.to ?? moment.day;
    const from = query.from ?? addDays(to, 1 - usualDays);
    if (from > to || daysBetween(from, to) > mostDays)
      throw new Problem(422, 'The request does not fit', {
        errors: [{ field: 'query.from', value: from, reason: `from 10 years before to (${to}) up to it` }],
      });
    const running = localDay(Date.parse(moment.instant), moment.timeZone);
    const completeUntil = addDays(moment.day, -incompleteDays[by]);
    // Where no single case was ever heard of, days without one are not days with none.
    const feeds = await readFeeds(parts.database, moment.district);
    const exact = await exactAreas(context, query.district);
    const isExact = exact === 'all' || (areaId !== undefined && exact.has(areaId));
    const days =
      isExact && feeds.some(({ feed }) => feed === 'cases')
        ? await caseSeries(parts.database, moment, { areaId, from, to, by })
        : [];
    const ofDepartment = areaId ? await countSeries(parts.database, moment, { areaId, from, to }) : [];
    const published =
      isExact || ofDepartment.length > 0
        ? ofDepartment
        : releasedPeriods(await parts.releases.tables(moment, { from, to }), areaId);
    return context.json(
      {
        asOf: clockTime(moment),
        by,
        days: days.map((row) => ({ ...row, incomplete: row.day > completeUntil })),
        // A period that ends on the running day is not over: more may come.
        published: published.map((row) => ({ ...row, incomplete: row.periodEnd >= running })),
      },
      200,
    );
  });
}
