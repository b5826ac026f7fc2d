import { keyLength } from './import-event.ts';

/** What a source has told of each fact, by the ids of its events. */
export interface SaidBefore {
  /**
   * The id under which a fact goes out: its own, or one of its own with a number where the source has said the same of it before something else, and
   * returns to it. Undefined: it is what the source said last of it, and there is nothing to say.
   */
  idOf(id: string): string | undefined;
}

/** Nothing was said before. */
export const nothingSaid: SaidBefore = { idOf: (id) => id };

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
