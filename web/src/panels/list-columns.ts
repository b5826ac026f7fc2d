import { fields } from 'virtual:forms';

/** Columns of a list whose rows nobody described: the ones people look for first, then the rest; places and versions are left to the map. */
const first = [
  // what names the entity, as the services declare it
  ...Object.keys(fields).filter((field) => field.endsWith('Id')),
  'name',
  'kind',
  'confirmedDate',
  'occurredAt',
  'eventDate',
  'day',
  'periodEnd',
  'areaName',
  'areaId',
  'ageGroup',
  'removed',
  'status',
  'dueAt',
  'bedsFree',
];
const unshown = [
  'location',
  'lon',
  'lat',
  'at',
  'sequence',
  'firstSequence',
  'lastSequence',
  'version',
  'district',
  'knownUntil',
  'source',
  'geometry',
  'wardId',
  'placeBasis',
  'basis',
  'measure',
  'denominatorEstimated',
];

export function listColumns(items: Record<string, unknown>[], most = 8): string[] {
  const present = new Set<string>();
  for (const item of items)
    for (const [key, value] of Object.entries(item))
      if (!unshown.includes(key) && value !== null && value !== undefined && typeof value !== 'object')
        present.add(key);
  if (present.has('areaName')) present.delete('areaId');
  const place = (key: string) => (first.includes(key) ? first.indexOf(key) : first.length);
  return [...present].toSorted((a, b) => place(a) - place(b)).slice(0, most);
}

/** How the next page is asked for: an address as it is, or a cursor to put into this one. */
export const nextPage = (address: string, next: string): { path: string; cursor?: string } =>
  next.startsWith('/') ? { path: next } : { path: address, cursor: next };
