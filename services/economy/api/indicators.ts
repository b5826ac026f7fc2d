import { createRoute, z } from '@hono/zod-openapi';
import { dayInWords } from '#contracts/days.ts';
import { seriesValue } from '#contracts/events/economy/series-value.ts';
import { comparison, indicatorValue } from '#contracts/http/economy.ts';
import { asOfQuery, districtQuery, problemResponses, readAnswers } from '#contracts/http.ts';
import { askedDay, identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { appendProblem } from '#platform/command.ts';
import { Problem } from '#platform/problem.ts';
import { callerOf, stampedEvent } from '../../district/stamp.ts';
import { jsonBody } from '../../lifecycle/route-shapes.ts';
import { type CommandParts, projectionWaitMs } from '../../lifecycle/run-command.ts';
import { compareMonthWithQuarter } from '../indicators/compare.ts';
import { readIndicators } from '../reads/indicators.ts';
import { momentOf } from '../reads/moment.ts';
import { stampOf } from './commands.ts';

const series = z.enum(['indicator', 'revenue']);

const publishRoute = createRoute({
  method: 'post',
  path: '/api/economy/indicators',
  summary: 'Publish a value of a series for a period; a later one for the same period revises it',
  request: {
    query: districtQuery,
    body: jsonBody(seriesValue.extend({ series: series.default('indicator') }).openapi('SeriesValue')),
  },
  responses: {
    201: {
      description: 'journalled',
      content: { 'application/json': { schema: z.object({ sequence: z.number(), projected: z.boolean() }) } },
    },
    ...problemResponses,
  },
});

const listRoute = createRoute({
  method: 'get',
  path: '/api/economy/indicators',
  summary: 'Values of series by period, with source and revisions',
  request: {
    query: asOfQuery.extend({
      series: series.optional(),
      indicatorId: identifier.optional(),
      areaId: identifier.optional(),
      from: askedDay.optional(),
      to: askedDay.optional(),
      revisions: z
        .enum(['true', 'false'])
        .default('false')
        .openapi({ description: 'every revision known at the moment, and not only the newest' }),
    }),
  },
  responses: readAnswers('by series, area and period', z.object({ asOf: z.string(), items: z.array(indicatorValue) })),
});

const comparisonRoute = createRoute({
  method: 'get',
  path: '/api/economy/comparison',
  summary: 'A month beside a quarter: published, or the sum of its months',
  request: {
    query: asOfQuery.extend({
      series: series.default('revenue'),
      indicatorId: identifier,
      areaId: identifier.optional(),
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'YYYY-MM'),
      quarter: z
        .string()
        .regex(/^\d{4}-Q[1-4]$/, 'YYYY-Q1 … YYYY-Q4')
        .optional()
        .openapi({ description: 'left out: the last one that was complete when the month began' }),
    }),
  },
  responses: readAnswers('the comparison', comparison),
});

/** Series with source, revisions and comparison. */
export function addIndicatorRoutes(app: App, parts: CommandParts): void {
  app.openapi(publishRoute, async (context) => {
    const { district } = context.req.valid('query');
    const { series: kind, ...data } = context.req.valid('json');
    if (data.periodEnd < data.periodStart)
      throw new Problem(422, 'The request does not fit', {
        errors: [
          {
            ...{ field: 'json.periodEnd', value: data.periodEnd, reason: `not before ${data.periodStart}` },
            words: { vi: `không trước ${dayInWords(data.periodStart)}`, en: `not before ${data.periodStart}` },
          },
        ],
      });
    const stamp = await stampOf(parts, district, callerOf(context));
    const type = kind === 'revenue' ? 'revenue-published' : 'indicator-published';
    const { message } = stampedEvent(stamp, { type, source: 'economy', data });
    const appended = await parts.appender.append(message);
    if (!appended.ok) throw appendProblem(appended);
    const { sequence } = appended;
    const projected = await parts.projection.reached(district, sequence, projectionWaitMs);
    return context.json({ sequence, projected }, 201);
  });

  app.openapi(listRoute, async (context) => {
    const { district, asOf, revisions, ...filter } = context.req.valid('query');
    const moment = await momentOf(parts.database, district, asOf, parts.now());
    const items = await readIndicators(parts.database, moment, { ...filter, revisions: revisions === 'true' });
    return context.json({ asOf: moment.instant, items }, 200);
  });

  app.openapi(comparisonRoute, async (context) => {
    const { district, asOf, series: kind, indicatorId, areaId, month, quarter } = context.req.valid('query');
    const moment = await momentOf(parts.database, district, asOf, parts.now());
    const values = await readIndicators(parts.database, moment, { series: kind, indicatorId, areaId: areaId ?? '' });
    if (values.length === 0)
      throw new Problem(404, 'No such series', {
        errors: [
          {
            field: 'query.indicatorId',
            value: indicatorId,
            reason: `a ${kind} series of ${areaId ?? 'the whole district'}`,
          },
        ],
      });
    return context.json(compareMonthWithQuarter(values, month, quarter), 200);
  });
}
