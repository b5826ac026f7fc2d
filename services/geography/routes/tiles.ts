import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { pointLayerOf } from '#contracts/feeds.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { assertMay } from '#platform/permission.ts';
import { Problem, unknownDistrict } from '#platform/problem.ts';
import { pointProjectionName } from '../projections/points.ts';
import { readDistricts } from '../reads/districts.ts';
import { placeQuery, readMoment } from '../reads/moment.ts';
import { isPlaceLayer, isPointLayer, layerNames, type PlaceLayer, placeLayers, vectorLayers } from '../tiles/layers.ts';
import { areaTile, mapFeatureTile } from '../tiles/place-tile.ts';
import { pointTile } from '../tiles/point-tile.ts';
import { deepestZoom, type TileAddress, tileAddress } from '../tiles/tile-address.ts';
import { type KeptTile, TileStore } from '../tiles/tile-store.ts';
import { hasTag } from './fresh-answer.ts';
import { publicOrigin } from './public-origin.ts';
import type { GeographyParts } from './service.ts';

const tileQuery = placeQuery.extend({
  level: z
    .enum(['district', 'ward', 'neighbourhood'])
    .optional()
    .openapi({ description: 'areas only; left out: by zoom' }),
});
const place = { z: z.string(), x: z.string(), tile: z.string().openapi({ example: '6527.mvt' }) };
const answers = {
  200: {
    description: 'a Mapbox Vector Tile 2.1; without bytes when nothing is there',
    content: { 'application/vnd.mapbox-vector-tile': { schema: z.string() } },
  },
  304: { description: 'not changed' },
  ...problemResponses,
};

// Cases speak of persons: a path of their own, so that the access table can tell them apart.
const caseTile = createRoute({
  method: 'get',
  path: '/api/tiles/cases/{z}/{x}/{tile}',
  request: { params: z.object(place), query: tileQuery },
  responses: answers,
});
const tile = createRoute({
  method: 'get',
  path: '/api/tiles/{layer}/{z}/{x}/{tile}',
  request: { params: z.object({ layer: z.string(), ...place }), query: tileQuery },
  responses: answers,
});
const tileJson = createRoute({
  method: 'get',
  path: '/api/tiles/{layer}',
  request: { params: z.object({ layer: z.string() }), query: placeQuery },
  responses: {
    200: {
      description: 'TileJSON 3.0',
      content: { 'application/json': { schema: z.looseObject({ tilejson: z.string() }) } },
    },
    ...problemResponses,
  },
});

type TileQuery = z.infer<typeof tileQuery>;
type TileParts = Pick<GeographyParts, 'database' | 'now' | 'mostTileBytes'>;

/** Vector tiles. Nothing is kept longer than it is true: a committed row changes the version that a kept tile was made of. */
export function tileRoutes(app: App, parts: TileParts): void {
  const store = new TileStore(parts.mostTileBytes);

  app.openapi(tileJson, async (context) => {
    const { layer } = context.req.valid('param');
    const query = context.req.valid('query');
    if (!layerNames().includes(layer)) throw noLayer(layer);
    const [district] = await readDistricts(parts.database, query.district);
    if (!district) throw unknownDistrict(query.district);
    const search = new URLSearchParams(
      Object.entries(query).filter((pair) => pair[1] !== undefined) as [string, string][],
    );
    return context.json(
      {
        tilejson: '3.0.0',
        name: layer,
        tiles: [`${publicOrigin(context)}/api/tiles/${layer}/{z}/{x}/{y}.mvt?${search}`],
        vector_layers: vectorLayers(layer),
        minzoom: 0,
        maxzoom: deepestZoom,
        ...(district.bbox ? { bounds: district.bbox } : {}),
        center: [district.lon, district.lat, district.zoom ?? 12],
      },
      200,
    );
  });

  app.openapi(caseTile, async (context) => {
    const { z, x, tile: file } = context.req.valid('param');
    const made = await keptPointTile(parts, store, 'cases', tileAddress(z, x, file), context.req.valid('query'));
    return answer(context, made);
  });

  app.openapi(tile, async (context) => {
    const { layer, z, x, tile: file } = context.req.valid('param');
    const address = tileAddress(z, x, file);
    const query = context.req.valid('query');
    if (isPointLayer(layer)) {
      // The row of the access table is of public layers: any other is asked for as its rows are.
      const { dataClass, noun } = pointLayerOf(layer);
      if (dataClass !== 'public')
        assertMay(context.var.caller, { action: `${noun}.read`, dataClass }, { district: query.district });
      return answer(context, await keptPointTile(parts, store, layer, address, query));
    }
    if (isPlaceLayer(layer)) return answer(context, await keptPlaceTile(parts, store, layer, address, query));
    throw noLayer(layer);
  });
}

function answer(context: Context, { bytes, etag }: KeptTile): Response {
  const headers = { etag, 'cache-control': 'no-cache' };
  if (hasTag(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers: { ...headers, 'content-type': 'application/vnd.mapbox-vector-tile' } });
}

async function keptPointTile(
  { database }: TileParts,
  store: TileStore,
  layer: string,
  address: TileAddress,
  { district }: TileQuery,
): Promise<KeptTile> {
  const { rows } = await database.query<{ time_zone: string; version: string }>({
    name: 'point-tile-version',
    text: `SELECT time_zone, coalesce(p.stream_created || ' ' || p.sequence, '') AS version FROM geography.districts d
      LEFT JOIN geography.positions p ON p.district = d.district AND p.projection = $2 WHERE d.district = $1`,
    values: [district, pointProjectionName(layer)],
  });
  const row = rows[0];
  if (!row) throw unknownDistrict(district);
  const key = `${layer} ${district} ${address.z}/${address.x}/${address.y}`;
  return store.get(key, row.version, () => pointTile(database, layer, { district, timeZone: row.time_zone }, address));
}

async function keptPlaceTile(
  { database, now }: TileParts,
  store: TileStore,
  layer: PlaceLayer,
  address: TileAddress,
  query: TileQuery,
): Promise<KeptTile> {
  const moment = await readMoment(database, query, now());
  const key = [
    layer,
    moment.district,
    `${address.z}/${address.x}/${address.y}`,
    query.asOf,
    moment.day,
    query.level,
  ].join(' ');
  const kind = placeLayers[layer];
  return store.get(key, moment.version, () =>
    kind === null
      ? areaTile(database, moment, address, query.level)
      : mapFeatureTile(database, moment, address, kind, layer),
  );
}

const noLayer = (layer: string) =>
  new Problem(404, 'No such layer', {
    errors: [{ field: 'layer', value: layer, reason: `one of ${layerNames().join(', ')}` }],
  });
