import { dayInWords } from '#contracts/days.ts';
import type { RowProblem } from '#contracts/http/imports.ts';
import type { Field, ImportRow } from '#contracts/import-kind.ts';
import { plainText, withoutMarks } from '#contracts/names.ts';
import type { Position } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import type { Row } from './table/row.ts';
import { kindOfColumn } from './values/area-name.ts';
import type { AreaNames } from './values/area-names.ts';
import type { AreasBefore } from './values/areas-before.ts';
import { type DayOrder, parseDay, parseInstant } from './values/dates.ts';
import { asIdentifier, destroyedCount, destroyedId, roundedTo15Digits } from './values/identifiers.ts';
import { isGroupedBeyond } from './values/number-format.ts';
import { type NumberFormat, parseNumber, parsePeople, parseWhole, readingsOf } from './values/numbers.ts';
import { checkedPosition, parsePair, parseTwo } from './values/positions.ts';
import type { Reproject } from './values/projection.ts';
import { isSpreadsheetError, unwrapped } from './values/spreadsheet-cell.ts';
import { suppressedCount } from './values/suppressed.ts';
import { ValueError } from './values/value-error.ts';

/** Column of each field, or a constant for all rows. */
export type Mapping = Map<string, { column: number } | { constant: string }>;

export interface ReadingRules {
  mapping: Mapping;
  columns: string[];
  fields: Map<string, Field>;
  timeZone: string;
  areas: AreaNames;
  /** Areas that ended when borders changed. */
  before?: AreasBefore;
  near?: Position;
  /** Order of day and month, by field. */
  dayOrders: Map<string, DayOrder>;
  /** Which sign stands before decimals, by field; a field without an entry does not depend on it. */
  numberFormats: Map<string, NumberFormat>;
  /** Fields whose days are numbers of a spreadsheet. */
  spreadsheetDays: Set<string>;
  /** Fields whose long ids a spreadsheet has rounded. */
  roundedIds: Set<string>;
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

/** Of each meaning the first word that is written in Vietnamese, else the first that there is. */
function namesOf(words: Record<string, unknown>): string[] {
  const names = Map.groupBy(Object.keys(words), (word) => words[word]);
  return [...names.values()].map((own) => own.find((word) => word !== withoutMarks(word)) ?? own[0]!);
}

const absent = new Set(['', 'na', 'n/a', 'null', 'nan', 'none', 'nil', '-', '–', '—', '--', '?']);

/** The cells of one row, asked for by field. A cell that does not fit becomes a problem and reads as missing; blank is missing, never zero. */
export class RowReader implements ImportRow {
  readonly problems: RowProblem[] = [];
  /** Things worth knowing that do not stop the row; counted over the file. */
  readonly notes: string[] = [];
  /** The notes that have a Vietnamese side. */
  readonly notesVi = new Map<string, string>();
  readonly rules: ReadingRules;
  /** Cells that name an area that ended when borders changed. */
  private readonly endedAreas: { field: string; text: string }[] = [];
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
    const text = unwrapped(('constant' in from ? from.constant : (this.row.cells[from.column] ?? '')).trim()).trim();
    return absent.has(text.toLowerCase()) ? undefined : text;
  }

  text(field: string, most = 200): string | undefined {
    const text = this.parsed(field, (cell) => cell);
    return text && text.length > most ? `${text.slice(0, most - 1)}…` : text;
  }

  /** Lower case without accents and punctuation; '' when blank. */
  plain = (field: string): string => plainText(this.raw(field) ?? '');

  identifier = (field: string) =>
    this.parsed(field, (text) => {
      if (this.rules.roundedIds.has(field) && /^\d{15}0+$/.test(text)) throw roundedTo15Digits;
      return asIdentifier(text);
    });
  whole = (field: string) => this.counted(field, parseWhole);
  number = (field: string) => this.counted(field, parseNumber);
  /** People counted in parts, as some sources estimate them (27613.09). */
  rounded = (field: string) => this.counted(field, parsePeople);
  suppressed(field: string): string | undefined {
    const text = this.rules.fields.get(field)?.suppressible && this.raw(field);
    return text ? suppressedCount(text) : undefined;
  }
  area = (field: string) => this.parsed(field, (text) => this.areaOf(field, text));
  day = (field: string) => this.parsed(field, (text) => parseDay(text, this.rules.timeZone, ...this.dayRules(field)));
  instant = (field: string) =>
    this.parsed(field, (text) => parseInstant(text, this.rules.timeZone, ...this.dayRules(field)));

  /** The instant of a day that was read: noon there. */
  noonOf = (day: string): string => parseInstant(day, this.rules.timeZone);

  /** One of a few words, by what people and sources call them. Words not in the list are a problem. */
  word<Word>(field: string, words: Record<string, Word>): Word | undefined {
    return this.parsed(field, (text) => {
      const found = inPlainText(words).get(plainText(text)) as Word | undefined;
      if (found === undefined) {
        throw new ValueError(
          `not one of ${[...new Set(Object.values(words))].join(', ')}`,
          `không thuộc các giá trị ${namesOf(words).join(', ')}`,
        );
      }
      return found;
    });
  }

  /** From `location` in one cell, `longitude` and `latitude`, or the point of a GeoJSON feature. */
  position(): Position | undefined {
    const { near, reproject, numberFormats } = this.rules;
    try {
      const { geometry } = this.row;
      if (geometry) {
        const points =
          geometry.type === 'Point'
            ? [geometry.coordinates]
            : geometry.type === 'MultiPoint'
              ? geometry.coordinates
              : [];
        if (points.length !== 1)
          throw new ValueError(
            `the geometry is ${geometry.type} of ${points.length} points; one point is wanted`,
            `hình là ${geometry.type} có ${points.length} điểm; cần đúng một điểm`,
          );
        const [lon, lat] = points[0]!;
        if (lon === undefined || lat === undefined) throw new ValueError('the geometry is empty', 'hình rỗng');
        return checkedPosition(reproject ? reproject([lon, lat]) : [lon, lat], near);
      }
      const pair = this.parsedHere('location');
      if (pair !== undefined) return checkedPosition(parsePair(pair), near);
      const [x, y] = [this.parsedHere('longitude'), this.parsedHere('latitude')];
      if (x === undefined && y === undefined) return undefined;
      if (x === undefined || y === undefined)
        throw new ValueError('one of the two coordinates is missing', 'thiếu một trong hai tọa độ');
      const read = (a: string, b: string) =>
        checkedPosition(
          parseTwo(a, b, reproject, numberFormats.get('longitude') ?? numberFormats.get('latitude')),
          near,
        );
      try {
        return read(x, y);
      } catch (error) {
        // In Vietnam's metres X goes north and Y east.
        if (reproject && near && error instanceof ValueError && fits(() => read(y, x)))
          throw new ValueError('latitude and longitude look exchanged', 'vĩ độ và kinh độ có vẻ bị đổi chỗ');
        throw error;
      }
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      const field = this.has('location') ? 'location' : 'latitude';
      const value = this.row.geometry
        ? JSON.stringify('coordinates' in this.row.geometry ? this.row.geometry.coordinates : null)
        : this.has('location')
          ? (this.raw('location') ?? '')
          : `${this.raw('latitude') ?? ''} ${this.raw('longitude') ?? ''}`;
      this.problem(field, error.words, value);
      return undefined;
    }
  }

  problem(field: string, { vi, en }: Words, value = this.raw(field) ?? ''): void {
    this.problems.push({
      line: this.row.line,
      column: this.columnOf(field),
      value: value.slice(0, 120),
      reason: en,
      reasonVi: vi,
    });
  }

  /** The row is refused for this field already. */
  isWrong = (field: string): boolean => this.problems.some(({ column }) => column === this.columnOf(field));

  /** A cell that does not fit: the row is refused, or taken without it where the field is dispensable. */
  unfit(field: string, words: Words, value = this.raw(field) ?? ''): void {
    if (!this.rules.fields.get(field)?.dispensable) {
      this.problem(field, words, value);
      return;
    }
    const cell = `${this.columnOf(field)} "${value.slice(0, 60)}"`;
    this.note({
      en: `${cell}: ${words.en}; the row is taken without it`,
      vi: `${cell}: ${words.vi}; dòng vẫn được nhận, bỏ ô này`,
    });
  }

  /** Tells of something that does not stop the row. */
  note({ vi, en }: Words): void {
    this.notes.push(en);
    this.notesVi.set(en, vi);
  }

  private columnOf(field: string): string {
    const from = this.rules.mapping.get(field);
    return from && 'column' in from ? this.rules.columns[from.column]! : field;
  }

  private dayRules(field: string): [DayOrder | undefined, boolean] {
    return [this.rules.dayOrders.get(field), this.rules.spreadsheetDays.has(field)];
  }

  private counted(field: string, parse: (text: string, format?: NumberFormat) => number): number | undefined {
    const { most } = this.rules.fields.get(field) ?? {};
    const cell = most === undefined || this.rules.numberFormats.has(field) ? undefined : this.raw(field);
    if (cell !== undefined && isGroupedBeyond(cell, most!)) {
      const { en, vi } = readingsOf(cell);
      // The row is refused whatever the field: somebody else's column may stand here.
      this.problem(
        field,
        {
          vi: `có thể là ${en} hoặc ${vi}, mà cột này không có số nào trên ${most}`,
          en: `may be ${en} or ${vi}, and the column holds no number above ${most}`,
        },
        cell,
      );
      return undefined;
    }
    return this.parsed(field, (text) => {
      const { suppressible, dispensable, type } = this.rules.fields.get(field) ?? {};
      const mask = dispensable ? undefined : suppressedCount(text);
      if (mask === undefined) {
        const destroyed = type === 'whole' ? destroyedCount(text) : undefined;
        if (destroyed) throw destroyed;
        return parse(text, this.rules.numberFormats.get(field));
      }
      if (suppressible) return undefined;
      throw new ValueError(
        `"${mask}" is a count held back by the source, and here the count itself is needed`,
        `"${mask}" là số bị nguồn che, ở đây cần chính con số`,
      );
    });
  }

  /** @param day the earliest local day of the row's facts, YYYY-MM-DD: an area that has ended by then is none of the row's, as the door judges */
  judgeEndedAreas(day: string): void {
    const { until } = this.rules.before!;
    for (const { field, text } of this.endedAreas)
      if (day < until)
        this.note({
          en: `"${text}" ended on ${until}: the row is of a day before, and counts in the area that it became where that is known`,
          vi: `"${text}" không còn từ ${dayInWords(until)}: dòng này của ngày trước đó, được tính vào khu thay thế nếu biết`,
        });
      else
        this.problem(
          field,
          {
            vi: `“${text}” đã kết thúc từ ${dayInWords(until)}, mà dòng này của ngày ${dayInWords(day)}: hãy ghi khu vực của ngày đó`,
            en: `"${text}" ended on ${until}, and the row is of ${day}: name the area of that day`,
          },
          text,
        );
  }

  private areaOf(field: string, text: string): string {
    const { areas } = this.rules;
    const kind = kindOfColumn(this.columnOf(field));
    try {
      const { areaId, takenFor } = areas.look(text, kind);
      if (takenFor)
        this.note({ en: `"${text}" was taken for "${takenFor}"`, vi: `"${text}" được hiểu là "${takenFor}"` });
      return areaId;
    } catch (error) {
      if (!(error instanceof ValueError) || destroyedId(text)) throw error;
      const ended = this.rules.before?.find(text, kind);
      if (ended !== undefined) {
        this.endedAreas.push({ field, text });
        return ended;
      }
      const near = areas.nearest(text, kind).map(({ name, areaId }) => `"${name}" (${areaId})`);
      if (near.length === 0) throw error;
      throw new ValueError(
        `${error.words.en}; the nearest are ${near.join(', ')}`,
        `${error.words.vi}; gần nhất là ${near.join(', ')}`,
      );
    }
  }

  /** The cell, when it is none that a spreadsheet could not show. @throws ValueError */
  private parsedHere(field: string): string | undefined {
    const text = this.raw(field);
    if (text !== undefined && isSpreadsheetError(text))
      throw new ValueError(
        'the spreadsheet had no value to show in this cell; mend the cell and save again',
        'bảng tính không hiện được giá trị của ô này; hãy sửa ô rồi lưu lại',
      );
    return text;
  }

  private parsed<Value>(field: string, parse: (text: string) => Value): Value | undefined {
    try {
      const text = this.parsedHere(field);
      return text === undefined ? undefined : parse(text);
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      this.unfit(field, error.words);
      return undefined;
    }
  }
}

function fits(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof ValueError) return false;
    throw error;
  }
}
