import { createRoute, z } from '@hono/zod-openapi';
import { caseDetail, rowList } from '#contracts/http/epidemic.ts';
import { pointCells } from '#contracts/http/point-cells.ts';
import { asOfQuery, pageQuery, problemResponses, readAnswers } from '#contracts/http.ts';
import { bytesPerPoint, pointsMediaType } from '#contracts/points.ts';
import { identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { pointsWanted } from '../../district/point-cells.ts';
import { caseDays, caseFilter } from '../cases/filters.ts';
import { caseHistory } from '../cases/history.ts';
import { listCases } from '../cases/list.ts';
import { caseCells, casePoints } from '../cases/points.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const listRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/cases',
  summary: 'Line list: exactly the cases behind a figure',
  request: { query: dayQuery.extend(pageQuery.shape).extend(caseFilter.shape) },
  responses: readAnswers('a page of cases and the total', rowList),
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/cases/{caseId}',
  summary: 'One case with everything that was known of it up to a moment',
  request: { params: z.object({ caseId: identifier }), query: asOfQuery },
  responses: readAnswers('the case, its ETag for changes, its versions, and what each of them says anew', caseDetail),
});

const pointsRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/points',
  summary: 'Located cases as 16-byte records, or counted by cell',
  request: { query: dayQuery.extend(caseDays.shape).extend(pointsWanted.shape) },
  responses: {
    200: {
      description: `records of ${bytesPerPoint} bytes, see contracts/points.ts`,
      content: {
        [pointsMediaType]: { schema: z.string().openapi({ format: 'binary' }) },
        'application/json': { schema: pointCells },
      },
    },
    ...problemResponses,
  },
});

/** The line list, and a case with its history. */
export function addCaseRoutes(app: App, parts: ReadParts): void {
  app.openapi(listRoute, async (context) => {
    const query = context.req.valid('query');
    return context.json(await listCases(parts.database, await momentAsked(parts, query), query, query), 200);
  });

  app.openapi(oneRoute, async (context) => {
    const { caseId } = context.req.valid('param');
    const { district, asOf } = context.req.valid('query');
    const moment = asOf === undefined ? undefined : await momentAsked(parts, { district, asOf });
    const found = await caseHistory(parts.database, district, caseId, moment?.instant);
    if (!found)
      throw new Problem(404, 'No such case', {
        vietnamese: { title: 'Không có ca bệnh này' },
        errors: [
          {
            field: 'param.caseId',
            value: caseId,
            reason: `a case of district ${district}`,
            words: { vi: 'một ca bệnh của địa bàn này', en: `a case of district ${district}` },
          },
        ],
      });
    context.header('etag', found.etag);
    return context.json({ ...found }, 200);
  });
}

/** The located cases, for a map. */
export function addPointsRoute(app: App, parts: ReadParts): void {
  app.openapi(pointsRoute, async (context) => {
    const { cellZoom, clock, ...query } = context.req.valid('query');
    const moment = await momentAsked(parts, query);
    if (cellZoom !== undefined) return context.json(await caseCells(parts.database, moment, query, cellZoom), 200);
    const { bytes, count } = await casePoints(parts.database, moment, query, clock === true);
    return context.body(new Uint8Array(bytes), 200, {
      'content-type': pointsMediaType,
      'x-points': String(count),
    });
  });
}
