import { createRoute, z } from '@hono/zod-openapi';
import { rowList } from '#contracts/http/epidemic.ts';
import { readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { exactAreas } from '#platform/small-cells.ts';
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
    const exact = await exactAreas(context, query.district);
    const rows = await listVaccination(parts.database, await momentAsked(parts, query), query);
    if (exact === 'all') return context.json(rows, 200);
    // What a department published, and the sums of single doses of one's own areas.
    const items = rows.items.filter(({ basis, areaId }) => basis === 'published' || exact.has(String(areaId)));
    return context.json({ total: items.length, items }, 200);
  });
}
