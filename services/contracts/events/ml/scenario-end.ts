import { z } from '@hono/zod-openapi';
import { identifier } from '../../primitives.ts';

/** What names a run. */
export const runShape = { runId: identifier, kind: z.enum(['comparison', 'plan']) };
/** Where the ends of a run are said, and by whom. */
export const scenarioEnd = {
  service: 'ml',
  noun: 'scenario',
  dataClass: 'aggregate',
  publishedBy: ['ml'],
  consumedBy: ['ml', 'live'],
  dates: 'computed',
} as const;
