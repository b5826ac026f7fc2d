import { createRoute, z } from '@hono/zod-openapi';
import { rowList } from '#contracts/http/epidemic.ts';
import { readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { listVaccination } from '../vaccination/list.ts';
import { dayQuery, momentAsked, type ReadParts } from './questions.ts';

const vaccinationRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/vaccination',
  summary: 'Coverage by area, age group and dose, with its denominator',
  request: {
    query: dayQuery.extend({
      fromAge: z.coerce
        .number()
        .int()
        .min(0)
        .max(120)
        .optional()
        .openapi({ description: 'only the rows that make up the area’s coverage of these ages and over' }),
      dose: z.enum(['oneDose', 'fullCourse']).default('oneDose'),
    }),
  },
  responses: readAnswers('one row for each area and age group', rowList),
});

export function addVaccinationRoute(app: App, parts: ReadParts): void {
  app.openapi(vaccinationRoute, async (context) => {
    const query = context.req.valid('query');
    return context.json(await listVaccination(parts.database, await momentAsked(parts, query), query), 200);
  });
}
