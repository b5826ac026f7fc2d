import { z } from '@hono/zod-openapi';
import { border } from './border.ts';

/** GET /api/districts */
export const district = z
  .object({
    district: z.string(),
    name: z.string(),
    nameEnglish: z.string().nullable(),
    timeZone: z.string(),
    clock: z.enum(['live', 'recorded']),
    exercise: z.boolean(),
    lon: z.number(),
    lat: z.number(),
    zoom: z.number().nullable(),
    source: z.string().nullable(),
    /** [west, south, east, north] of everything known about it, degrees. */
    bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).nullable(),
  })
  .openapi('District');
export type District = z.infer<typeof district>;

export const areaLevel = z.enum(['district', 'ward', 'neighbourhood']);
export type AreaLevel = z.infer<typeof areaLevel>;

export const areaProperties = z.object({
  areaId: z.string(),
  parentId: z.string().nullable(),
  level: areaLevel,
  name: z.string(),
  nameEnglish: z.string().nullable(),
  code: z.string().nullable(),
  validFrom: z.string(),
  validUntil: z
    .string()
    .nullable()
    .openapi({ description: 'first day on which this version holds no longer; null: none is known' }),
  areaKm2: z.number().nullable(),
  estimated: z.boolean().openapi({ description: 'the outline is our estimate' }),
  labelPoint: z
    .tuple([z.number(), z.number()])
    .nullable()
    .openapi({ description: '[lon, lat] inside the area, farthest from its border' }),
  population: z
    .number()
    .nullable()
    .openapi({ description: 'people on that day, as known at that moment; null: no figure is known' }),
  populationEstimated: z.boolean().nullable(),
  source: z.string().nullable(),
});
export type AreaProperties = z.infer<typeof areaProperties>;

/** GET /api/geography/areas as GeoJSON: parents before children. */
export const areaCollection = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.string(),
      properties: areaProperties,
      geometry: border.nullable(),
    }),
  ),
});
export type AreaCollection = z.infer<typeof areaCollection>;
