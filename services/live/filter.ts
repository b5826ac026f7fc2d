import { figureProtection, layerProtection } from '#contracts/access/small-cells.ts';
import { eventDefinitions } from '#contracts/catalogue.ts';
import type { DataClass } from '#contracts/define-event.ts';
import { allFeeds } from '#contracts/feeds.ts';
import type { LiveFigure, LiveItem } from '#contracts/live.ts';
import { subsystems } from '#contracts/subsystem.ts';
import { Problem } from '#platform/problem.ts';
import type { ExactAreas } from '#platform/small-cells.ts';

/** What a client wants to hear of a district. Clients with the same filter share one encoding of each batch. */
export interface StreamFilter {
  layers: Set<string> | undefined;
  areaIds: Set<string> | undefined;
  /** Layers of which a client may hear these areas alone; left out: there is none. */
  limited?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Areas of whose persons a client may hear, of layers that are of persons in part; left out: all. */
  persons?: ReadonlySet<string>;
  /** Areas whose exact counts of persons a client may hear; left out: all. */
  exact?: ReadonlySet<string>;
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
  if (!filter.layers && !filter.areaIds && !filter.limited && !filter.persons) return items;
  return items.filter(
    (item) =>
      (!filter.layers || filter.layers.has(item.layer)) &&
      (!filter.areaIds || (item.areaId !== undefined && filter.areaIds.has(item.areaId))) &&
      mayHear(filter.limited?.get(item.layer), item.areaId) &&
      (!item.ofPerson || mayHear(filter.persons, item.areaId)),
  );
}

const mayHear = (areas: ReadonlySet<string> | undefined, areaId: string | undefined) =>
  areas === undefined || (areaId !== undefined && areas.has(areaId));

export function filterFigures(filter: StreamFilter, figures: LiveFigure[]): LiveFigure[] {
  const { areaIds, exact } = filter;
  if (!areaIds && !exact) return figures;
  return figures.filter(
    ({ areaId, formula }) =>
      (!areaIds || areaIds.has(areaId)) && (!exact || exact.has(areaId) || !isOfPersons(formula)),
  );
}

/** A figure of a service whose events are of persons counts persons, unless the policy says otherwise; so does one that nobody declared. */
function isOfPersons(formula: string): boolean {
  if (figureProtection[formula] === 'not-of-persons') return false;
  const owner = subsystems().find(({ figures = [] }) => figures.some(({ id }) => id === formula));
  return owner?.events?.some(({ dataClass }) => dataClass === 'person') ?? true;
}

/** Counts are told to everybody whose role permits them where they are of no persons, or as a department published them. */
const isForRowsOnly = (layer: string): boolean =>
  dataClassOf(layer) === 'aggregate' && !['not-of-persons', 'as-published'].includes(layerProtection[layer] ?? '');

const closeness: Record<DataClass, number> = { public: 0, aggregate: 1, person: 2 };

/** How closely the items of a layer speak of people: as the closest of its events does. */
export function dataClassOf(layer: string): DataClass {
  const told = eventDefinitions().filter(({ live }) => live?.feed === layer);
  return told.reduce<DataClass>(
    (closest, { dataClass }) => (closeness[dataClass] > closeness[closest] ? dataClass : closest),
    'public',
  );
}

/**
 * What of a filter a client may hear. Layers that were not asked for by name are left out where he may not; one that was is refused.
 *
 * @param reach how far he may hear data of a class: everywhere, in these areas, not at all
 * @param exact areas of which he may hear exact counts of persons
 * @throws Problem 403 naming the layers
 */
export function permittedFilter(
  filter: StreamFilter,
  reach: (dataClass: DataClass) => 'all' | ReadonlySet<string> | undefined,
  exact: ExactAreas = 'all',
): StreamFilter {
  const farOf = (layer: string) => {
    const far = reach(dataClassOf(layer));
    if (exact === 'all' || far === undefined || !isForRowsOnly(layer)) return far;
    return exact.size > 0 ? exact : undefined;
  };
  const reaches = new Map(allFeeds().map(({ name }) => [name, farOf(name)]));
  const refused = [...reaches].filter(([, far]) => far === undefined).map(([name]) => name);
  const asked = refused.filter((name) => filter.layers?.has(name));
  if (asked.length)
    throw new Problem(403, 'Not permitted', {
      detail: `Your role does not permit these layers: ${asked.join(', ')}.`,
      errors: [{ field: 'query.layers', value: asked.join(','), reason: 'a layer that your role permits' }],
    });
  const limited = new Map(
    [...reaches].flatMap(([name, far]) => (far instanceof Set ? [[name, far as Set<string>]] : [])),
  );
  const far = reach('person');
  const persons = far === 'all' ? undefined : (far ?? new Set<string>());
  if (refused.length === 0 && limited.size === 0 && exact === 'all' && !persons) return filter;
  const layers = filter.layers ?? new Set([...reaches.keys()].filter((name) => !refused.includes(name)));
  // Clients share the encoding of a batch by this key.
  const limits = [...limited].map(([name, areas]) => `${name}:${[...areas].sort().join(',')}`).join(';');
  return {
    ...filter,
    layers,
    ...(limited.size > 0 ? { limited } : {}),
    ...(exact === 'all' ? {} : { exact }),
    ...(persons ? { persons } : {}),
    key: `${[...layers].sort().join(',')}|${filter.areaIds ? [...filter.areaIds].sort().join(',') : '*'}|${limits}|${exact === 'all' ? '*' : [...exact].sort().join(',')}|${persons ? [...persons].sort().join(',') : '*'}`,
  };
}
