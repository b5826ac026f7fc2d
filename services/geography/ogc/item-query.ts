import { Problem } from '#platform/problem.ts';

/** What a request for items asks, checked. Source: OGC API – Features Part 1: Core 1.0.1 (17-069r4), 7.15. */
export interface ItemQuery {
  limit: number;
  offset: number;
  /** [west, south, east, north], degrees CRS84. */
  bbox: [number, number, number, number] | null;
  /** Closed interval, RFC 3339; null: open at that end. */
  datetime: { from: string | null; until: string | null } | null;
}

export const defaultLimit = 100;
export const mostItems = 10_000;
const known = ['limit', 'offset', 'bbox', 'datetime', 'f'];

/** @throws Problem 400, as the standard asks, naming parameter, value and bound; also for a parameter that it does not know */
export function readItemQuery(parameters: URLSearchParams): ItemQuery {
  for (const [name, value] of parameters)
    if (!known.includes(name)) throw wrong(name, value, `one of ${known.join(', ')}`);
  const format = parameters.get('f');
  if (format !== null && !['json', 'geojson'].includes(format)) throw wrong('f', format, 'json');
  return {
    limit: Math.min(wholeNumber(parameters, 'limit', 1, defaultLimit), mostItems),
    offset: wholeNumber(parameters, 'offset', 0, 0),
    bbox: readBox(parameters.get('bbox')),
    datetime: readDatetime(parameters.get('datetime')),
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

function readDatetime(text: string | null): ItemQuery['datetime'] {
  if (text === null) return null;
  const ends = text.split('/');
  if (ends.length > 2) throw wrong('datetime', text, 'one moment, or two with "/" between');
  const [from, until] = ends.map((end) => {
    if (end === '..' || end === '') return null;
    const moment = /^\d{4}-\d{2}-\d{2}$/.test(end) ? `${end}T00:00:00Z` : end;
    if (!/^\d{4}-\d{2}-\d{2}T/.test(moment) || Number.isNaN(Date.parse(moment)))
      throw wrong('datetime', text, 'RFC 3339, such as 2021-08-01T00:00:00Z, or "..", or a day');
    return moment;
  });
  if (ends.length === 1) {
    if (from === null) throw wrong('datetime', text, 'a moment');
    return { from: from!, until: from! };
  }
  if (from && until && Date.parse(from) > Date.parse(until))
    throw wrong('datetime', text, 'the first before the second');
  return { from: from!, until: until! };
}

const wrong = (field: string, value: string, reason: string) =>
  new Problem(400, 'The request does not fit', { errors: [{ field, value, reason }] });
