import type { ColumnLook, FileQuestion } from '#contracts/http/imports.ts';
import type { Field, ImportKind } from '#contracts/import-kind.ts';
import { plainText } from '#contracts/names.ts';
import type { Position } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import { countsAsNamed, spellingsOf } from './column-spelling.ts';
import { type CoordinateColumns, coordinatePairs, holdsWords, placesIn } from './place-columns.ts';
import type { Mapping } from './row-reader.ts';
import type { Row } from './table/row.ts';

/** Why it is not known what the file means; `question`: the same as a form asks it, where an answer is all that is missing. */
export type Unclear = Words & { question?: FileQuestion };

/** The caller's mapping does not fit the file or the kind, or the file leaves open what it means: each reason names field and column. */
export class MappingError extends Error {
  readonly reasons: string[];
  /** The reasons in both languages. */
  readonly words: Words[];

  constructor(reasons: (string | Unclear)[]) {
    const words = reasons.map((reason) =>
      typeof reason === 'string' ? { vi: reason, en: reason } : { vi: reason.vi, en: reason.en },
    );
    super(words.map(({ en }) => en).join('; '));
    this.name = 'MappingError';
    this.reasons = words.map(({ en }) => en);
    this.words = words;
  }
}

/** By what a field was given its column. */
export type Evidence = ColumnLook['fields'][number]['evidence'];

/** As much of a mapping as the file and the caller tell, and why there is not more. */
export interface GuessedColumns {
  /** In the order of the kind. */
  mapping: Mapping;
  evidence: Map<string, Evidence>;
  unclear: Unclear[];
}

/** field → column, as told; `set` gives a field the same value on every row; an empty column takes a guess back. */
export interface Told {
  map?: Record<string, string>;
  set?: Record<string, string>;
}

/** What is known of the file beside the names of its columns. */
export interface FileSample {
  /** The first rows. */
  rows?: Row[];
  /** Every row brings a geometry of its own. */
  points?: boolean;
  near?: Position;
}

/**
 * Which column each field is read from: what the caller says, then the first of the field's names that a column bears, then the same names behind
 * the group that a form has put before them. A place is found under any prefix, or by what the cells hold. A column serves one field. Fields come in
 * the order of the kind.
 *
 * @throws MappingError for a column or field that is not there, a required field that has no column, or two places to choose from
 */
export function mapColumns(kind: ImportKind, columns: string[], told: Told = {}, sample: FileSample = {}): Mapping {
  const { mapping, unclear } = guessColumns(kind, columns, told, sample);
  if (unclear.length) throw new MappingError(unclear);
  return mapping;
}

/** The same, as far as it goes: what is not clear is told and not thrown. */
export function guessColumns(
  kind: ImportKind,
  columns: string[],
  told: Told = {},
  sample: FileSample = {},
): GuessedColumns {
  const reasons: Unclear[] = [];
  const evidence: GuessedColumns['evidence'] = new Map();
  const isFrom = (from: Evidence) => {
    for (const field of mapping.keys()) if (!evidence.has(field)) evidence.set(field, from);
  };
  const fieldNames = new Set(kind.fields.map(({ name }) => name));
  for (const field of [...Object.keys(told.map ?? {}), ...Object.keys(told.set ?? {})])
    if (!fieldNames.has(field))
      reasons.push({
        en: `${kind.name} has no field "${field}"; it has ${[...fieldNames].join(', ')}`,
        vi: `${kind.name} không có trường "${field}"; các trường là ${[...fieldNames].join(', ')}`,
      });
  const mapping: Mapping = new Map();
  for (const [field, constant] of Object.entries(told.set ?? {})) mapping.set(field, { constant });
  for (const [field, name] of Object.entries(told.map ?? {})) {
    if (name === '') continue;
    const column =
      columns.indexOf(name) >= 0
        ? columns.indexOf(name)
        : columns.findIndex((known) => plainText(known) === plainText(name));
    if (column < 0)
      reasons.push({
        en: `no column "${name}" for ${field}; the columns are ${columns.join(', ')}`,
        vi: `không có cột "${name}" cho ${field}; các cột là ${columns.join(', ')}`,
      });
    else mapping.set(field, { column });
  }
  isFrom('told');
  reasons.push(...guess(kind, columns, told, mapping, sample));
  isFrom('name');
  reasons.push(...guessVaguely(kind, columns, told, mapping));
  isFrom('vague-name');
  if (fieldNames.has('location')) reasons.push(...guessPlace(columns, told, mapping, sample));
  isFrom('cells');
  for (const { name, required } of kind.fields)
    if (required && !mapping.has(name))
      reasons.push({
        en: `no column for ${name}: say --map ${name}=COLUMN or --set ${name}=VALUE; the columns are ${columns.join(', ')}`,
        vi: `không có cột cho ${name}: hãy chỉ --map ${name}=CỘT hoặc --set ${name}=GIÁ_TRỊ; các cột là ${columns.join(', ')}`,
        question: { asks: 'column', field: name, words: noColumn },
      });
  for (const group of kind.oneOf ?? [])
    if (!group.some((name) => mapping.has(name)))
      reasons.push({
        en: `a column for one of ${group.join(', ')} is needed`,
        vi: `cần một cột cho một trong các trường ${group.join(', ')}`,
        question: { asks: 'column', field: group[0]!, fields: [...group], words: oneOfColumns },
      });
  if (mapping.has('longitude') !== mapping.has('latitude') && !sample.points)
    reasons.push({
      ...bothCoordinates,
      question: { asks: 'column', field: mapping.has('longitude') ? 'latitude' : 'longitude', words: bothCoordinates },
    });
  return {
    mapping: new Map(kind.fields.filter(({ name }) => mapping.has(name)).map(({ name }) => [name, mapping.get(name)!])),
    evidence,
    unclear: reasons,
  };
}

const noColumn: Words = { vi: 'không có cột nào mang tên này', en: 'no column bears its name' };
const oneOfColumns: Words = { vi: 'cần một cột cho một trong các trường này', en: 'one of these needs a column' };
const bothCoordinates: Words = {
  vi: 'kinh độ và vĩ độ cần mỗi thứ một cột',
  en: 'longitude and latitude need a column each',
};

/** Answers what must be asked: columns of which each may be the one that is meant. */
function guess(
  kind: ImportKind,
  columns: string[],
  told: Told,
  mapping: Mapping,
  { rows = [] }: FileSample,
): Unclear[] {
  const unclear: Unclear[] = [];
  const taken = columnsOf(mapping);
  const spellings = columns.map(spellingsOf);
  for (const [way, plain] of [0, 1, 2, 3].map((of) => [of, spellings.map((ways) => ways[of])] as const))
    for (const { name, type, columns: names, askWhenSeveral } of kind.fields) {
      if (mapping.has(name) || told.map?.[name] === '') continue;
      // "Location: the health station" is no position, whatever the column is called.
      const fits = (index: number) =>
        !taken.has(index) &&
        !(type === 'pair' && holdsWords(index, rows)) &&
        (!isCount(type) || countsAsNamed(columns[index]!, way === 0));
      const wanted = [nameInWords(name), ...names];
      if (askWhenSeveral) {
        const rivals = columns.filter((_, index) => wanted.includes(plain[index]!) && fits(index));
        if (rivals.length > 1) unclear.push(severalFor(name, rivals));
      }
      const column = wanted
        .map((candidate) => plain.findIndex((known, index) => known === candidate && fits(index)))
        .find((index) => index >= 0);
      if (column === undefined) continue;
      taken.add(column);
      mapping.set(name, { column });
    }
  return unclear;
}

const isCount = (type: Field['type']) => type === 'whole' || type === 'number';

/** `bedsTotal` → "beds total": a field's own name is one of the names of its column. */
const nameInWords = (name: string): string => plainText(name.replace(/([A-Z])/g, ' $1'));

/** What no column says by a telling name, a vague one says where it is alone. */
function guessVaguely(kind: ImportKind, columns: string[], told: Told, mapping: Mapping): Unclear[] {
  const taken = columnsOf(mapping);
  const unclear: Unclear[] = [];
  for (const { name, type, vague = [] } of kind.fields) {
    if (mapping.has(name) || told.map?.[name] === '') continue;
    const found = columns.flatMap((column, index) =>
      !taken.has(index) &&
      (!isCount(type) || countsAsNamed(column)) &&
      spellingsOf(column).some((spelling) => vague.includes(spelling))
        ? [index]
        : [],
    );
    if (found.length > 1)
      unclear.push(
        severalFor(
          name,
          found.map((index) => columns[index]!),
        ),
      );
    if (found.length === 0) continue;
    taken.add(found[0]!);
    mapping.set(name, { column: found[0]! });
  }
  return unclear;
}

const severalFor = (field: string, found: string[]): Unclear => ({
  en: `more than one column may be ${field} (${found.join('; ')}): say which with --map ${field}=…`,
  vi: `có nhiều cột có thể là ${field} (${found.join('; ')}): hãy chọn bằng --map ${field}=…`,
  question: {
    asks: 'column',
    field,
    columns: found,
    words: {
      vi: `có nhiều cột có thể là trường này: ${found.join('; ')}`,
      en: `more than one column may be it: ${found.join('; ')}`,
    },
  },
});

const columnsOf = (mapping: Mapping) =>
  new Set([...mapping.values()].flatMap((from) => ('column' in from ? [from.column] : [])));

const placeFieldNames = ['location', 'longitude', 'latitude'] as const;
const soundsLikePlace = /\b(gps|geopoint|geo point|geolocation|toa do|vi tri|location|coordinates?|point|map)\b/;

/** Finds the place under a form's prefix or by its cells. Answers why it must be asked for. */
function guessPlace(
  columns: string[],
  told: Told,
  mapping: Mapping,
  { rows = [], points, near }: FileSample,
): Unclear[] {
  const location = mapping.get('location');
  const blank =
    told.map?.location === undefined && location && 'column' in location && placesIn(location.column, rows) === 'blank';
  const open = blank ? ['longitude', 'latitude'] : placeFieldNames;
  if (points || open.some((field) => mapping.has(field) || told.map?.[field] === '')) return [];
  const taken = columnsOf(mapping);
  const pairs = coordinatePairs(columns, (index) => !taken.has(index));
  if (pairs.length === 1) {
    const [{ latitude, longitude }] = pairs as [CoordinateColumns];
    mapping.delete('location');
    mapping.set('latitude', { column: latitude }).set('longitude', { column: longitude });
    return [];
  }
  if (pairs.length > 1)
    return [
      choice(
        pairs.map(({ latitude, longitude }) => `${columns[latitude]} + ${columns[longitude]}`),
        '--map latitude=…,longitude=…',
      ),
    ];
  if (location) return [];
  const cells = columns.flatMap((column, index) =>
    !taken.has(index) && placesIn(index, rows, near) === 'places' ? [{ column, index }] : [],
  );
  const named = cells.filter(({ column }) => soundsLikePlace.test(plainText(column)));
  const chosen = named.length ? named : cells;
  if (chosen.length === 1) mapping.set('location', { column: chosen[0]!.index });
  return chosen.length > 1
    ? [
        choice(
          chosen.map(({ column }) => column),
          '--map location=…',
        ),
      ]
    : [];
}

const choice = (found: string[], option: string): Unclear => ({
  en: `more than one column holds a place (${found.join('; ')}): say which with ${option}`,
  vi: `có nhiều cột chứa vị trí (${found.join('; ')}): hãy chọn bằng ${option}`,
  question: {
    asks: 'place',
    columns: found,
    words: {
      vi: `có nhiều cột chứa vị trí: ${found.join('; ')}`,
      en: `more than one column holds a place: ${found.join('; ')}`,
    },
  },
});
