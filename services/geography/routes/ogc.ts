import type { Context } from 'hono';
import { mayIn } from '#platform/permission.ts';
import { Problem } from '#platform/problem.ts';
import { type Collection, readCollections } from '../ogc/collections.ts';
import {
  conformsTo,
  describeCollection,
  type Link,
  landingPage,
  openApiDocument,
  openApiType,
} from '../ogc/describe.ts';
import { readItemQuery } from '../ogc/item-query.ts';
import { readItems } from '../ogc/read-items.ts';
import { publicOrigin } from './public-origin.ts';
import type { AddRoutes } from './service.ts';

const geoJson = 'application/geo+json';

/** OGC API – Features, Part 1: Core, GeoJSON and OpenAPI 3.0, read by GDAL and QGIS. Everything here is public. */
export const ogcRoutes: AddRoutes = (app, { database, now }) => {
  const base = (context: Context) => `${publicOrigin(context)}/api/ogc`;
  /** Those of the caller's districts. */
  const permitted = async (context: Context) =>
    (await readCollections(database)).filter(({ district }) => mayIn(context, district));
  const collectionOf = async (id: string): Promise<Collection> => {
    const found = (await readCollections(database)).find((collection) => collection.id === id);
    if (!found)
      throw new Problem(404, 'No such collection', {
        errors: [{ field: 'collectionId', value: id, reason: 'see /api/ogc/collections' }],
      });
    return found;
  };

  app.get('/api/ogc', (context) => context.json(landingPage(base(context))));
  app.get('/api/ogc/conformance', (context) => context.json({ conformsTo }));
  app.get('/api/ogc/api', async (context) =>
    typed(openApiDocument(base(context), await permitted(context)), openApiType),
  );

  app.get('/api/ogc/collections', async (context) => {
    const collections = await permitted(context);
    return context.json({
      links: [{ href: `${base(context)}/collections`, rel: 'self', type: 'application/json' }] satisfies Link[],
      collections: collections.map((collection) => describeCollection(base(context), collection)),
    });
  });

  app.get('/api/ogc/collections/:collectionId', async (context) =>
    context.json(describeCollection(base(context), await collectionOf(context.req.param('collectionId')))),
  );

  app.get('/api/ogc/collections/:collectionId/items', async (context) => {
    const collection = await collectionOf(context.req.param('collectionId'));
    const asked = new URL(context.req.url).searchParams;
    const query = readItemQuery(asked, collection.timeZone);
    const { matched, features } = await readItems(database, collection, query);
    const address = `${base(context)}/collections/${collection.id}`;
    const page = (rel: string, offset: number): Link => {
      const search = new URLSearchParams(asked);
      search.set('offset', String(offset));
      search.set('limit', String(query.limit));
      return { href: `${address}/items?${search}`, rel, type: geoJson };
    };
    const links: Link[] = [page('self', query.offset), { href: address, rel: 'collection', type: 'application/json' }];
    if (query.offset + features.length < matched && features.length)
      links.push(page('next', query.offset + query.limit));
    if (query.offset > 0) links.push(page('prev', Math.max(0, query.offset - query.limit)));
    const timeStamp = now().toISOString();
    return typed(
      {
        type: 'FeatureCollection',
        timeStamp,
        numberMatched: matched,
        numberReturned: features.length,
        links,
        features,
      },
      geoJson,
    );
  });

  app.get('/api/ogc/collections/:collectionId/items/:featureId', async (context) => {
    const collection = await collectionOf(context.req.param('collectionId'));
    const id = context.req.param('featureId');
    const { features } = await readItems(database, collection, { id, limit: 1, offset: 0, bbox: null, datetime: null });
    const [feature] = features;
    if (!feature)
      throw new Problem(404, 'No such feature', {
        errors: [{ field: 'featureId', value: id, reason: `is not in ${collection.id}` }],
      });
    const address = `${base(context)}/collections/${collection.id}`;
    const links: Link[] = [
      { href: `${address}/items/${id}`, rel: 'self', type: geoJson },
      { href: address, rel: 'collection', type: 'application/json' },
    ];
    return typed({ ...feature, links }, geoJson);
  });
};

const typed = (body: unknown, type: string) =>
  new Response(JSON.stringify(body), { headers: { 'content-type': type } });
