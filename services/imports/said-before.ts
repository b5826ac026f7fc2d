import { keyLength } from './import-event.ts';

/** What a source has told of each fact, by the ids of its events. */
export interface SaidBefore {
  /**
   * The id under which a fact goes out: its own, or one of its own with a number where the source has said the same of it before something else, and
   * returns to it. Undefined: it is what the source said last of it, and there is nothing to say.
   */
  idOf(id: string): string | undefined;
  /** Whether what the source said last of the fact is the same; undefined: it has said nothing of it. */
  isLast(id: string): boolean | undefined;
}

/** Nothing was said before. */
export const nothingSaid: SaidBefore = { idOf: (id) => id, isLast: () => undefined };

/**
 * What a source has said, from the ids of its events in the order of the journal. An id begins with what it is about, then comes what it says
 * (import-event.ts), then `-2` when it says so for the second time. Memory: a pair of numbers a fact.
 *
 * @param ids of an older scheme are passed over: they are said once more
 */
export function saidBefore(ids: Iterable<string>): SaidBefore {
  const last = new Map<number, number>();
  /** How often a source has gone on to something else from an id. */
  const left = new Map<string, number>();
  const spoken = (id: string) => {
    const about = Number.parseInt(id.slice(0, keyLength), 16);
    const content = Number.parseInt(id.slice(keyLength, 2 * keyLength), 16);
    return { about, content };
  };
  const say = (id: string) => {
    const { about, content } = spoken(id);
    const before = last.get(about);
    if (before === content) return false;
    last.set(about, content);
    if (before !== undefined) {
      const key = keyOf(about, before);
      left.set(key, (left.get(key) ?? 0) + 1);
    }
    return true;
  };
  for (const id of ids) say(id);
  return {
    isLast: (id) => {
      const { about, content } = spoken(id);
      const before = last.get(about);
      return before === undefined ? undefined : before === content;
    },
    idOf: (id) => {
      const { about, content } = spoken(id);
      if (!last.has(about)) return id;
      if (!say(id)) return undefined;
      const times = left.get(keyOf(about, content)) ?? 0;
      return times > 0 ? `${id}-${times + 1}` : id;
    },
  };
}

const keyOf = (about: number, content: number): string => `${about} ${content}`;

/** Whether the last file of another name that told of a fact said the same. @param idUnder the id that the fact has under the name of another file */
export type SaidByOthers = (idUnder: (source: string) => string) => boolean;

export const noOthers: SaidByOthers = () => false;

/** So many files are looked at, the newest first: each costs a row two digests. */
const mostFiles = 12;

/**
 * What files of other names have said. Lists are often named by their day: a figure that stands in tomorrow's file as it stood in today's says nothing of what was
 * typed in between.
 *
 * @param heard name and id of each event of a file of the kind, a space between, in the order of the journal
 * @param folder what the sources of the kind begin with @param own the source of the file at hand
 */
export function saidByOthers(heard: Iterable<string>, folder: string, own: string): SaidByOthers {
  const idsOf = new Map<string, string[]>();
  for (const line of heard) {
    const space = line.lastIndexOf(' ');
    const source = folder + line.slice(0, space);
    if (source === own) continue;
    const ids = idsOf.get(source) ?? [];
    ids.push(line.slice(space + 1));
    // The file that told last stands last.
    idsOf.delete(source);
    idsOf.set(source, ids);
  }
  const newest = [...idsOf]
    .reverse()
    .slice(0, mostFiles)
    .map(([source, ids]) => ({ source, said: saidBefore(ids) }));
  return (idUnder) => {
    for (const { source, said } of newest) {
      const isLast = said.isLast(idUnder(source));
      if (isLast !== undefined) return isLast;
    }
    return false;
  };
}
