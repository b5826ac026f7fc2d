import type { Feed, PointLayer } from './define-feed.ts';
import { businesses, indicators } from './events/economy/feeds.ts';
import { capacity, cases, counts, vaccination } from './events/epidemic/feeds.ts';
import { areas } from './events/geography/feeds.ts';
import { clusters, forecasts, risk, scenarios } from './events/ml/feeds.ts';
import { violations } from './events/urban-order/feeds.ts';

/** A feed whose entities are points on the map. */
export type PointFeed = Feed & { points: PointLayer };

const registered = new Map<string, Feed>(
  [
    cases,
    counts,
    vaccination,
    capacity,
    violations,
    businesses,
    indicators,
    areas,
    risk,
    forecasts,
    clusters,
    scenarios,
  ].map((feed) => [feed.name, feed]),
);

/** Columns of a grid cell's counts (geography.point_cells): a feed has at most as many categories. */
export const mostCategories = 12;

/** Makes the feeds of a subsystem known. Throws when a name is taken, or when the lists do not fit the format of points. */
export function registerFeeds(feeds: readonly Feed[]): void {
  for (const feed of feeds) {
    const known = registered.get(feed.name);
    if (known && known !== feed) throw new Error(`the feed "${feed.name}" is declared twice`);
    if (feed.points) checkLists(feed.name, feed.points);
    registered.set(feed.name, feed);
  }
}

function checkLists(
  name: string,
  { categories, statuses, openStatuses, goneStatuses, endStatuses = [] }: PointLayer,
): void {
  if (categories.length < 1 || categories.length > mostCategories)
    throw new Error(`the feed "${name}" has ${categories.length} categories; 1 to ${mostCategories} fit`);
  const unknown = [...openStatuses, ...goneStatuses, ...endStatuses].filter((status) => !statuses.includes(status));
  if (unknown.length) throw new Error(`the feed "${name}" names statuses that it does not list: ${unknown.join(', ')}`);
}

/** Every feed there is, in the order of declaration. */
export const allFeeds = (): Feed[] => [...registered.values()];

/** Feeds whose entities are points on the map. */
export const pointFeeds = (): PointFeed[] => allFeeds().filter((feed): feed is PointFeed => feed.points !== undefined);

/** The points of a feed. Throws for a name that is no feed with points. */
export function pointLayerOf(name: string): PointLayer {
  const points = registered.get(name)?.points;
  if (!points) throw new Error(`"${name}" is no feed with points`);
  return points;
}
