import { createRoute, z } from '@hono/zod-openapi';
import { feedRow } from '#contracts/http/feeds.ts';
import { asOfQuery, readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { readFeeds } from '../feeds.ts';
import type { ReadParts } from './questions.ts';

const feedsRoute = createRoute({
  method: 'get',
  path: '/api/epidemic/feeds',
  summary: 'How fresh each feed is',
  request: { query: asOfQuery },
  responses: readAnswers('newest event of each feed', z.array(feedRow)),
});

export function addFeedRoute(app: App, { database }: ReadParts): void {
  app.openapi(feedsRoute, async (context) =>
    context.json(await readFeeds(database, context.req.valid('query').district), 200),
  );
}
