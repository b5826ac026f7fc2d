import { z } from '@hono/zod-openapi';

/** Slower than life makes no drill; ten days a second is what a projection still follows easily. */
const speed = z.number().min(1).max(864_000).openapi({ description: 'times life; 21600 is a day in 4 seconds' });

/** GET and POST /api/drill: where the exercise is. */
export const drillState = z
  .object({
    running: z.boolean(),
    paused: z.boolean(),
    finished: z.boolean(),
    prefilling: z.boolean().openapi({ description: 'the first weeks are being sent as fast as they go' }),
    speed: z.number(),
    clock: z.string().openapi({ description: "the exercise's own time, RFC 3339" }),
    from: z.string(),
    to: z.string(),
    district: z.string(),
    sent: z.number().int().openapi({ description: 'events acknowledged by the journal' }),
    waitingFor: z.string().optional(),
  })
  .openapi('Drill');
export type DrillState = z.infer<typeof drillState>;

export const drillCommand = z.discriminatedUnion('action', [
  z.object({ action: z.literal('start'), speed: speed.optional() }),
  z.object({ action: z.literal('pause') }),
  z.object({ action: z.literal('resume') }),
  z.object({ action: z.literal('speed'), speed }),
  z.object({ action: z.literal('stop') }).openapi({ description: 'ends it and throws its district away' }),
]);
export type DrillCommand = z.infer<typeof drillCommand>;
