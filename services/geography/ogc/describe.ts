import type { Collection } from './collections.ts';
import { defaultLimit, mostItems } from './item-query.ts';

export interface Link {
  href: string;
  rel: string;
  type: string;
  title?: string;
}

export const openApiType = 'application/vnd.oai.openapi+json;version=3.0';
const crs84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';

/** Source: OGC API – Features Part 1: Core 1.0.1 (17-069r4), annex A. */
export const conformsTo = ['core', 'oas30', 'geojson'].map(
  (part) => `http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/${part}`,
);

export const landingPage = (base: string) => ({
  title: 'Vùng Xanh',
  description: 'Areas, base map and public facts of the districts',
  links: [
    { href: base, rel: 'self', type: 'application/json' },
    { href: `${base}/api`, rel: 'service-desc', type: openApiType },
    { href: `${base}/conformance`, rel: 'conformance', type: 'application/json' },
    { href: `${base}/collections`, rel: 'data', type: 'application/json' },
  ] satisfies Link[],
});

export function describeCollection(base: string, collection: Collection) {
  const href = `${base}/collections/${collection.id}`;
  return {
    id: collection.id,
    title: collection.title,
    description: collection.description,
    itemType: 'feature',
    crs: [crs84],
    extent: {
      ...(collection.bbox ? { spatial: { bbox: [collection.bbox], crs: crs84 } } : {}),
      ...(collection.interval ? { temporal: { interval: [collection.interval] } } : {}),
    },
    links: [
      { href, rel: 'self', type: 'application/json' },
      { href: `${href}/items`, rel: 'items', type: 'application/geo+json', title: collection.title },
    ] satisfies Link[],
  };
}

/** OpenAPI 3.0 document of this interface alone, with the collections there are. */
export function openApiDocument(base: string, collections: Collection[]) {
  const answer = (description: string, type: string) => ({
    '200': { description, content: { [type]: { schema: { type: 'object' } } } },
    default: { description: 'a problem', content: { 'application/problem+json': { schema: { type: 'object' } } } },
  });
  const collectionId = {
    name: 'collectionId',
    in: 'path',
    required: true,
    schema: { type: 'string', enum: collections.map(({ id }) => id) },
  };
  const queries = [
    { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: mostItems, default: defaultLimit } },
    { name: 'offset', in: 'query', schema: { type: 'integer', minimum: 0, default: 0 } },
    {
      name: 'bbox',
      in: 'query',
      style: 'form',
      explode: false,
      schema: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
    },
    { name: 'datetime', in: 'query', schema: { type: 'string' } },
  ];
  const get = (summary: string, type: string, parameters: unknown[] = []) => ({
    get: { summary, parameters, responses: answer(summary, type) },
  });
  const featureId = { name: 'featureId', in: 'path', required: true, schema: { type: 'string' } };
  return {
    openapi: '3.0.3',
    info: { title: 'Vùng Xanh, OGC API – Features', version: '1' },
    servers: [{ url: base }],
    paths: {
      '/': get('landing page', 'application/json'),
      '/conformance': get('conformance classes', 'application/json'),
      '/api': get('this document', openApiType),
      '/collections': get('all collections', 'application/json'),
      '/collections/{collectionId}': get('one collection', 'application/json', [collectionId]),
      '/collections/{collectionId}/items': get('its features', 'application/geo+json', [collectionId, ...queries]),
      '/collections/{collectionId}/items/{featureId}': get('one feature', 'application/geo+json', [
        collectionId,
        featureId,
      ]),
    },
  };
}
