import { createRoute } from '@hono/zod-openapi';
import { rowList } from '#contracts/http/epidemic.ts';
import { readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { listFacilities } from '../capacity/list.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const facilitiesRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/facilities',
  summary: 'Treatment capacity by facility',
  request: { query: dayQuery },
  responses: readAnswers('the newest report of each facility', rowList),
});

export function addFacilityRoute(app: App, parts: ReadParts): void {
  app.openapi(facilitiesRoute, async (context) => {
    const query = context.req.valid('query');
    return context.json(await listFacilities(parts.database, await momentAsked(parts, query), query.areaId), 200);
  });
}
