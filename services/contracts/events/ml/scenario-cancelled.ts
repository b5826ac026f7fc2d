import { z } from '@hono/zod-openapi';
import { defineEvent } from '../../define-event.ts';
import { runShape, scenarioEnd } from './scenario-end.ts';

/** Somebody wants it no more. */
export const scenarioCancelled = defineEvent({
  ...scenarioEnd,
  type: 'scenario-cancelled',
  action: 'scenario.cancel',
  words: { vi: 'Hủy chạy kịch bản', en: 'Scenario run cancelled' },
  live: { feed: 'scenarios', entity: ['runId'], values: ['kind'] },
  schema: z.object(runShape),
  key: (data) => data.runId,
});
