import { z } from '@hono/zod-openapi';
import { defineEvent } from '#contracts/define-event.ts';
import { identifier, instant } from '#contracts/primitives.ts';

/** daily: patients at home are called each day. inbound: an exercise lets invented callers call. */
export const rounds = { daily: 'daily', inbound: 'inbound' } as const;
export type Round = (typeof rounds)[keyof typeof rounds];

/** Calls that the centre makes by itself are switched on or off in a district: to patients, or those of an exercise's invented callers (`roundId`). */
export const dailyCallsSet = defineEvent({
  type: 'daily-calls-set',
  service: 'hotline',
  noun: 'round',
  dataClass: 'public',
  action: 'call.set-daily',
  schema: z.object({
    roundId: identifier,
    enabled: z.boolean(),
    /** At most so many calls on a local day; left out: each that is due. */
    mostPerDay: z.number().int().min(1).max(10_000).optional(),
    occurredAt: instant,
  }),
  key: (data) => data.roundId,
  publishedBy: ['hotline', 'drill'],
  consumedBy: ['hotline'],
  words: { vi: 'Bật, tắt gọi hằng ngày', en: 'Daily calls switched on or off' },
});
