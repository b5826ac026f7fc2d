import { z } from '@hono/zod-openapi';
import { clusterDetected } from '../../events/ml/cluster-detected.ts';
import { border } from '../border.ts';
import { abstention } from './abstention.ts';

const outline = border
  .nullable()
  .openapi({ description: 'border around all its areas, GeoJSON geometry, WGS84; null: no area of it has a border' });

/** A cluster of today's scan. */
export const cluster = z.object({
  centre: z.tuple([z.number(), z.number()]),
  areaIds: z.array(z.string()),
  radiusKm: z.number(),
  firstDate: z.string(),
  lastDate: z.string(),
  observed: z.number(),
  expected: z.number(),
  relativeRisk: z.number(),
  p: z.number().openapi({ description: 'chance of such a cluster on a day without any' }),
  rule: z.enum(['scan', 'count']).openapi({
    description:
      'what found it: the scan of space and time, or the plain count of one area beside its people and its past',
  }),
  alarm: z.boolean().openapi({ description: 'p is at most alpha' }),
  raisedAt: z.string().nullable().openapi({
    description: 'when an alert that shares an area with it was last said within the quiet days; null: none was',
  }),
  outline,
});
export type Cluster = z.infer<typeof cluster>;

/** A cluster as it was raised: an event, not today's scan. */
export const raisedCluster = z.intersection(clusterDetected.schema, z.object({ knownAt: z.string(), outline }));
export type RaisedCluster = z.infer<typeof raisedCluster>;

/** GET /api/clusters */
export const clustersAnswer = z.object({
  district: z.string(),
  asOf: z.string(),
  throughDate: z.string(),
  alpha: z.number(),
  replications: z.number(),
  /** After a cluster was raised it is quiet for so many days, unless it grows by the factor. */
  quietDays: z.number(),
  growthFactor: z.number(),
  clusters: z.array(cluster),
  alerts: z.array(raisedCluster).openapi({ description: 'raised within the quiet days, newest first' }),
  abstention: abstention.nullable(),
});
export type ClustersAnswer = z.infer<typeof clustersAnswer>;
