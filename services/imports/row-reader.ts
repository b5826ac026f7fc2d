import type { RowProblem } from '#contracts/http/imports.ts';
import type { Field, ImportRow } from '#contracts/import-kind.ts';
import type { Position } from '#contracts/primitives.ts';
import type { Row } from './table/row.ts';
import type { AreaNames } from './values/area-names.ts';
import { type DayOrder, parseDay, parseInstant } from './values/dates.ts';
import { asIdentifier } from './values/identifiers.ts';
import { parseNumber, parseWhole } from './values/numbers.ts';
import { plainText } from './values/plain-text.ts';
import { checkedPosition, parsePair, parseTwo } from './values/positions.ts';
import type { Reproject } from './values/projection.ts';
import { ValueError } from './values/value-error.ts';

/** Column of each field, or a constant for all rows. */
export type Mapping = Map<string, { column: number } | { constant: string }>;

export interface ReadingRules {
  mapping: Mapping;
  columns: string[];
  fields: Map<string, Field>;
  timeZone: string;
  areas: AreaNames;
  near?: Position;
  /** Order of day and month, by field. */
  dayOrders: Map<string, DayOrder>;
  reproject?: Reproject;
  /** Length of a period whose start is not given, days. */
  periodDays?: number;
  /** When the file's facts were known, if its rows do not say; RFC 3339. */
  recordedTime?: string;
}

/** Tables of words by how their words are compared; each is made once. */
const plainTables = new WeakMap<object, Map<string, unknown>>();
function inPlainText(words: Record<string, unknown>): Map<string, unknown> {
  const known = plainTables.get(words);
  if (known) return known;
  const plain = new Map(Object.entries(words).map(([word, meaning]) => [plainText(word), meaning]));
  plainTables.set(words, plain);
  return plain;
}

const absent = new Set(['', 'na', 'n/a', 'null', '-', '—']);

/** The cells of one row, asked for by field. A cell that does not fit becomes a problem and reads as missing; blank is missing, never zero. */
export class RowReader implements ImportRow {
  readonly problems: RowProblem[] = [];
  /** Things worth knowing that do not stop the row; counted over the file. */
  readonly notes: string[] = [];
  readonly rules: ReadingRules;
  row: Row;

  constructor(rules: ReadingRules, row: Row) {
    this.rules = rules;
    this.row = row;
  }

  get periodDays(): number | undefined {
    return this.rules.periodDays;
  }

  has(field: string): boolean {
    return this.rules.mapping.has(field);
  }

  /** The cell as it is, without the space around; undefined when blank. */
  raw(field: string): string | undefined {
    const from = this.rules.mapping.get(field);
    if (!from) return undefined;
    const text = ('constant' in from ? from.constant : (this.row.cells[from.column] ?? '')).trim();
    return absent.has(text.toLowerCase()) ? undefined : text;
  }

  text(field: string, most = 200): string | undefined {
    const text = this.raw(field);
    return text && text.length > most ? `${text.slice(0, most - 1)}…` : text;
  }

  /** Lower case without accents and punctuation; '' when blank. */
  plain = (field: string): string => plainText(this.raw(field) ?? '');

  identifier = (field: string) => this.parsed(field, asIdentifier);
  whole = (field: string) => this.parsed(field, parseWhole);
  number = (field: string) => this.parsed(field, parseNumber);
  /** People counted in parts, as some sources print them (27613.09). */
  rounded = (field: string) => this.parsed(field, (text) => Math.round(parseNumber(text)));
  area = (field: string) => this.parsed(field, (text) => this.rules.areas.find(text));
  day = (field: string) => this.parsed(field, (text) => parseDay(text, this.rules.dayOrders.get(field)));
  instant = (field: string) =>
    this.parsed(field, (text) => parseInstant(text, this.rules.timeZone, this.rules.dayOrders.get(field)));

  /** The instant of a day that was read: noon there. */
  noonOf = (day: string): string => parseInstant(day, this.rules.timeZone);

  /** One of a few words, by what people and sources call them. Words not in the list are a problem. */
  word<Word>(field: string, words: Record<string, Word>): Word | undefined {
    return this.parsed(field, (text) => {
      const found = inPlainText(words).get(plainText(text)) as Word | undefined;
      if (found === undefined) throw new ValueError(`not one of ${[...new Set(Object.values(words))].join(', ')}`);
      return found;
    });
  }

  /** From `location` in one cell, `longitude` and `latitude`, or the point of a GeoJSON feature. */
  position(): Position | undefined {
    const { near, reproject } = this.rules;
    try {
      const { geometry } = this.row;
      if (geometry?.type === 'Point') {
        const point = geometry.coordinates as [number, number];
        return checkedPosition(reproject ? reproject(point) : point, near);
      }
      const pair = this.raw('location');
      if (pair !== undefined) return checkedPosition(parsePair(pair), near);
      const [x, y] = [this.raw('longitude'), this.raw('latitude')];
      if (x === undefined && y === undefined) return undefined;
      if (x === undefined || y === undefined) throw new ValueError('one of the two coordinates is missing');
      return checkedPosition(parseTwo(x, y, reproject), near);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const field = this.has('location') ? 'location' : 'latitude';
      const value = this.has('location')
        ? (this.raw('location') ?? '')
        : `${this.raw('latitude') ?? ''} ${this.raw('longitude') ?? ''}`;
      this.problem(field, error.message, value);
      return undefined;
    }
  }

  problem(field: string, reason: string, value = this.raw(field) ?? ''): void {
    const from = this.rules.mapping.get(field);
    const column = from && 'column' in from ? this.rules.columns[from.column]! : field;
    this.problems.push({ line: this.row.line, column, value: value.slice(0, 120), reason });
  }

  private parsed<Value>(field: string, parse: (text: string) => Value): Value | undefined {
    const text = this.raw(field);
    if (text === undefined) return undefined;
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      this.problem(field, error.message, text);
      return undefined;
    }
  }
}
