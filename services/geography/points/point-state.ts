import { pointLayerOf } from '#contracts/feeds.ts';
import type { WithBirths } from '../../district/births.ts';
import type { Registers } from '../../district/registers.ts';
import type { Steps } from './z-order.ts';

/** An entity as a point tile needs it. */
export interface PointState {
  entity: string;
  /** False: only changes were heard of; it is not shown. */
  isBorn: boolean;
  at: Steps | null;
  /** Local day, or null when only the instant is known; `dayIsFallback`: a better one may still come. */
  day: string | null;
  dayIsFallback: boolean;
  happenedAt: string | null;
  /** Index in the layer's lists of categories and statuses. */
  category: number;
  status: number;
  /** Day from which the status holds; null: the newest word counts. */
  statusSince: string | null;
  firstSequence: number;
  sequence: number;
  /** Where the statement of the birth stands among others (district/statement-order.ts) while the row is all that was said; else ''. */
  order: string;
  /** Of a birth that a file said, while the row is all that was said: what the file says next is compared with it. */
  source?: string;
  /** What was said, by whom it was said last; left out: what the row shows was all said by its birth. */
  said?: Registers<WithBirths<PointDetails>>;
  /** Digests of the events that had their effect. */
  applied: string[];
}

/** Details of an entity as statements say them; indexes as in `PointState`. */
export interface PointDetails {
  /** gone: the place was taken back. */
  at: Steps | 'gone';
  /** Whose point it was has been removed. */
  removed: true;
  day: string;
  fallbackDay: string;
  happenedAt: string;
  category: number;
  bornStatus: number;
  bornSince: string;
  status: { status: number; since: string | null };
}

/** Whether the entity counts in a grid cell. */
export function isStanding(layer: string, status: number): boolean {
  const { statuses, goneStatuses } = pointLayerOf(layer);
  return !goneStatuses.includes(statuses[status] ?? '');
}

/** Indices of the statuses of a layer that count: lists, totals, tiles and OGC leave out the others alike. */
export function standingStatuses(layer: string): number[] {
  return pointLayerOf(layer)
    .statuses.map((_, index) => index)
    .filter((index) => isStanding(layer, index));
}

/** Index of a name; a name that the list does not know is its last, most general one for categories. */
export function categoryOf(layer: string, name: string): number {
  const { categories } = pointLayerOf(layer);
  const index = categories.indexOf(name);
  return index >= 0 ? index : categories.length - 1;
}

export function statusOf(layer: string, name: string): number | undefined {
  const index = pointLayerOf(layer).statuses.indexOf(name);
  return index >= 0 ? index : undefined;
}
