import { deepestLevel } from '#contracts/text-rules.ts';
import type { WordedError } from '#platform/problem.ts';

/** Most bytes of one event in the journal: the broker takes a message of 1 MiB with its headers. */
export const mostEventBytes = 1_000_000;

/** Most characters of one event as it was sent: four times as many, for an event that is written with line breaks and escapes. */
const mostEventCharacters = 4 * mostEventBytes;

export const tooLarge = (size: number): WordedError => ({
  field: '(whole)',
  value: `${size.toLocaleString('en')} bytes`,
  reason: `at most ${mostEventBytes.toLocaleString('en')} bytes an event`,
  words: {
    vi: `mỗi sự kiện nhiều nhất ${mostEventBytes.toLocaleString('vi')} byte`,
    en: `at most ${mostEventBytes.toLocaleString('en')} bytes an event`,
  },
});

export const tooDeep: WordedError = {
  field: 'data',
  value: `objects and lists in more than ${deepestLevel} levels`,
  reason: `at most ${deepestLevel} levels`,
  words: { vi: `lồng nhau nhiều nhất ${deepestLevel} cấp`, en: `at most ${deepestLevel} levels` },
};

export interface BodyShape {
  /** The body with `null` in place of each event that is too deep or too long to be read. */
  text: string;
  /** What is wrong with those, by their place in the batch. */
  unread: Map<number, WordedError>;
  /** Elements of the outermost list, at least 1; 1 where the body is no list. */
  count: number;
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks at a JSON text before it is parsed: how many elements the list has, and which of them are too deep or too long. One event of a batch can then be
 * refused without the others, and what is nested a million times costs no memory. A text that is no JSON is left to the parser. Pure.
 *
 * @param levelsAround levels of an event around its data: 2 in its structured form, the event and its data; 1 where the body is the data
 */
export function shapeOf(text: string, levelsAround: 1 | 2): BodyShape {
  // Depth at which an event begins.
  const ground = levelsAround === 2 && /^\s*\[/.test(text) ? 1 : 0;
  const unread = new Map<number, WordedError>();
  let read = '';
  let readTo = 0;
  let depth = 0;
  let deepest = 0;
  let begin = 0;
  let index = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfText(text, at);
      if (at < 0) break;
    } else if (code === openList || code === openObject) {
      if (depth === ground) [begin, deepest] = [at, 0];
      depth++;
      deepest = Math.max(deepest, depth - ground);
    } else if (code === closeList || code === closeObject) {
      depth--;
      if (depth !== ground) continue;
      const length = at + 1 - begin;
      const isDeep = deepest > deepestLevel + levelsAround;
      if (!isDeep && length <= mostEventCharacters) continue;
      unread.set(index, isDeep ? tooDeep : tooLarge(length));
      read += `${text.slice(readTo, begin)}null`;
      readTo = at + 1;
    } else if (code === comma && depth === ground) index++;
  }
  // What is deep and has no end is no JSON: the parser would build all of it before it says so.
  if (depth > ground && deepest > deepestLevel + levelsAround) return { text: '', unread, count: index + 1 };
  return { text: read + text.slice(readTo), unread, count: index + 1 };
}

/** Where the text that begins at a quote ends; -1: nowhere. */
function endOfText(text: string, begin: number): number {
  for (let at = text.indexOf('"', begin + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text.charCodeAt(at - 1 - slashes) === backslash) slashes++;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
