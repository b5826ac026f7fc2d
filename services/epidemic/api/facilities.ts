import { createRoute, z } from '@hono/zod-openapi';
import { facilityDetail, rowList } from '#contracts/http/epidemic.ts';
import { asOfQuery, readAnswers } from '#contracts/http.ts';
import { identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { findFacility, listFacilities } from '../capacity/list.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const facilitiesRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/facilities',
  summary: 'Treatment capacity by facility',
  request: { query: dayQuery },
  responses: readAnswers('the newest report of each facility', rowList),
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/facilities/{facilityId}',
  summary: 'A facility with every report of it',
  request: { params: z.object({ facilityId: identifier }), query: asOfQuery },
  responses: readAnswers('the newest report, and what each report said anew', facilityDetail),
});

export function addFacilityRoute(app: App, parts: ReadParts): void {
  app.openapi(facilitiesRoute, async (context) => {
    const query = context.req.valid('query');
    return context.json(await listFacilities(parts.database, await momentAsked(parts, query), query.areaId), 200);
  });

  app.openapi(oneRoute, async (context) => {
    const query = context.req.valid('query');
    const { facilityId } = context.req.valid('param');
    const found = await findFacility(parts.database, await momentAsked(parts, query), facilityId);
    if (found) return context.json(found, 200);
    throw new Problem(404, 'No such facility', {
      vietnamese: { title: 'Không có cơ sở điều trị này' },
      errors: [
        {
          field: 'param.facilityId',
          value: facilityId,
          reason: `a facility of district ${query.district}`,
          words: { vi: 'một cơ sở điều trị của địa bàn này', en: `a facility of district ${query.district}` },
        },
      ],
    });
  });
}
