import { type Permission, registerPermissions } from './access/permissions.ts';
import type { AccessTable } from './access/table.ts';
import { type AnyEvent, registerEvents } from './catalogue.ts';
import type { Feed } from './define-feed.ts';
import type { EntryForm } from './entry-form.ts';
import { registerFeeds } from './feeds.ts';
import type { ImportKind } from './import-kind.ts';
import type { Words } from './words.ts';

/** A figure as people read it. Its number and its formula are the service's. */
export interface FigureFace {
  /** Formula id. */
  id: string;
  words: Words;
  /** Shown at once; the others on demand. */
  main?: true;
}

/** What a process costs and needs. flood: every fact of a flood goes through it. beside: it follows the flood, and may rest. small: neither. */
export type MemoryClass = 'flood' | 'beside' | 'small';

/**
 * Everything that others have to know of a service, without its code: who it is, what it publishes, how it looks. The product is put together from the
 * list of these in services/services.ts.
 */
export interface Subsystem {
  /** Name of the programme: in subjects, `publishedBy`, addresses, secrets, logs. */
  name: string;
  /** Folder below services/; left out: as the name. */
  folder?: string;
  /** Group of its figures, and what a person is told is missing when it does not answer. */
  words: Words;
  /** PostgreSQL schema that it alone writes; null: it keeps no rows. Left out: its name, with `_` for `-`. */
  schema?: string | null;
  /** Its rows are no projection of the journal: a rebuild leaves them. */
  keepsRows?: true;
  /** Its tables are the operator's: it may read them and add rows, and change or remove none. Its schema is made by the start, not by itself. */
  addsRowsOnly?: true;
  /** Reads every journal whole, whoever publishes and consumes what is in it. */
  readsJournals?: true;
  /** Bucket of the broker's object store in which it keeps files; left out: it keeps none. */
  objects?: string;
  /** Rows of permissions for actions of its own (access/permissions.ts). */
  permissions?: Readonly<Record<string, Permission>>;
  /** Services whose published views it reads; left out: geography's. */
  reads?: readonly string[];
  /** Beginnings of the addresses that it answers; left out: `/api/` and its name. */
  prefixes?: readonly string[];
  /** Every route: which action it is and how closely it speaks of people. */
  access: AccessTable;
  /** Left out: small. */
  memory?: MemoryClass;
  events?: readonly AnyEvent[];
  feeds?: readonly Feed[];
  /** In the order in which people read them. */
  figures?: readonly FigureFace[];
  /** Words of the fields: columns of lists, cells of imports, boxes of forms. */
  fields?: Readonly<Record<string, Words>>;
  /** Words of the units of its figures. */
  units?: Readonly<Record<string, Words>>;
  /** What people may enter by hand. */
  forms?: readonly EntryForm[];
  /** Kinds of files of its facts. */
  imports?: readonly ImportKind[];
}

/** A declaration, held to its shape. */
export const defineSubsystem = <const Defined extends Subsystem>(subsystem: Defined): Defined => subsystem;

const registered = new Map<string, Subsystem>();

/** Every subsystem of the list, in its order, once services/services.ts is loaded. */
export const subsystems = (): Subsystem[] => [...registered.values()];

/**
 * Checks the declarations, and makes them, their events and their feeds known to whoever asks.
 * @returns the same list
 * @throws Error when a name, an event or a feed is another's, or declared twice
 */
export function registerSubsystems(list: readonly Subsystem[]): readonly Subsystem[] {
  for (const subsystem of list) {
    const { name, events = [], feeds = [] } = subsystem;
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(name))
      throw new Error(`"${name}" is no name of a service: lower-case letters, digits and "-", 1 to 32 of them`);
    if (registered.has(name)) throw new Error(`the service "${name}" is declared twice`);
    for (const event of events)
      if (event.service !== name) throw new Error(`the event "${event.type}" is of ${event.service}, not of ${name}`);
    for (const { name: feed, points } of feeds)
      if (points && points.service !== name)
        throw new Error(`the feed "${feed}" is of ${points.service}, not of ${name}`);
    registerEvents(events);
    registerFeeds(feeds);
    registerPermissions(subsystem.permissions ?? {});
    registered.set(name, subsystem);
  }
  return list;
}

export const folderOf = ({ name, folder }: Subsystem): string => folder ?? name;
export const schemaOf = ({ name, schema }: Subsystem): string | null =>
  schema === undefined ? name.replaceAll('-', '_') : schema;
export const readsOf = ({ reads }: Subsystem): readonly string[] => reads ?? ['geography'];
export const prefixesOf = ({ name, prefixes }: Subsystem): readonly string[] => prefixes ?? [`/api/${name}`];
