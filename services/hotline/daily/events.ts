import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, instant } from '#contracts/primitives.ts';

/** Daily calls to patients are switched on or off in a district. */
export const dailyCallsSet = defineEvent({
  type: 'daily-calls-set',
  service: 'hotline',
  noun: 'round',
  dataClass: 'public',
  action: 'call.set-daily',
  schema: z.object({ roundId: identifier, enabled: z.boolean(), occurredAt: instant }),
  key: (data) => data.roundId,
  publishedBy: ['hotline'],
  consumedBy: ['hotline'],
  words: { vi: 'Bật, tắt gọi hằng ngày', en: 'Daily calls switched on or off' },
});
