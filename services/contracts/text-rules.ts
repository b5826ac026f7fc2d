import type { Implausible } from './define-event.ts';
import { shortened } from './shortened.ts';

/** In an attribute of the envelope: no control character at all, as CloudEvents 1.0.2 (3.1, "String") has it. */
const inAttribute = /[\p{Cc}\p{Cs}\ufffe\uffff]/u;
/** In what people typed: line breaks and tabs are text, the other control characters are not. PostgreSQL takes no NUL, and no half of a pair. */
const inData = /[\p{Cs}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/u;

/** How deep objects and lists may lie in each other; the deepest of ours, the rings of a MultiPolygon, is at 6. */
export const deepestLevel = 32;

/** How `JSON.stringify` writes what no text may have: asked of a whole event before each of its values is looked at. */
const inJson = /\\[ubf]|[\u007f-\u009f\ufffe\uffff]/;
const lineBreak = /[\t\n\r]/;

/** True when an event may hold a character that it may not; false: it holds none. @param json the event as `JSON.stringify` writes it */
export function mayBeUnwritable(event: Record<string, unknown>, json: string): boolean {
  if (inJson.test(json)) return true;
  for (const name in event) {
    const value = event[name];
    if (lineBreak.test(name) || (typeof value === 'string' && lineBreak.test(value))) return true;
  }
  return false;
}

/**
 * Characters that cannot be kept as text, in every text and every name of an event: NUL, other control characters, halves of a surrogate pair.
 * Attributes of the envelope may have no line break either: they stand in a header of the journal. Pure.
 *
 * @returns one fault a field, with the character by its number
 */
export function unwritableText(event: Record<string, unknown>): Implausible[] {
  const found: Implausible[] = [];
  for (const [name, value] of Object.entries(event)) {
    if (name !== 'data') look(value, name, inAttribute, found);
    else for (const [field, one] of Object.entries(value as object)) look(one, `data.${field}`, inData, found);
  }
  return found;
}

function look(value: unknown, field: string, forbidden: RegExp, found: Implausible[]): void {
  const named = forbidden.exec(field);
  if (named) {
    found.push(faultOf(field.replaceAll(new RegExp(forbidden, 'gu'), '?'), field, named[0]));
    return;
  }
  if (typeof value === 'string') {
    const character = forbidden.exec(value)?.[0];
    if (character !== undefined) found.push(faultOf(field, value, character));
  } else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value)) look(one, `${field}.${key}`, forbidden, found);
}

function faultOf(field: string, value: string, character: string): Implausible {
  const number = `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
  const words = {
    vi: `có ký tự không phải là chữ (${number})`,
    en: `text without control characters and halves of a pair; it has ${number}`,
  };
  // The character itself would spoil the file of rejected rows in which it is told.
  const shown = shortened(value.replaceAll(new RegExp(inAttribute, 'gu'), '\ufffd'));
  return { field, value: shown, reason: words.en, words };
}

/**
 * True when objects and lists lie in each other deeper than `deepestLevel`. Nothing recurses, so that no depth is too deep to be looked at.
 * @param above how many levels the value itself lies deep
 */
export function isTooDeep(value: unknown, above = 0): boolean {
  let level: unknown[] = [value];
  for (let depth = above; level.length > 0; depth++) {
    if (depth > deepestLevel) return true;
    const next: unknown[] = [];
    for (const one of level)
      for (const part of Object.values(one as object)) if (typeof part === 'object' && part !== null) next.push(part);
    level = next;
  }
  return false;
}
