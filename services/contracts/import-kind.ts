import type { EventDefinition } from './define-event.ts';
import { plainText } from './names.ts';
import type { Position } from './primitives.ts';
import type { Words } from './words.ts';

/** How a field's cells are read, which also says what the survey of the file looks for. */
export type FieldType =
  | 'text'
  | 'identifier'
  | 'area'
  | 'whole'
  | 'number'
  | 'day'
  | 'instant'
  | 'coordinate'
  | 'pair'
  | 'word';

export interface Field {
  name: string;
  type: FieldType;
  /** Every row needs it. */
  required?: true;
  /** Names of columns that mean this, most telling first; compared without case, accents and punctuation. */
  columns: readonly string[];
  /** Names that mean this only where no column bears one of `columns` ("Mã"). Where several columns bear one of them it is asked. */
  vague?: readonly string[];
  /** The names of `columns` may stand for different things in one file ("Số ca", "Số ca mới"): where several columns bear one it is asked. */
  askWhenSeveral?: true;
  /** No value is above it: "12.000" years of age are neither twelve nor twelve thousand, and say nothing of how the column writes numbers. */
  most?: number;
  /** A cell that cannot be read does not cost the row: it is taken without the cell, and the report says so. Never identity, place or date. */
  dispensable?: true;
  /** A count that a source holds back when it is small ("<5", "*"): such a cell reads as missing, and `suppressed` tells it. */
  suppressible?: true;
}

/** The cells of one row, asked for by field. A cell that does not fit becomes a problem and reads as missing; blank is missing, never zero. */
export interface ImportRow {
  /** Length of a period whose start is not given, days. */
  readonly periodDays: number | undefined;
  /** Things worth knowing that do not stop the row; counted over the file. */
  readonly notes: string[];
  has(field: string): boolean;
  text(field: string, most?: number): string | undefined;
  /** Lower case without accents and punctuation; '' when blank. */
  plain(field: string): string;
  identifier(field: string): string | undefined;
  whole(field: string): number | undefined;
  number(field: string): number | undefined;
  /** People counted in parts, as some sources estimate them (27613.09); below 1000 a part is refused. */
  rounded(field: string): number | undefined;
  /** What stands in place of a count that was too small to publish, such as "<5"; only of fields that are `suppressible`. */
  suppressed(field: string): string | undefined;
  area(field: string): string | undefined;
  day(field: string): string | undefined;
  instant(field: string): string | undefined;
  /** The instant of a day that was read: noon there. */
  noonOf(day: string): string;
  /** One of a few words, by what people and sources call them, compared without case, accents and punctuation. Words not in the list are a problem. */
  word<Word>(field: string, words: Record<string, Word>): Word | undefined;
  /** From `location` in one cell, `longitude` and `latitude`, or the point of a GeoJSON feature. */
  position(): Position | undefined;
  /** Tells of something that does not stop the row. */
  note(words: Words): void;
  /** The row is refused for it. */
  problem(field: string, reason: Words, value?: string): void;
}

/** A fact that a row stands for. Its event id is computed from its content. */
export interface Draft {
  type: string;
  time: string;
  /** When it was known, for recorded history; left out: `time`. */
  recordedTime?: string;
  data: object;
}

/** A fact of an event: its data are held to the event's own type. */
export const draft = <Data extends object>(
  { type }: EventDefinition<Data>,
  time: string,
  data: Data,
  recordedTime?: string,
): Draft => ({ type, time, data, ...(recordedTime ? { recordedTime } : {}) });

/** The command of its service by which an entity of a file is taken back: it stays in the journal, with the reason why it was never so. */
export interface Withdrawal {
  /** What becomes of the entity, as people read it. */
  words: Words;
  /** Address of the entities, whose answers hold their history: `/api/epidemic/cases`. */
  address: string;
  /** Last part of the command's address, what it says, and its field for the reason. */
  step: string;
  body: Readonly<Record<string, string>>;
  reason: string;
  /** Status of what was taken back. */
  status: string;
}

/** A kind of file: what its columns are called, and which facts a row stands for. */
export interface ImportKind {
  /** As `npm run import -- NAME`. */
  name: string;
  words: Words;
  fields: readonly Field[];
  /** Fields of which one has to be there, in groups: `[['latitude', 'location']]`. */
  oneOf?: readonly (readonly string[])[];
  /** The entity that a row is about, for kinds where two rows cannot be the same one. */
  identity?: (row: ImportRow) => string | undefined;
  /**
   * What a row means whose entity was on an earlier row with other content. suffix: another entity under the same number, told apart by its
   * content. refuse: a contradiction. update: the entity's next state.
   */
  repeated?: 'suffix' | 'refuse' | 'update';
  /** Rows report on something whose place was told once, and need not tell it again: a file without a place is not asked about. */
  placedOnce?: true;
  /**
   * Counts of a period, which are running totals in some files: the names of the fields by which that is seen, and the field that says what is counted, with its value for
   * the one and for the other. Where names or numbers of a file are evidence of running totals, and no row says what is counted, it is asked.
   */
  countsOfPeriods?: {
    count: string;
    place: string;
    start: string;
    day: string;
    measure: string;
    ofThePeriod: string;
    running: string;
  };
  /** A row is a whole figure, and the later statement of it holds: what stands in a file as it stood in one of another name says nothing new. */
  isTotal?: true;
  /**
   * How an import of the kind is taken back. Left out: nothing takes it back, a newer statement replaces it.
   * entityOf: the entity that the facts of a row tell of; undefined: facts as these cannot be taken back.
   */
  withdrawal?: Withdrawal & { entityOf: (drafts: readonly Draft[]) => string | undefined };
  /** Parts of the data that tell a fact from others of its type; left out: the key of the event's definition, the entity. */
  about?: (draft: Draft) => readonly unknown[];
  /** The facts of a row. Problems are told to the reader and throw nothing. */
  drafts: (row: ImportRow, entity: { id: string | undefined; repeated: boolean }) => Draft[];
}

/** Only what was there: a missing value is no value. */
export function given<Values extends object>(
  values: Values,
): { [Key in keyof Values]: Exclude<Values[Key], undefined> } {
  const kept: Partial<Values> = { ...values };
  for (const name in kept) if (kept[name] === undefined) delete kept[name];
  return kept as { [Key in keyof Values]: Exclude<Values[Key], undefined> };
}

/** How the source attribute of a file's events begins. */
export const fileSource = 'import/';

/** The event is a row of a file: it states what its sender knew when the file was handed in. */
export const isFromFile = ({ source }: { source?: string }): boolean => source?.startsWith(fileSource) ?? false;

/**
 * The product's own words of values, in both languages, as a table of words for `row.word`: what was copied from a screen is read again.
 *
 * @param words of a feed, by value
 */
export const ownWords = <Value extends string>(
  values: readonly Value[],
  words: Readonly<Record<string, Words>>,
): Record<string, Value> =>
  Object.fromEntries(
    values.flatMap((value) => {
      const { vi = value, en = value } = words[value] ?? {};
      return [value, en, vi].map((word) => [plainText(word), value] as const);
    }),
  );
