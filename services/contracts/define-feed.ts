import type { DataClass } from './define-event.ts';
import type { Words } from './words.ts';

/** Red, green, blue, 0-255. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** Points of a feed on the map: the lists behind the bytes of contracts/points.ts, and how they look. */
export interface PointLayer {
  /** Service and noun whose events tell of the entities. */
  service: string;
  noun: string;
  dataClass: DataClass;
  /** Field of the data behind the category, and the one behind its day or moment, as a table names them. */
  categoryField: string;
  timeField: string;
  /** Order is part of the byte format: append only. At most 12. The last one stands for what the list does not know. */
  categories: readonly string[];
  /** Order is part of the byte format: append only. */
  statuses: readonly string[];
  /** Statuses that still count as going on; the others are drawn as over. */
  openStatuses: readonly string[];
  /** Statuses of what turned out to be nothing, or another: in no count, and not drawn. */
  goneStatuses: readonly string[];
  /** Statuses that are never left. Present: a status only goes ahead, in the order of the list. Left out: it may go back. */
  endStatuses?: readonly string[];
  /** All statuses in the order of a life, where it is another than that of `statuses`. */
  statusOrder?: readonly string[];
  /** On the map of whoever comes for the first time. */
  shownAtFirst?: true;
  /** Radius in metres, and its least and largest number of pixels. */
  shape: { filled: boolean; radiusMetres: number; smallestPixels: number; largestPixels: number };
  colours: Record<'light' | 'dark', { open: Rgb; over: Rgb }>;
  /** Words of the legend: still going on, and over. */
  openWords: Words;
  overWords: Words;
  /** Title and description of the collection at /api/ogc; left out: not published there. Only public data may be. */
  collection?: { id: string; title: string; description: string };
}

/** A stream of news of one kind, by the name that addresses use: `/api/stream?layers=`, `/api/tiles/{name}`. */
export interface Feed {
  name: string;
  /** As a feed among others, short. */
  words: Words;
  /** As a layer of the map; left out: as the feed. */
  layerWords?: Words;
  /** Present when its entities are points on the map. */
  points?: PointLayer;
  /** Words of the values of its fields (statuses, categories …). */
  values?: Readonly<Record<string, Words>>;
}

export const defineFeed = <const Defined extends Feed>(feed: Defined): Defined => feed;
