import { z } from '@hono/zod-openapi';

/** GET /api/feeds and /api/epidemic/feeds: the newest fact of a feed, when it happened and when it was known. */
export const feedRow = z.object({ feed: z.string(), lastEventAt: z.string(), lastRecordedAt: z.string() });
export type FeedRow = z.infer<typeof feedRow>;
