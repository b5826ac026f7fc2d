import { createRoute, z } from '@hono/zod-openapi';
import { problemResponses } from '#contracts/http.ts';
import { readMapFeatures } from '../reads/map-features.ts';
import { placeQuery, readMoment } from '../reads/moment.ts';
import { searchPlaces } from '../reads/search.ts';
import { freshAnswer } from './fresh-answer.ts';
import type { AddRoutes } from './service.ts';

const candidate = z.object({
  id: z.string(),
  kind: z.string().openapi({ description: 'area, waterway, road, place, planning-zone' }),
  name: z.string(),
  namePlain: z.string(),
  level: z.string().nullable(),
  parentId: z.string().nullable(),
  within: z.array(z.string()).openapi({ description: 'names above it, nearest first' }),
  lon: z.number().nullable(),
  lat: z.number().nullable(),
  match: z.enum(['exact', 'plain', 'prefix', 'similar']),
  score: z.number(),
  similarity: z.number(),
});

const search = createRoute({
  method: 'get',
  path: '/api/geography/search',
  request: {
    query: placeQuery.extend({
      q: z.string().min(1).max(120).openapi({ example: 'tan phu' }),
      limit: z.coerce.number().int().min(1).max(50).default(10),
    }),
  },
  responses: {
    200: {
      description:
        'places by name with, without or with wrong accents; ambiguous: ask which of the first ones is meant',
      content: {
        'application/json': { schema: z.object({ ambiguous: z.boolean(), candidates: z.array(candidate) }) },
      },
    },
    ...problemResponses,
  },
});

const mapContext = createRoute({
  method: 'get',
  path: '/api/geography/context',
  request: {
    query: placeQuery.extend({
      kind: z.enum(['waterway', 'road', 'place', 'planning-zone', 'surrounding']).optional(),
    }),
  },
  responses: {
    200: {
      description: 'waterways, roads, places, planning zones and what lies around the district, for the base map',
      content: { 'application/geo+json': { schema: z.looseObject({ type: z.literal('FeatureCollection') }) } },
    },
    304: { description: 'not changed' },
    ...problemResponses,
  },
});

/** Search by name, and what the base map shows besides areas. */
export const nameRoutes: AddRoutes = (app, parts) => {
  app.openapi(search, async (context) => {
    const query = context.req.valid('query');
    const moment = await readMoment(parts.database, query, parts.now());
    return context.json(await searchPlaces(parts.database, moment, query.q, query.limit), 200);
  });

  app.openapi(mapContext, async (context) => {
    const query = context.req.valid('query');
    const moment = await readMoment(parts.database, query, parts.now());
    return freshAnswer(context, moment.version, 'application/geo+json', async () =>
      JSON.stringify(await readMapFeatures(parts.database, moment.district, moment.knownAt, query.kind)),
    );
  });
};
