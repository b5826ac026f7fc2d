import { createRoute, z } from '@hono/zod-openapi';
import { eventDefinitions } from '#contracts/catalogue.ts';
import type { CloudEvent } from '#contracts/cloud-event.ts';
import { type FeedRow, feedRow } from '#contracts/http/feeds.ts';
import { districtQuery, readAnswers } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import type { Broker } from '#platform/broker.ts';
import { lastMessage, streamOf } from '#platform/journal.ts';
import { unknownDistrict } from '#platform/problem.ts';

/** Subjects of each feed whose facts come from outside, without the district: `urban-order.violation`. What the centre computes or draws itself is none. */
export function reportedSubjects(): Map<string, string[]> {
  const subjects = new Map<string, Set<string>>();
  for (const { live, service, noun, publishedBy } of eventDefinitions())
    if (live && publishedBy.includes('intake'))
      subjects.set(live.feed, (subjects.get(live.feed) ?? new Set()).add(`${service}.${noun}`));
  return new Map([...subjects].map(([feed, nouns]) => [feed, [...nouns]]));
}

/** The newest fact of each feed in the journal of a district, with when the journal took it; a feed of which nothing was ever reported is left out. */
export async function newestOfFeeds(
  broker: Broker,
  district: string,
): Promise<{ feed: string; sequence: number; event: CloudEvent; storedAt: Date }[]> {
  const rows = await Promise.all(
    [...reportedSubjects()].map(async ([feed, subjects]) => {
      const found = await Promise.all(
        subjects.map((subject) => lastMessage<CloudEvent>(broker, streamOf(district), `vx.${district}.${subject}.>`)),
      );
      const newest = found.flatMap((one) => one ?? []).sort((a, b) => b.sequence - a.sequence)[0];
      return newest && { feed, ...newest };
    }),
  );
  return rows.flatMap((row) => row ?? []);
}

/** The same as it is told. */
export const readFeeds = async (broker: Broker, district: string): Promise<FeedRow[]> =>
  (await newestOfFeeds(broker, district)).map(({ feed, event }) => ({
    feed,
    lastEventAt: event.time,
    lastRecordedAt: event.recordedtime,
  }));

const feedsRoute = createRoute({
  method: 'get',
  path: '/api/feeds',
  summary: 'How fresh each feed is',
  description:
    'The newest fact of each feed in the journal, whichever service keeps its rows. A feed of which nothing was ever reported is left out.',
  request: { query: districtQuery },
  responses: readAnswers('newest fact of each feed', z.array(feedRow)),
});

export function addFeedsRoute(app: App, broker: Broker, exists: (district: string) => boolean): void {
  app.openapi(feedsRoute, async (context) => {
    const { district } = context.req.valid('query');
    if (!exists(district)) throw unknownDistrict(district);
    return context.json(await readFeeds(broker, district), 200);
  });
}
