import { Problem } from '#platform/problem.ts';

/** A feature as it came: anything may be missing or wrong. */
export interface RawFeature {
  index: number;
  id: unknown;
  properties: Record<string, unknown>;
  geometry: { type?: unknown; coordinates?: unknown } | null;
}

export interface RawCollection {
  features: RawFeature[];
  /** Name in the obsolete `crs` member, if there is one. */
  declaredSystem: string | null;
}

/** @throws Problem 422 when the whole is no GeoJSON FeatureCollection; single wrong features are judged later */
export function readFeatures(text: string): RawCollection {
  let whole: unknown;
  try {
    whole = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw refuse(`no JSON: ${(error as Error).message}`);
  }
  const collection = whole as { type?: unknown; features?: unknown; crs?: { properties?: { name?: unknown } } };
  if (typeof whole !== 'object' || whole === null || collection.type !== 'FeatureCollection')
    throw refuse(`"type" is ${JSON.stringify(collection?.type)}, must be "FeatureCollection"`);
  if (!Array.isArray(collection.features)) throw refuse('"features" must be an array');
  if (!collection.features.length) throw refuse('"features" is empty');
  const name = collection.crs?.properties?.name;
  return {
    declaredSystem: typeof name === 'string' ? name : null,
    features: collection.features.map((item: unknown, index) => {
      const feature = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
      const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
      return {
        index,
        id: feature.id,
        properties: (isObject(feature.properties) ? feature.properties : {}) as Record<string, unknown>,
        geometry: (isObject(feature.geometry) ? feature.geometry : null) as RawFeature['geometry'],
      };
    }),
  };
}

const refuse = (reason: string) =>
  new Problem(422, 'The file is no GeoJSON of areas', { errors: [{ field: 'file', reason }] });
