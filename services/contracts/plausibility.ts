import { z } from '@hono/zod-openapi';
import type { DateBounds, EventDefinition, Implausible, OtherDay } from './define-event.ts';
import type { Words } from './words.ts';

/**
 * First day of a fact whose event says nothing else. The registers that feed a centre begin in the 1990s, and the days that programmes write where they
 * have none lie before: 1899-12-30, 1900-01-01 and 1904-01-01 of spreadsheets, 1970-01-01 of Unix.
 */
export const earliestFact = '1990-01-01';

/** Clocks of people and programmes may be a little ahead of the centre's: an instant further ahead has not happened. */
export const allowedLeadMs = 5 * 60_000;

/** From where a fact is judged: the district's clock, and how far its zone is ahead of UTC at an instant. Milliseconds. */
export interface DistrictClock {
  nowMs: number;
  offsetMs: (instantMs: number) => number;
}

/** What of a definition bounds days and instants. */
type Judged = Pick<EventDefinition, 'dates'> & { schema: z.ZodType };

/**
 * What in the data of an event cannot be, by the district's own day: every day and instant that the schema has, in the bounds of the definition, then
 * what the definition says itself. All doors ask it: events, commands, files, forms. Pure.
 *
 * @param data as the schema reads it
 * @returns one fault a field, named by its path; empty: it may be
 */
export function implausibleFields<Data>(
  definition: EventDefinition<Data>,
  data: Data,
  clock: DistrictClock,
): Implausible[] {
  const found: Implausible[] = [];
  for (const { path, kind, bounds } of boundedFields(definition))
    for (const { field, value } of valuesAt(data, path)) {
      const fault = faultOf(kind, value, bounds, clock) ?? orderFault(value, bounds, data);
      if (fault) found.push({ field, value, ...fault });
    }
  if (!definition.implausible) return found;
  const named = new Set(found.map(({ field }) => field));
  const more = definition.implausible(data, dayText(todayOf(clock)));
  return [...found, ...more.filter(({ field }) => !named.has(field))];
}

/** What is wrong with the `time` of an event, RFC 3339; undefined: nothing. */
export function implausibleTime(definition: Judged, time: string, clock: DistrictClock): Implausible | undefined {
  const { earliest = earliestFact } = definition.dates === 'computed' ? { earliest: null } : (definition.dates ?? {});
  const fault = faultOf('instant', time, { earliest }, clock);
  return fault && { field: 'time', value: time, ...fault };
}

/** Days and instants of an event's data, by path, with the bounds that hold: what a table of them is made of. */
export function dateBounds(definition: Judged): Record<string, DateBounds> {
  return Object.fromEntries(boundedFields(definition).map(({ path, bounds }) => [path, bounds]));
}

type Fault = Required<Pick<Implausible, 'reason' | 'words'>>;

function faultOf(
  kind: DateField['kind'],
  value: string,
  { earliest, daysAhead = 0 }: DateBounds,
  clock: DistrictClock,
): Fault | undefined {
  const today = todayOf(clock);
  const day = kind === 'day' ? value : dayText(dayNumber(Date.parse(value), clock));
  if (earliest && day < earliest)
    return fault({ vi: `sớm nhất là ${dayInWords(earliest)}`, en: `at least ${earliest}` });
  if (daysAhead === null) return undefined;
  if (kind === 'instant' && daysAhead === 0) return isAhead(value, today, clock) ? aheadFault(clock) : undefined;
  const latest = dayText(today + daysAhead);
  if (day <= latest) return undefined;
  return daysAhead === 0
    ? fault({ vi: `muộn nhất là hôm nay, ${dayInWords(latest)}`, en: `at most ${latest}, today in the district` })
    : fault({
        vi: `muộn nhất là ${dayInWords(latest)}, ${daysAhead} ngày sau hôm nay`,
        en: `at most ${latest}, ${daysAhead} days after today`,
      });
}

/**
 * A true instant is five minutes ahead at most. Noon in the district and midnight in UTC, to the millisecond, are how a day is written where only an
 * instant fits (the importer writes noon): they stand for their day, which today is, at any hour.
 */
function isAhead(value: string, today: number, clock: DistrictClock): boolean {
  const at = Date.parse(value);
  if (at <= clock.nowMs + allowedLeadMs) return false;
  return !standsForDay(at, clock) || dayNumber(at, clock) > today;
}

const standsForDay = (at: number, { offsetMs }: Pick<DistrictClock, 'offsetMs'>): boolean =>
  (at + offsetMs(at)) % dayMs === dayMs / 2 || at % dayMs === 0;

/** The first moment that an instant may mean: where it stands for its day, the beginning of that day in the district. Milliseconds. */
export function earliestMeant(at: number, clock: Pick<DistrictClock, 'offsetMs'>): number {
  return standsForDay(at, clock) ? dayNumber(at, clock) * dayMs - clock.offsetMs(at) : at;
}

function aheadFault({ nowMs }: DistrictClock): Fault {
  const latest = new Date(nowMs + allowedLeadMs).toISOString();
  return fault({
    vi: `muộn nhất là ${latest} (trước đồng hồ của trung tâm 5 phút)`,
    en: `at most ${latest} (5 minutes ahead of the centre's clock)`,
  });
}

function orderFault(value: string, { notAfter, notBefore }: DateBounds, data: unknown): Fault | undefined {
  const other = (day: OtherDay | undefined) => {
    const bound = day && valuesAt(data, day.field)[0]?.value;
    return day && bound !== undefined ? { ...day, bound } : undefined;
  };
  const [last, first] = [other(notAfter), other(notBefore)];
  if (last && value > last.bound)
    return fault({
      vi: `không sau ${last.words.vi} ${dayInWords(last.bound)}`,
      en: `not after ${last.words.en} ${last.bound}`,
    });
  if (first && value < first.bound)
    return fault({
      vi: `không trước ${first.words.vi} ${dayInWords(first.bound)}`,
      en: `not before ${first.words.en} ${first.bound}`,
    });
  return undefined;
}

const fault = (words: Words): Fault => ({ reason: words.en, words });

const dayMs = 86_400_000;

/** The district's calendar day of an instant, in days since 1970-01-01. */
const dayNumber = (instantMs: number, { offsetMs }: Pick<DistrictClock, 'offsetMs'>): number =>
  Math.floor((instantMs + offsetMs(instantMs)) / dayMs);

const todayOf = (clock: DistrictClock): number => dayNumber(clock.nowMs, clock);

const dayTexts = new Map<number, string>();

/** YYYY-MM-DD of a day by its number; written once, a door judges some thousand events a second. */
function dayText(number: number): string {
  let text = dayTexts.get(number);
  if (text === undefined) {
    if (dayTexts.size > 100_000) dayTexts.clear();
    text = new Date(number * dayMs).toISOString().slice(0, 10);
    dayTexts.set(number, text);
  }
  return text;
}

/** 2026-11-30 → 30/11/2026, as Vietnamese write it. */
const dayInWords = (day: string): string => day.split('-').reverse().join('/');

interface DateField {
  /** `confirmedDate`, `horizons[].targetDate`. */
  path: string;
  kind: 'day' | 'instant';
}

type BoundedField = DateField & { bounds: DateBounds };

/** The part of JSON Schema by which days and instants are found. */
interface Schema {
  format?: string;
  properties?: Record<string, Schema>;
  items?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

const knownFields = new WeakMap<object, BoundedField[]>();

/** Every day and instant of an event's schema, with its bounds: made once for each definition. */
function boundedFields(definition: Judged): BoundedField[] {
  const known = knownFields.get(definition);
  if (known) return known;
  const { dates = {}, schema } = definition;
  const fields = new Map<string, DateField>();
  if (dates !== 'computed') collect(z.toJSONSchema(schema, { unrepresentable: 'any' }) as Schema, '', fields);
  const { earliest = earliestFact, fields: own = {} } = dates === 'computed' ? {} : dates;
  const found = [...fields.values()].map((field) => ({ ...field, bounds: { earliest, ...own[field.path] } }));
  knownFields.set(definition, found);
  return found;
}

function collect(schema: Schema, path: string, fields: Map<string, DateField>): void {
  if (schema.format === 'date') fields.set(path, { path, kind: 'day' });
  if (schema.format === 'date-time') fields.set(path, { path, kind: 'instant' });
  for (const shape of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) collect(shape, path, fields);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    collect(property, path ? `${path}.${name}` : name, fields);
  if (typeof schema.items === 'object') collect(schema.items, `${path}[]`, fields);
}

/** The texts at a path, each with its own path: of a list every element. */
function valuesAt(data: unknown, path: string): { field: string; value: string }[] {
  if (!/[.[]/.test(path)) {
    const value = (data as Record<string, unknown>)[path];
    return typeof value === 'string' ? [{ field: path, value }] : [];
  }
  let found: { field: string; value: unknown }[] = [{ field: '', value: data }];
  for (const part of path.split('.')) {
    const name = part.replaceAll('[]', '');
    found = found.map(({ field, value }) => ({
      field: field ? `${field}.${name}` : name,
      value: (value as Record<string, unknown> | null | undefined)?.[name],
    }));
    for (let depth = (part.length - name.length) / 2; depth > 0; depth--)
      found = found.flatMap(({ field, value }) =>
        Array.isArray(value) ? value.map((element, index) => ({ field: `${field}.${index}`, value: element })) : [],
      );
  }
  return found.flatMap(({ field, value }) => (typeof value === 'string' ? [{ field, value }] : []));
}
