import type { z } from '@hono/zod-openapi';
import { dayInWords } from './days.ts';
import type { DateBounds, EventDefinition, Implausible, OtherDay } from './define-event.ts';
import { fieldsOfSchema, textsAt } from './schema-fields.ts';
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

/** Before it no calendar of ours has a day, and PostgreSQL reads no year 0000. */
const firstDay = '0001-01-01';

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
    for (const { field, value } of textsAt(data, path)) {
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

/**
 * The local days on which a fact says that it was: those of its days and instants that cannot lie ahead. A term of a licence is none. YYYY-MM-DD.
 *
 * @returns in the order of the schema; empty: the fact says no day of its own
 */
export function saidDays(definition: Judged, data: unknown, clock: DistrictClock): string[] {
  return boundedFields(definition)
    .filter(({ bounds: { daysAhead = 0 } }) => daysAhead === 0)
    .flatMap(({ path, kind }) =>
      textsAt(data, path).map(({ value }) => (kind === 'day' ? value : localDayOf(value, clock))),
    );
}

/** The district's day of an instant, RFC 3339. */
export const localDayOf = (instant: string, clock: Pick<DistrictClock, 'offsetMs'>): string =>
  dayText(dayNumber(Date.parse(instant), clock));

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
  if (kind === 'instant' && !writable.test(value)) return fault(asWritten);
  const today = todayOf(clock);
  const day = kind === 'day' ? value : dayText(dayNumber(Date.parse(value), clock));
  const first = earliest ?? firstDay;
  if (day < first) return fault({ vi: `sớm nhất là ${dayInWords(first)}`, en: `at least ${first}` });
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
 * An instant as the rows can keep it: a zone that there is on Earth (RFC 3339 lets 23:59 be written, PostgreSQL reads less than 16 hours), and parts of a
 * second that a clock has.
 */
const writable = /^[^.]*(?:\.\d{1,9})?(?:Z|\+(?:0\d|1[0-3]):\d\d|\+14:00|-(?:0\d|1[01]):\d\d|-12:00)$/;
const asWritten: Words = {
  vi: 'múi giờ từ -12:00 đến +14:00, giây có nhiều nhất 9 chữ số thập phân',
  en: 'zone from -12:00 to +14:00, at most 9 decimals of a second',
};

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
    const bound = day && textsAt(data, day.field)[0]?.value;
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

interface DateField {
  /** `confirmedDate`, `horizons[].targetDate`. */
  path: string;
  kind: 'day' | 'instant';
}

type BoundedField = DateField & { bounds: DateBounds };

const kindOf = { date: 'day', 'date-time': 'instant' } as const;
const knownFields = new WeakMap<object, BoundedField[]>();

/** Every day and instant of an event's schema, with its bounds: made once for each definition. */
function boundedFields(definition: Judged): BoundedField[] {
  const known = knownFields.get(definition);
  if (known) return known;
  const { dates = {}, schema } = definition;
  const fields = dates === 'computed' ? [] : fieldsOfSchema(schema, ({ format = '' }) => format in kindOf);
  const { earliest = earliestFact, fields: own = {} } = dates === 'computed' ? {} : dates;
  const found = fields.map(({ path, schema: { format } }) => ({
    path,
    kind: kindOf[format as keyof typeof kindOf],
    bounds: { earliest, ...own[path] },
  }));
  knownFields.set(definition, found);
  return found;
}
