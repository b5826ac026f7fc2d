import { allFeeds } from '#contracts/feeds.ts';
import type { LiveFigure, LiveItem } from '#contracts/live.ts';
import { Problem } from '#platform/problem.ts';

/** What a client wants to hear of a district. Clients with the same filter share one encoding of each batch. */
export interface StreamFilter {
  layers: Set<string> | undefined;
  areaIds: Set<string> | undefined;
  /** Same filter, same text. */
  key: string;
}

/** `layers=cases,violations` and `areaIds=q7-tan-phu,…`; left out: everything. An area filter names every area wanted, children too. */
export function parseFilter(query: { layers?: string | undefined; areaIds?: string | undefined }): StreamFilter {
  const list = (text: string | undefined) =>
    text
      ? text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
          .sort()
      : undefined;
  const wantedLayers = list(query.layers);
  const layers = allFeeds().map(({ name }) => name);
  const unknown = wantedLayers?.filter((layer) => !layers.includes(layer));
  if (unknown?.length)
    throw new Problem(422, 'The request does not fit', {
      errors: [{ field: 'query.layers', value: unknown.join(','), reason: `of ${layers.join(', ')}` }],
    });
  const areaIds = list(query.areaIds);
  if (areaIds && areaIds.length > 500)
    throw new Problem(422, 'The request does not fit', {
      errors: [{ field: 'query.areaIds', value: areaIds.length, reason: 'at most 500 areas' }],
    });
  return {
    layers: wantedLayers && new Set(wantedLayers),
    areaIds: areaIds && new Set(areaIds),
    key: `${wantedLayers?.join(',') ?? '*'}|${areaIds?.join(',') ?? '*'}`,
  };
}

export function filterItems(filter: StreamFilter, items: LiveItem[]): LiveItem[] {
  if (!filter.layers && !filter.areaIds) return items;
  return items.filter(
    (item) =>
      (!filter.layers || filter.layers.has(item.layer)) &&
      (!filter.areaIds || (item.areaId !== undefined && filter.areaIds.has(item.areaId))),
  );
}

export function filterFigures(filter: StreamFilter, figures: LiveFigure[]): LiveFigure[] {
  return filter.areaIds ? figures.filter((figure) => filter.areaIds!.has(figure.areaId)) : figures;
}
