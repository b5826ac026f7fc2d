import { createRoute, z } from '@hono/zod-openapi';
import { asOfQuery, problemResponses } from '#contracts/http.ts';
import { districtId, identifier } from '#contracts/primitives.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import type { WorkParts } from '../district-work.ts';
import { readCards } from '../reads/said.ts';

const card = z
  .object({
    district: z.string(),
    modelId: z.string(),
    kind: z.string(),
    dataThroughDate: z.string(),
    knownAt: z.string(),
    card: z.record(z.string(), z.unknown()),
  })
  .openapi('ModelCard');

const listRoute = createRoute({
  method: 'get',
  path: '/api/models',
  summary: 'Models that were used, newest first: data, version, and scores beside the baseline',
  request: {
    query: asOfQuery.extend({
      district: districtId.optional(),
      limit: z.coerce.number().int().min(1).max(200).default(20),
    }),
  },
  responses: {
    200: {
      description: 'model cards',
      content: { 'application/json': { schema: z.object({ items: z.array(card) }) } },
    },
    ...problemResponses,
  },
});

const oneRoute = createRoute({
  method: 'get',
  path: '/api/models/{id}',
  summary: 'One model card',
  request: { params: z.object({ id: identifier }) },
  responses: {
    200: { description: 'the card', content: { 'application/json': { schema: card } } },
    ...problemResponses,
  },
});

export function addModelRoutes(app: App, { database }: WorkParts): void {
  app.openapi(listRoute, async (context) => {
    const { district, asOf, limit } = context.req.valid('query');
    return context.json({ items: await readCards(database, { district, asOf, limit }) }, 200);
  });
  app.openapi(oneRoute, async (context) => {
    const { id } = context.req.valid('param');
    const [found] = await readCards(database, { modelId: id, limit: 1 });
    if (!found)
      throw new Problem(404, 'No such model', {
        errors: [{ field: 'param.id', value: id, reason: 'one of GET /api/models' }],
      });
    return context.json(found, 200);
  });
}
