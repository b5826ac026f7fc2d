import { createRoute, z } from '@hono/zod-openapi';
import { rowList } from '#contracts/http/epidemic.ts';
import { readAnswers } from '#contracts/http.ts';
import { askedDay } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { exactAreas } from '#platform/small-cells.ts';
import { flag } from '../../district/query.ts';
import { countsBehindFigure, listCounts } from '../counts/list.ts';
import { longestPeriodDays } from '../counts/window-count.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const countsRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/counts',
  summary: 'Published counts, with their revisions when asked',
  request: {
    query: dayQuery.extend({
      measure: z.enum(['new-cases', 'cumulative-cases', 'deaths', 'tests', 'admissions']).default('new-cases'),
      from: askedDay.optional(),
      to: askedDay.optional(),
      revisions: flag,
      windowDays: z.coerce
        .number()
        .int()
        .min(1)
        .max(longestPeriodDays)
        .optional()
        .openapi({ description: 'only the rows that make up the area’s figure of a window of so many days' }),
    }),
  },
  responses: readAnswers('newest period first', rowList),
});

export function addCountRoute(app: App, parts: ReadParts): void {
  app.openapi(countsRoute, async (context) => {
    const query = context.req.valid('query');
    const { areaId, windowDays, measure } = query;
    const moment = await momentAsked(parts, query);
    const rows =
      areaId && windowDays
        ? await countsBehindFigure(parts.database, moment, { areaId, measure, windowDays })
        : await listCounts(parts.database, moment, query);
    const exact = await exactAreas(context, query.district);
    if (exact === 'all') return context.json(rows, 200);
    // Parts that publish nothing stand beside those that do by what the line list has of them.
    const items = rows.items.filter((row) => row.basis !== 'line-list' || exact.has(row.areaId));
    return context.json({ total: items.length, items }, 200);
  });
}
