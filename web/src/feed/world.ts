import type { LiveBatch, LiveFigure, LiveItem } from '@vungxanh/services/contracts/live.ts';
import { isBefore } from './moments.ts';

/** What the stream has told since the last full load: the part of the world that is not in the loaded rows yet. */
export interface World {
  district: string;
  /** Journal sequence up to which the stream has been folded in. */
  throughSequence: number;
  /** The newest item of each entity that has a place, by `layer entity`. */
  hot: ReadonlyMap<string, LiveItem>;
  /** Figures that changed, by area and formula. */
  figures: ReadonlyMap<string, Readonly<Record<string, LiveFigure>>>;
  /** The newest item of what has no place on the map but belongs to an area (risk, forecasts, clusters), by `layer area`. */
  issued: ReadonlyMap<string, LiveItem>;
  /** Changes of entities that the stream has not placed: the loaded points of that layer are out of date. */
  unplaced: Readonly<Record<string, number>>;
  /** Newest first. */
  latest: readonly LiveItem[];
  /** When each layer last had an event: on its own time, and when it was known. RFC 3339. */
  feeds: Readonly<Record<string, { lastEventAt: string; lastRecordedAt: string }>>;
  /** Events folded in, counting those that an item stands for. */
  eventCount: number;
}

export const latestKept = 60;

export const emptyWorld = (district: string): World => ({
  district,
  throughSequence: 0,
  hot: new Map(),
  figures: new Map(),
  issued: new Map(),
  unplaced: {},
  latest: [],
  feeds: {},
  eventCount: 0,
});

const hotKey = (item: LiveItem) => `${item.layer} ${item.entity}`;
const later = (a: string | undefined, b: string) => (a !== undefined && Date.parse(a) >= Date.parse(b) ? a : b);

/**
 * The world after one batch. Batches may be repeated or overlap after a reconnection: an item counts once, and an older one never
 * replaces a newer. A batch of another district changes nothing.
 */
export function fold(world: World, batch: LiveBatch): World {
  if (batch.district !== world.district) return world;
  const seen = new Set(world.latest.map((item) => item.id));
  const fresh = batch.items.filter((item) => item.sequence > world.throughSequence && !seen.has(item.id));
  return {
    district: world.district,
    throughSequence: Math.max(world.throughSequence, batch.throughSequence),
    ...foldPlaces(world, fresh),
    figures: foldFigures(world.figures, batch.figures),
    issued: foldIssued(world.issued, fresh),
    latest: fresh.length
      ? [...fresh.toSorted((a, b) => b.sequence - a.sequence), ...world.latest].slice(0, latestKept)
      : world.latest,
    feeds: foldFeeds(world.feeds, fresh),
    eventCount: world.eventCount + fresh.reduce((sum, item) => sum + (item.standsFor ?? 1), 0),
  };
}

/** A later item of an entity often brings only what changed: place, area and the other values stay those of the earlier one. */
function foldPlaces({ hot, unplaced }: World, items: LiveItem[]): Pick<World, 'hot' | 'unplaced'> {
  if (!items.length) return { hot, unplaced };
  const nextHot = new Map(hot);
  const nextUnplaced = { ...unplaced };
  for (const item of items) {
    const known = nextHot.get(hotKey(item));
    if (known && known.sequence >= item.sequence) continue;
    if (issuedLayers.has(item.layer)) continue;
    if (item.at || known)
      nextHot.set(hotKey(item), {
        ...item,
        at: item.at ?? known?.at,
        areaId: item.areaId ?? known?.areaId,
        status: item.status ?? known?.status,
        day: item.day ?? known?.day,
        // The first event names the entity, among loaded points too.
        fromSequence: known?.fromSequence ?? known?.sequence ?? item.fromSequence ?? item.sequence,
        values: { ...known?.values, ...item.values },
      });
    else nextUnplaced[item.layer] = (nextUnplaced[item.layer] ?? 0) + 1;
  }
  return { hot: nextHot, unplaced: nextUnplaced };
}

const issuedLayers: ReadonlySet<string> = new Set(['risk', 'forecasts', 'clusters']);
export const issuedKey = (layer: 'risk' | 'forecasts' | 'clusters', areaId: string) => `${layer} ${areaId}`;

function foldIssued(issued: World['issued'], items: LiveItem[]): World['issued'] {
  const news = items.filter(({ layer, areaId }) => areaId !== undefined && issuedLayers.has(layer));
  if (!news.length) return issued;
  const next = new Map(issued);
  for (const item of news.toSorted((a, b) => a.sequence - b.sequence)) next.set(`${item.layer} ${item.areaId}`, item);
  return next;
}

function foldFigures(figures: World['figures'], changed: LiveFigure[]): World['figures'] {
  if (!changed.length) return figures;
  const next = new Map(figures);
  for (const figure of changed) {
    const area = next.get(figure.areaId);
    const known = area?.[figure.formula];
    if (!known || known.throughSequence <= figure.throughSequence)
      next.set(figure.areaId, { ...area, [figure.formula]: figure });
  }
  return next;
}

function foldFeeds(feeds: World['feeds'], items: LiveItem[]): World['feeds'] {
  if (!items.length) return feeds;
  const next = { ...feeds };
  for (const { layer, time, recordedTime } of items)
    next[layer] = {
      lastEventAt: later(next[layer]?.lastEventAt, time),
      lastRecordedAt: later(next[layer]?.lastRecordedAt, recordedTime),
    };
  return next;
}

/**
 * Rows were loaded again and hold everything up to a sequence: what the stream told up to there is in them.
 * The ticker stays, and so does what came while the rows were on their way.
 */
export function settle(world: World, throughSequence: number): World {
  const hot = new Map([...world.hot].filter(([, item]) => item.sequence > throughSequence));
  return { ...world, hot };
}

/** After a notice that items cannot bring us up to date: what was told is forgotten, the rows are loaded anew, and news go on from there. */
export const restart = (world: World, throughSequence: number): World => ({
  ...world,
  throughSequence,
  hot: new Map(),
  figures: new Map(),
  issued: new Map(),
});

/**
 * The same for figures: those told up to the sequence are in the loaded ones. Items run ahead of what is committed, and so of the figures: where a figure says of which
 * moment it is, that decides.
 *
 * @param loadedAsOf the moment that the loaded figures are of; left out: none
 */
export function settleFigures(world: World, throughSequence: number, loadedAsOf?: string): World {
  const figures = new Map(
    [...world.figures]
      .map(
        ([areaId, known]) =>
          [
            areaId,
            Object.fromEntries(
              Object.entries(known).filter(([, { asOf, ...figure }]) =>
                asOf === undefined ? figure.throughSequence > throughSequence : !isBefore(asOf, loadedAsOf),
              ),
            ),
          ] as const,
      )
      .filter(([, known]) => Object.keys(known).length > 0),
  );
  return { ...world, figures };
}
