import { brokenAreas } from './area-rules.ts';
import type { EventDefinition, Implausible } from './define-event.ts';
import { areaRevised } from './events/geography/area-revised.ts';
import { unlikelyNumbers } from './number-rules.ts';
import { type KnownPlaces, unknownPlaces } from './place-rules.ts';
import { type DistrictClock, implausibleFields, localDayOf, saidDays } from './plausibility.ts';

/** By what a fact is judged beside its schema. */
export interface FactSetting {
  clock: DistrictClock;
  /** What is known of the district's places; left out: nothing, and no place is judged. */
  places?: KnownPlaces | undefined;
  /** The sender said when it happened; false: it is told now, of whatever day. */
  isTimeSaid: boolean;
}

/**
 * Everything that cannot be in the data of an event: days and instants (plausibility.ts), days that are too far apart, numbers, places, and what would break
 * the tree of areas. Every door asks it: events and files (intake/accept.ts), commands and forms (district/stamp.ts), layers of areas
 * (geography/import/judge-areas.ts). Pure.
 *
 * @param data as the schema reads it
 * @param time when it happened, RFC 3339
 * @returns one fault a field, named by its path; empty: it may be
 */
export function faultsOfFact<Data>(
  definition: EventDefinition<Data>,
  data: Data,
  time: string,
  { clock, places, isTimeSaid }: FactSetting,
): Implausible[] {
  // What the centre itself computes, and its own outline of what it was told, is held to nothing.
  if (definition.dates === 'computed') return [];
  const found = implausibleFields(definition, data, clock);
  const add = (more: Implausible[]) => {
    for (const one of more) if (!found.some(({ field }) => field === one.field)) found.push(one);
  };
  if (found.length === 0 && definition.improbable)
    add(definition.improbable(data, isTimeSaid ? localDayOf(time, clock) : undefined));
  add(unlikelyNumbers(definition, data));
  if (!places) return found;
  const days = saidDays(definition, data, clock);
  const day = days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : localDayOf(time, clock);
  add(unknownPlaces(definition, data, day, places));
  if (definition.type === areaRevised.type) {
    const revision = areaRevised.schema.safeParse(data);
    if (revision.success) add(brokenAreas(revision.data, places));
  }
  return found;
}
