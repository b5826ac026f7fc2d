import type { Centre } from '../centre.svelte.ts';
import { valuesOf } from '../faces.ts';
import { columnNames } from '../i18n/domain/list-columns.ts';
import type { Language, Words } from '../i18n/language.svelte.ts';
import type { ThingKind } from './thing-ref.ts';
import { tellerOf } from './thing-view.ts';
import { thingWords } from './things.words.ts';

/** Ids and names, which are no numbers even when they look like them. */
const written = new Set([
  'minutesNumber',
  'decisionNumber',
  'reference',
  'address',
  'description',
  'note',
  'officer',
  'reporter',
  'name',
  'answer',
  'routingNote',
  'pauseReason',
  'reopenReason',
  'ratingNote',
]);

/** A day or a moment in words; anything else as it is. `timeZone`: IANA. */
export function saidMoment(words: Words, timeZone: string, at: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(at)) return words.day(at, 'long');
  const ms = Date.parse(at);
  return Number.isNaN(ms) ? at : words.instant(ms, timeZone);
}

/** A value of a field in the words of the screen. */
export function saidValue(centre: Centre, feed: string, name: string, value: unknown): string {
  const { words } = centre;
  if (value === null || value === undefined || value === '') return '–';
  if (name === 'areaId') return centre.nameWithParent(String(value));
  if (typeof value === 'number') return words.number(value, 5);
  if (typeof value === 'object') return JSON.stringify(value);
  const text = String(value);
  if (written.has(name)) return text;
  if (/^\d{4}-\d{2}-\d{2}(T|$)/.test(text)) return saidMoment(words, centre.timeZone, text);
  const ward = /^ward\.(.+)$/.exec(text)?.[1];
  if (ward !== undefined) return words.of(thingWords).committeeOf(centre.nameOf(ward));
  return words.saidOf(valuesOf(feed), text);
}

/** Heading of a field. */
export const saidField = (language: Language, name: string): string => columnNames[language][name] ?? name;

/** Who told of an event. */
export function saidTeller(words: Words, kind: ThingKind, source: string): string {
  const { teller } = words.of(thingWords);
  const { by, name } = tellerOf(source, kind.address.split('/')[2]!);
  return by === 'file' || by === 'feed' ? teller[by](name) : teller[by];
}
