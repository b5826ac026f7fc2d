import type { Position } from '#contracts/primitives.ts';
import type { Placed } from './tables.ts';

/** What a telling says of the place; null is not said. */
export interface SaidPlace {
  location?: Position | null | undefined;
  areaId?: string | null | undefined;
}

/**
 * The place after another telling of an entity. What is not said stays. A place that is another takes the area in which it lies, unless one is stated
 * with it; an area that is another than the stated one lets the old place go.
 */
export function placeAfter(before: Placed | undefined, { location, areaId }: SaidPlace): Placed {
  if (!before) return { location: location ?? null, statedAreaId: areaId ?? null };
  const { location: known, statedAreaId } = before;
  if (location) {
    const stays = known !== null && known.lon === location.lon && known.lat === location.lat;
    return { location, statedAreaId: areaId ?? (stays ? statedAreaId : null) };
  }
  if (areaId === undefined || areaId === null) return { location: known, statedAreaId };
  const moves = statedAreaId !== null && statedAreaId !== areaId;
  return { location: moves ? null : known, statedAreaId: areaId };
}
