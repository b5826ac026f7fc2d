import type { EntryForm } from '@vungxanh/services/contracts/entry-form.ts';

/** An event of the history of a thing, as every service tells it (contracts/http/entities.ts). */
export interface ThingEvent {
  type: string;
  /** Day or RFC 3339; left out: the data say since when it holds. */
  occurredAt?: string;
  knownAt: string;
  sequence: number;
  source: string;
  irregular?: string | null;
  /** An outcome that does not count, because it is before the day on which the case began. */
  notCounted?: { status: string; since: string; onsetDate: string };
  data: Record<string, unknown>;
}

/** What a service answers of one: its fields by their names. */
export interface ThingDetail extends Record<string, unknown> {
  status?: string | null;
  statusSince?: string | null;
  version?: number;
  lawfulSteps?: string[];
  history: ThingEvent[];
}

export interface Fact {
  name: string;
  value: string | number | boolean;
  /** The event from which it is known; undefined: it follows from others. */
  from?: ThingEvent;
}

/** Said elsewhere on the page, or of use to programmes alone. */
const unshown = new Set([
  'status',
  'statusSince',
  'kind',
  'form',
  'name',
  'version',
  'etag',
  'sequence',
  'firstSequence',
  'eventId',
  'knownUntil',
  'knownAt',
  'lon',
  'lat',
  'registered',
  'eventDateIsFallback',
  'overdue',
  'dueStep',
  'dueAt',
  'dueRule',
  'dueFrom',
  // The title, pictures that are shown, and what the clock of a report is made of.
  'topic',
  'photos',
  'routingRule',
  'clockFrom',
  'pausedSeconds',
  'closures',
  'ratedClosures',
]);
/** Counts of what may never have happened: that it did not is no news. */
const toldOnceHappened = new Set(['reopenings']);

/** What is known of it, field by field, each with the event from which it is known. Nested values have parts of the page of their own. */
export function factsOf(detail: ThingDetail, idField: string): Fact[] {
  return Object.entries(detail).flatMap(([name, value]) => {
    if (unshown.has(name) || name === idField) return [];
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return [];
    // That nothing lapsed is no news.
    if (value === '' || value === false || (value === 0 && toldOnceHappened.has(name))) return [];
    const from = lastToSay(detail.history, name, value);
    return [{ name, value, ...(from ? { from } : {}) }];
  });
}

/** The latest event that says the value. */
export const lastToSay = (history: readonly ThingEvent[], name: string, value: unknown): ThingEvent | undefined =>
  history.findLast(({ data }) => data[name] === value);

/** Its place, [lon, lat]. */
export function placeOf(detail: ThingDetail): [number, number] | undefined {
  const { location, lon, lat } = detail as {
    location?: { lon: number; lat: number } | null;
    lon?: unknown;
    lat?: unknown;
  };
  if (location) return [location.lon, location.lat];
  return typeof lon === 'number' && typeof lat === 'number' ? [lon, lat] : undefined;
}

/** Since when an event holds: what it says itself, else the day that its data name. Day or RFC 3339. */
export const happenedAt = ({ occurredAt, data, knownAt }: ThingEvent): string =>
  occurredAt ?? String(data.effectiveDate ?? data.registeredDate ?? knownAt);

/** Who told of it: `drill`, a `file`, `people` at this centre, or a `feed` by its name. */
export function tellerOf(source: string, service: string): { by: 'drill' | 'file' | 'people' | 'feed'; name: string } {
  const bare = source.replace(/^\//, '');
  if (bare === service) return { by: 'people', name: '' };
  if (bare.startsWith('drill/')) return { by: 'drill', name: '' };
  if (bare.startsWith('import/')) return { by: 'file', name: bare.slice('import/'.length) };
  return { by: 'feed', name: source };
}

export interface OfferedSteps {
  /** Lawful now, the one that the clock waits for first. */
  lawful: EntryForm[];
  /** Not lawful now, with the statuses after which they are. */
  later: EntryForm[];
}

/** What can be done with a thing in its status. A form without a step is lawful while the law knows any next status. */
export function stepsOf(forms: readonly EntryForm[], detail: ThingDetail): OfferedSteps {
  const { lawfulSteps, dueStep } = detail as ThingDetail & { dueStep?: string | null };
  const isLawful = ({ step, fields }: EntryForm) =>
    step !== undefined
      ? (lawfulSteps ?? []).includes(step)
      : lawfulSteps === undefined || !fields.some(({ lawfulOnly }) => lawfulOnly) || lawfulSteps.length > 0;
  return {
    lawful: forms.filter(isLawful).toSorted((a, b) => Number(b.step === dueStep) - Number(a.step === dueStep)),
    later: forms.filter((form) => !isLawful(form)),
  };
}

/** Words of the record about a step out of order, in parts: `closed after reported; lawful: verified, dismissed`. */
export function outOfOrder(text: string): { to: string; after: string; lawful: string[] } | undefined {
  const found = /^([a-z-]+) after ([a-z-]+); lawful: (.*)$/.exec(text);
  return found
    ? { to: found[1]!, after: found[2]!, lawful: found[3] === 'nothing' ? [] : found[3]!.split(', ') }
    : undefined;
}
