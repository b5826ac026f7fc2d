import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { abstention } from './abstention.ts';
import { runShape, scenarioEnd } from './scenario-end.ts';

/** It cannot be done, by name. */
export const scenarioFailed = defineEvent({
  ...scenarioEnd,
  type: 'scenario-failed',
  action: 'scenario.run',
  words: { vi: 'Không chạy được kịch bản', en: 'Scenario run failed' },
  live: { feed: 'scenarios', entity: ['runId'], values: ['kind', 'reason'] },
  schema: z.object({ ...runShape, ...abstention.shape }),
  key: (data) => data.runId,
});
