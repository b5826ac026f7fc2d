import type { Position } from './primitives.ts';

/** What an event says about a point on the map. What is left out stays as it was. */
export interface PointFact {
  /** null: the place that was known is not so. */
  location?: Position | null | undefined;
  /** The local day of the entity, YYYY-MM-DD, when the data state one. */
  day?: string | undefined;
  /** `day` is the second-best one (a confirmation for want of a specimen): it never replaces a best one. */
  dayIsFallback?: boolean;
  /** The instant of the entity, RFC 3339, when the data state no day. */
  happenedAt?: string | undefined;
  /** Name in the feed's list of categories. */
  category?: string | undefined;
  /** Name in the feed's list of statuses; left out: the event's own `status`. */
  status?: string | undefined;
  /** Day from which the status holds: an older one does not undo a newer one. */
  statusSince?: string | undefined;
  /** Since when it is so, RFC 3339; left out: the event's own time. */
  since?: string | undefined;
}

/** A day of an entity and whether a better one may still come. */
export interface DatedEntity {
  day: string | null;
  dayIsFallback: boolean;
}

/**
 * The day after an event has said one: the one definition of an entity's day, for figures, tiles and lists alike. A best day replaces any; a fallback
 * replaces a fallback only.
 */
export function dayAfter(before: DatedEntity | undefined, said: Pick<PointFact, 'day' | 'dayIsFallback'>): DatedEntity {
  const known = { day: before?.day ?? null, dayIsFallback: before?.dayIsFallback ?? false };
  if (said.day === undefined) return known;
  const dayIsFallback = said.dayIsFallback ?? false;
  return known.day !== null && dayIsFallback && !known.dayIsFallback ? known : { day: said.day, dayIsFallback };
}
