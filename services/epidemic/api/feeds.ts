import { createRoute, z } from '@hono/zod-openapi';
import { feedRow } from '#contracts/http/feeds.ts';
import { asOfQuery, readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { readFeeds } from '../feeds.ts';
import { momentAsked, type ReadParts } from './questions.ts';

const feedsRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/feeds',
  summary: 'How fresh each feed is',
  request: { query: asOfQuery },
  responses: readAnswers('newest event of each feed', z.array(feedRow)),
});

export function addFeedRoute(app: App, parts: ReadParts): void {
  app.openapi(feedsRoute, async (context) => {
    const query = context.req.valid('query');
    // How fresh a feed is can be said of now alone; a moment to come is refused as everywhere.
    if (query.asOf !== undefined) await momentAsked(parts, query);
    return context.json(await readFeeds(parts.database, query.district), 200);
  });
}
