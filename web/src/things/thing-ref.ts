import { faces } from '../faces.ts';

/** Something with a life of its own: a case, a violation, a business … `noun` as the services name it. */
export interface ThingRef {
  noun: string;
  id: string;
}

export interface ThingKind {
  noun: string;
  /** Feed that tells of them, with the words of their values. */
  feed: string;
  /** Field of a row that names one. */
  idField: string;
  /** Address of their list; of one: this, "/" and its id. */
  address: string;
}

/** Everything that has a page: what is a point on the map, and facilities. Areas have a card of their own. */
export const thingKinds: readonly ThingKind[] = [
  ...faces.feeds.flatMap(({ name, points }) =>
    points
      ? [
          {
            noun: points.noun,
            feed: name,
            idField: `${points.noun}Id`,
            address: `/api/${points.service}/${name}`,
          },
        ]
      : [],
  ),
  { noun: 'facility', feed: 'capacity', idField: 'facilityId', address: '/api/epidemic/facilities' },
];

/** An area has a page of another kind: no history, no steps of its own. */
export const areaNoun = 'area';

export const kindOf = (noun: string): ThingKind | undefined => thingKinds.find((kind) => kind.noun === noun);
export const kindOfFeed = (feed: string): ThingKind | undefined => thingKinds.find((kind) => kind.feed === feed);

const withId = (kind: ThingKind | undefined, id: unknown): ThingRef | undefined =>
  kind && typeof id === 'string' && id !== '' ? { noun: kind.noun, id } : undefined;

/** What a row of a list is, by the list's address. Undefined: a row of something that has no page, such as a sum. */
export const thingOfRow = (list: string, row: Readonly<Record<string, unknown>>): ThingRef | undefined => {
  const kind = thingKinds.find(({ address }) => list.split('?')[0] === address);
  return withId(kind, kind && row[kind.idField]);
};

/** What an item of the stream tells of. */
export const thingOfItem = ({ layer, entity }: { layer: string; entity: string }): ThingRef | undefined =>
  withId(kindOfFeed(layer), entity);

/** What a form made known. */
export const thingMade = (idField: string, id: string): ThingRef | undefined =>
  withId(
    thingKinds.find((kind) => kind.idField === idField),
    id,
  );

/** In an address: `violation.DT-20211007-0691`. Nouns and ids have no full stop. */
export const writtenRef = ({ noun, id }: ThingRef): string => `${noun}.${id}`;
export function readRef(text: string): ThingRef | undefined {
  const found = /^([a-z-]{1,40})\.([A-Za-z0-9_-]{1,80})$/.exec(text);
  return found && (kindOf(found[1]!) || found[1] === areaNoun) ? { noun: found[1]!, id: found[2]! } : undefined;
}
