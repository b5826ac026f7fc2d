import faces from 'virtual:faces';
import type { Words } from '@vungxanh/services/contracts/words.ts';
import type { Both } from './i18n/both.ts';

/** Services that answer figures, by name, in the order of the list. */
export const services: readonly string[] = faces.services.flatMap(({ name, figures }) =>
  figures.length ? [name] : [],
);
export type Service = string;

/** Feeds whose entities are points on the map, by name. */
export const pointLayers: readonly string[] = faces.feeds.flatMap(({ name, points }) => (points ? [name] : []));
export type PointLayer = string;

const points = new Map(faces.feeds.flatMap((feed) => (feed.points ? [[feed.name, feed.points] as const] : [])));

/** The points of a layer: their lists, colours and shape. Throws for a name that is no layer of points. */
export function pointsOf(layer: PointLayer) {
  const found = points.get(layer);
  if (!found) throw new Error(`no layer of points "${layer}"`);
  return found;
}

/** Which service answers a layer's points. */
export const serviceOf = (layer: PointLayer): Service => pointsOf(layer).service;

const serviceOfId = new Map(
  faces.services.flatMap(({ name, figures }) => figures.map(({ id }) => [id, name] as const)),
);
/** Which service's figure it is: the stream does not say. Undefined: nobody declared it. */
export const serviceOfFormula = (formula: string): Service | undefined => serviceOfId.get(formula);

/** Figures that are shown at once, in the order in which people read them. */
export const mainFigures: readonly string[] = faces.services.flatMap(({ figures }) =>
  figures.flatMap(({ id, main }) => (main ? [id] : [])),
);

/** Words by key, in the shape of a dictionary of the screens. */
export function dictionary(...tables: Readonly<Record<string, Words>>[]): Both<Record<string, string>> {
  const entries = Object.entries(Object.assign({}, ...tables) as Record<string, Words>);
  return {
    vi: Object.fromEntries(entries.map(([key, { vi }]) => [key, vi])),
    en: Object.fromEntries(entries.map(([key, { en }]) => [key, en])),
  };
}

/** Words of the values of a feed's fields: the same value may be called otherwise by another feed. */
export const valuesOf = (feed: string): Readonly<Record<string, Words>> =>
  faces.feeds.find(({ name }) => name === feed)?.values ?? {};

/** The same of all feeds of a service. */
export const valuesOfService = (service: Service | undefined): Readonly<Record<string, Words>> =>
  Object.assign({}, ...(faces.services.find(({ name }) => name === service)?.feeds ?? []).map(valuesOf));

export { faces };
