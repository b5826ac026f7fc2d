import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { day, identifier } from '../../primitives.ts';

/** Areas that hold more cases than place and day explain, when it is worth telling somebody: new, past the quiet days, or grown. */
export const clusterDetected = defineEvent({
  type: 'cluster-detected',
  service: 'ml',
  noun: 'cluster',
  dataClass: 'aggregate',
  action: 'cluster.detect',
  schema: z.object({
    /** The area in the middle. */
    areaId: identifier,
    /** All areas of the cluster, the middle one first. */
    areaIds: z.array(identifier).min(1).max(500),
    /** The district's day on which it was raised: the quiet days count from here. */
    raisedDate: day,
    firstDate: day,
    lastDate: day,
    observed: z.number().int().min(1),
    expected: z.number().min(0),
    relativeRisk: z.number().min(0),
    radiusKm: z.number().min(0),
    p: z.number().min(0).max(1),
    /** What found it; left out before 2026-11-30: the scan. */
    rule: z.enum(['scan', 'count']).optional(),
    /** Policy by which it alarms: highest p, and after how many days or by what growth the same one is raised again. */
    alpha: z.number().min(0).max(1),
    quietDays: z.number().int().min(0),
    growthFactor: z.number().min(1),
    reason: z.enum(['new', 'grown', 'still-there']),
    modelId: identifier,
    centre: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).optional(),
  }),
  dates: 'computed',
  key: (data) => data.areaId,
  publishedBy: ['ml'],
  consumedBy: ['ml', 'live'],
  words: { vi: 'Ổ dịch nổi lên', en: 'Cluster detected' },
  live: {
    feed: 'clusters',
    entity: ['areaId'],
    values: ['raisedDate', 'firstDate', 'lastDate', 'observed', 'expected', 'relativeRisk', 'p', 'reason'],
  },
});
