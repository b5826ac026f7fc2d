import { addDays } from '#contracts/days.ts';
import { askedDay, askedInstant } from '#contracts/primitives.ts';
import { instantOfWallClock } from '#platform/local-time.ts';
import { Problem } from '#platform/problem.ts';

/** What a request for items asks, checked. Source: OGC API – Features Part 1: Core 1.0.1 (17-069r4), 7.15. */
export interface ItemQuery {
  limit: number;
  offset: number;
  /** [west, south, east, north], degrees CRS84. */
  bbox: [number, number, number, number] | null;
  /** Closed interval, RFC 3339; null: open at that end. A day that was asked for is the whole day in the district's zone. */
  datetime: { from: string | null; until: string | null } | null;
}

export const defaultLimit = 100;
export const mostItems = 10_000;
const known = ['limit', 'offset', 'bbox', 'datetime', 'f'];

/**
 * @param timeZone the district's own: in it a day begins and ends
 * @throws Problem 400, as the standard asks, naming parameter, value and bound; also for a parameter that it does not know
 */
export function readItemQuery(parameters: URLSearchParams, timeZone: string): ItemQuery {
  for (const [name, value] of parameters)
    if (!known.includes(name)) throw wrong(name, value, `one of ${known.join(', ')}`);
  const format = parameters.get('f');
  if (format !== null && !['json', 'geojson'].includes(format)) throw wrong('f', format, 'json');
  return {
    limit: Math.min(wholeNumber(parameters, 'limit', 1, defaultLimit), mostItems),
    offset: wholeNumber(parameters, 'offset', 0, 0),
    bbox: readBox(parameters.get('bbox')),
    datetime: readDatetime(parameters.get('datetime'), timeZone),
  };
}

function wholeNumber(parameters: URLSearchParams, name: string, least: number, otherwise: number): number {
  const text = parameters.get(name);
  if (text === null) return otherwise;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least)) throw wrong(name, text, `a whole number of ${least} or more`);
  return value;
}

function readBox(text: string | null): ItemQuery['bbox'] {
  if (text === null) return null;
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (![4, 6].includes(numbers.length) || numbers.some((value) => !Number.isFinite(value)))
    throw wrong('bbox', text, 'four (or six) numbers: west,south,east,north');
  // With heights: west,south,lowest,east,north,highest; ours are all on the ground.
  const [west, south, east, north] = numbers.length === 4 ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]];
  if (south! > north!) throw wrong('bbox', text, 'south at most north');
  return [west!, south!, east!, north!];
}

function readDatetime(text: string | null, timeZone: string): ItemQuery['datetime'] {
  if (text === null) return null;
  const ends = text.split('/');
  if (ends.length > 2) throw wrong('datetime', text, 'one moment, or two with "/" between');
  const parts = ends.map((end) => {
    if (end === '..' || end === '') return null;
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(end);
    if (!(isDay ? askedDay : askedInstant).safeParse(end).success)
      throw wrong('datetime', text, 'RFC 3339, such as 2021-08-01T00:00:00Z, or "..", or a day');
    return isDay ? dayIn(end, timeZone) : { first: end, last: end };
  });
  const [from, until] = [parts[0]?.first ?? null, parts.at(-1)?.last ?? null];
  if (ends.length === 1 && from === null) throw wrong('datetime', text, 'a moment');
  if (from && until && Date.parse(from) > Date.parse(until))
    throw wrong('datetime', text, 'the first before the second');
  return { from, until };
}

/** First and last instant of a day in a zone, to the millisecond. */
function dayIn(day: string, timeZone: string): { first: string; last: string } {
  const midnight = (date: string) => instantOfWallClock(Date.parse(`${date}T00:00:00Z`), timeZone);
  return {
    first: new Date(midnight(day)).toISOString(),
    last: new Date(midnight(addDays(day, 1)) - 1).toISOString(),
  };
}

const wrong = (field: string, value: string, reason: string) =>
  new Problem(400, 'The request does not fit', { errors: [{ field, value, reason }] });
