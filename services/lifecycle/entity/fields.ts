import { z } from '@hono/zod-openapi';
import type { DateBounds } from '#contracts/define-event.ts';
import type { EntryField, ListedAt } from '#contracts/entry-form.ts';
import type { Field, ImportRow } from '#contracts/import-kind.ts';
import { day as daySchema, longText as longTextSchema, shortText } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import type { SqlType } from '../tables.ts';

export type FieldValue = string | number;

/** A field of an entity, once, with all its faces. */
export interface EntityField {
  /** Heading of its column in a list, and of its box in a form. */
  words: Words;
  /** Of a value that is there. */
  schema: z.ZodType<FieldValue>;
  column: SqlType;
  /** Box of a form. */
  entry: EntryField['type'];
  /** Cell of a file, and the names of columns that mean the field: compared without case, accents and punctuation. */
  cell: Field['type'];
  columns: readonly string[];
  read: (row: ImportRow, name: string) => FieldValue | undefined;
  /** Its values, with their words, when they are a few. */
  choices?: Readonly<Record<string, Words>>;
  /** Words of values that are often said; there may be others. */
  known?: Readonly<Record<string, Words>>;
  /** Where a form finds what there is to choose from. */
  listedAt?: ListedAt;
  /** Programmes say it, and files: people are not asked for it by a form. */
  unasked?: true;
  /** Of a day: where it may lie. */
  dates?: DateBounds;
  /** An entity may be told of without it. */
  optional?: true;
}

/** `columns`: names of columns in files that mean the field, most telling first. */
type Named = { words: Words; columns: readonly string[] };

/** One of a few values. In files by their words, in either language, or by their ids. */
export function choice({ choices, ...named }: Named & { choices: Readonly<Record<string, Words>> }): EntityField {
  const words = spellings(choices);
  return {
    ...named,
    choices,
    schema: z.enum(Object.keys(choices) as [string, ...string[]]),
    column: 'text',
    entry: 'choice',
    cell: 'word',
    read: (row, name) => row.word(name, words),
  };
}

/** One of a few whole numbers, each with its words. In files by number or words. */
export const grade = ({ grades, ...named }: Named & { grades: Readonly<Record<number, Words>> }): EntityField => {
  const numbers = Object.keys(grades).map(Number);
  const numberOf = Object.fromEntries(Object.entries(spellings(grades)).map(([said, value]) => [said, Number(value)]));
  return {
    ...named,
    choices: grades,
    schema: z
      .number()
      .int()
      .min(Math.min(...numbers))
      .max(Math.max(...numbers)),
    column: 'integer',
    entry: 'choice',
    cell: 'word',
    read: (row, name) => row.word(name, numberOf),
  };
};

/** What people may write for each value → the value. */
export const spellings = (choices: Readonly<Record<string, Words>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(choices).flatMap(([id, { vi, en }]) => [id, vi, en].map((spelling) => [spelling, id])),
  );

/** A line of text, 1 to 200 characters. */
export const text = (named: Named): EntityField => ({
  ...named,
  schema: shortText,
  column: 'text',
  entry: 'text',
  cell: 'text',
  read: (row, name) => row.text(name),
});

/** Text of at most 4000 characters. Not told over the stream. */
export const longText = (named: Named): EntityField => ({
  ...named,
  schema: longTextSchema,
  column: 'text',
  entry: 'longText',
  cell: 'text',
  read: (row, name) => row.text(name, 4000),
});

/** A number from `least` to `most`; its unit belongs into its name. */
export const number = ({ least, most, ...named }: Named & { least: number; most: number }): EntityField => ({
  ...named,
  schema: z.number().min(least).max(most),
  column: 'float8',
  entry: 'number',
  cell: 'number',
  read: (row, name) => row.number(name),
});

/** A whole number from `least` to `most`. */
export const whole = ({ least, most, ...named }: Named & { least: number; most: number }): EntityField => ({
  ...named,
  schema: z.number().int().min(least).max(most),
  column: 'bigint',
  entry: 'number',
  cell: 'whole',
  read: (row, name) => row.whole(name),
});

/**
 * A day of the district's calendar. Until the declaration says more, it may be the end of a term as well as the beginning of something old: from 1800 to ten
 * years ahead. `day({ …, dates: { daysAhead: 0 } })` is a day that has come.
 */
export const day = ({ dates, ...named }: Named & { dates?: DateBounds }): EntityField => ({
  ...named,
  dates: { earliest: '1800-01-01', daysAhead: 3660, ...dates },
  schema: daySchema,
  column: 'date',
  entry: 'date',
  cell: 'day',
  read: (row, name) => row.day(name),
});

export const optional = (field: EntityField): EntityField => ({ ...field, optional: true });
