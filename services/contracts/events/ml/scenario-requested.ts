import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { identifier, instant, shortText } from '../../primitives.ts';
import { planRequest, scenarioRequest } from '../../scenarios.ts';

/** Somebody asked for a run. It is pending until one of the three ends of its subject is appended, also when a process dies meanwhile. */
export const scenarioRequested = defineEvent({
  type: 'scenario-requested',
  service: 'ml',
  noun: 'scenario',
  dataClass: 'aggregate',
  action: 'scenario.run',
  schema: z.object({
    runId: identifier,
    kind: z.enum(['comparison', 'plan']),
    /** Of request, data and code: the same hash has the same answer. */
    inputHash: identifier,
    dataHash: identifier,
    codeVersion: z.string().min(1).max(80),
    names: z.array(shortText).min(1).max(3),
    /** The district's clock at the request: run again later, it sees what was known then. */
    clockTime: instant,
    request: z.union([scenarioRequest, planRequest]),
  }),
  dates: 'computed',
  key: (data) => data.runId,
  publishedBy: ['ml'],
  consumedBy: ['ml', 'live'],
  words: { vi: 'Yêu cầu chạy kịch bản', en: 'Scenario run requested' },
  live: { feed: 'scenarios', entity: ['runId'], values: ['kind'] },
});
