import { createRoute, z } from '@hono/zod-openapi';
import { areaCollection, areaLevel } from '#contracts/http/geography.ts';
import { problemResponses } from '#contracts/http.ts';
import { identifier } from '#contracts/primitives.ts';
import { Problem } from '#platform/problem.ts';
import { locatePoint, readAreas, withoutSources } from '../reads/areas.ts';
import { compactAreas, simplifyAreas } from '../reads/compact-areas.ts';
import { placeQuery, readMoment } from '../reads/moment.ts';
import { freshAnswer } from './fresh-answer.ts';
import type { AddRoutes } from './service.ts';

const list = createRoute({
  method: 'get',
  path: '/api/geography/areas',
  request: {
    query: placeQuery.extend({
      level: areaLevel.optional(),
      format: z.enum(['geojson', 'topojson']).default('geojson').openapi({
        description: 'topojson: each shared edge once, on a grid of some 0.1 m; for a map that loads all areas at once',
      }),
      simplifyMetres: z.coerce.number().min(0).max(1000).optional().openapi({
        description: 'leave out vertices closer than this to the line without them; neighbours stay neighbours',
      }),
    }),
  },
  responses: {
    200: {
      description: 'areas as known at asOf and valid on onDay; parents before children',
      content: {
        'application/geo+json': { schema: areaCollection },
        'application/topo+json': { schema: z.looseObject({ type: z.literal('Topology') }) },
      },
    },
    304: { description: 'not changed' },
    ...problemResponses,
  },
});

const one = createRoute({
  method: 'get',
  path: '/api/geography/areas/{areaId}',
  request: {
    params: z.object({ areaId: identifier.openapi({ param: { in: 'path', name: 'areaId' } }) }),
    query: placeQuery,
  },
  responses: {
    200: {
      description: 'one area, with `children` and every version known now in `versions`',
      content: { 'application/json': { schema: z.looseObject({ type: z.literal('Feature') }) } },
    },
    ...problemResponses,
  },
});

const locate = createRoute({
  method: 'get',
  path: '/api/geography/locate',
  request: {
    query: placeQuery.extend({
      lon: z.coerce.number().min(-180).max(180),
      lat: z.coerce.number().min(-90).max(90),
    }),
  },
  responses: {
    200: {
      description: 'areas that hold the point, from the whole to the part; empty outside all',
      content: {
        'application/json': {
          schema: z.object({
            onDay: z.string(),
            areas: z.array(z.object({ areaId: z.string(), level: z.string(), name: z.string() })),
          }),
        },
      },
    },
    ...problemResponses,
  },
});

export const areaRoutes: AddRoutes = (app, parts) => {
  app.openapi(list, async (context) => {
    const query = context.req.valid('query');
    const moment = await readMoment(parts.database, query, parts.now());
    const topo = query.format === 'topojson';
    return freshAnswer(
      context,
      `${moment.version} ${moment.day}`,
      topo ? 'application/topo+json' : 'application/geo+json',
      async () => {
        const areas = await readAreas(parts.database, moment, { level: query.level });
        const { simplifyMetres } = query;
        if (topo) return JSON.stringify(compactAreas(withoutSources(areas), { simplifyMetres, quantization: 1e6 }));
        return JSON.stringify(simplifyMetres ? simplifyAreas(areas, simplifyMetres) : areas);
      },
    );
  });

  app.openapi(one, async (context) => {
    const { areaId } = context.req.valid('param');
    const moment = await readMoment(parts.database, context.req.valid('query'), parts.now());
    const [feature] = (await readAreas(parts.database, moment, { areaId })).features;
    if (!feature)
      throw new Problem(404, 'No such area then', {
        errors: [{ field: 'areaId', value: areaId, reason: `known at ${moment.knownAt} for ${moment.day}` }],
      });
    const { rows: children } = await parts.database.query(
      'SELECT area_id AS "areaId", name, level FROM geography.areas_at($1, $2, $3) WHERE parent_id = $4 ORDER BY area_id',
      [moment.district, moment.knownAt, moment.day, areaId],
    );
    const { rows: versions } = await parts.database.query(
      `SELECT name, valid_from AS "validFrom", nullif(valid_until, 'infinity') AS "validUntil", known_at AS "knownAt", area_km2 AS "areaKm2", repairs
       FROM geography.area_versions WHERE district = $1 AND area_id = $2 AND known_at <= $3 AND known_until > $3 ORDER BY valid_from`,
      [moment.district, areaId, moment.knownAt],
    );
    return context.json({ ...feature, children, versions }, 200);
  });

  app.openapi(locate, async (context) => {
    const query = context.req.valid('query');
    const moment = await readMoment(parts.database, query, parts.now());
    return context.json({ onDay: moment.day, areas: await locatePoint(parts.database, moment, query) }, 200);
  });
};
