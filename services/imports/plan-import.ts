import type { CellCorrection } from '#contracts/http/imports.ts';
import type { ImportKind } from '#contracts/import-kind.ts';
import { plainText } from '#contracts/names.ts';
import type { Position } from '#contracts/primitives.ts';
import type { Words } from '#contracts/words.ts';
import { type ConvertedRow, convertRow, newMemory } from './convert-row.ts';
import { openCorrected } from './corrections.ts';
import { MappingError, mapColumns, type Told, type Unclear } from './mapping.ts';
import { type Mapping, type ReadingRules, RowReader } from './row-reader.ts';
import { openTable } from './table/open-table.ts';
import { isBlankRow, type Row, type Table } from './table/row.ts';
import type { SourceFile } from './table/source-bytes.ts';
import { AreaNames, type KnownArea } from './values/area-names.ts';
import { areasBefore } from './values/areas-before.ts';
import { type DayOrder, parseDay } from './values/dates.ts';
import { DayOrderEvidence } from './values/day-order.ts';
import { LongIdEvidence } from './values/identifiers.ts';
import { NumberFormatEvidence } from './values/number-format.ts';
import type { NumberFormat } from './values/numbers.ts';
import { reprojection } from './values/projection.ts';
import { namedAsRunning, RunningTotalEvidence, runningInWords } from './values/running-total.ts';
import { ValueError } from './values/value-error.ts';

/** The district that the file is for. */
export interface TargetDistrict {
  district: string;
  timeZone: string;
  clock: 'live' | 'recorded';
  centre?: Position;
  areas: KnownArea[];
  /** Where borders changed: the areas that held to the day before `until`. */
  before?: { until: string; areas: KnownArea[] };
  /** Its own name, "Quận 7": an area's name may have it behind. */
  name?: string;
}

export interface ImportRequest {
  kind: ImportKind;
  source: SourceFile;
  /** Names the source in event ids: the same file under the same name changes nothing. */
  sourceName: string;
  target: TargetDistrict;
  told?: Told;
  /** Cells that somebody has mended: they are read in place of the file's. */
  corrections?: readonly CellCorrection[];
  /** Where the file cannot tell day from month. */
  dayOrder?: DayOrder;
  /** Where the file cannot tell thousands from decimals. */
  numberFormat?: NumberFormat;
  /** Reference system of the coordinates, when it is not degrees. */
  crs?: string;
  periodDays?: number;
  /** Of a workbook with several. */
  sheet?: string;
  /** When the facts were known, for recorded history whose rows do not say. RFC 3339. */
  recordedTime?: string;
}

/** A file that was read once, from end to end: sound, and with everything decided that its values can mean. */
export interface ImportPlan {
  request: ImportRequest;
  table: Table;
  rules: ReadingRules;
  rows: number;
  /** What the file made us decide, and what it does not say. */
  findings: Words[];
  /** The same for a screen, which asks by itself: without how a command is told. */
  findingsOnScreen: Words[];
  /** No column says where the rows are, and rows of this kind are somewhere. */
  placeless: boolean;
  mapping: { field: string; column?: string; constant?: string; example?: string }[];
  preview: (Pick<ConvertedRow, 'drafts' | 'problems'> & { line: number })[];
}

const previewRows = 5;

/** So many rows are looked at for what a column holds, before it is known which column is what. */
const sampleRows = 200;

/**
 * Reads the whole file before anything of it is taken in: whether it is sound, which column is what, where day and month stand, how numbers are
 * written.
 *
 * @throws DamagedFile when rows cannot be told apart; MappingError when it is not known what a column or a number means
 */
export async function planImport(request: ImportRequest): Promise<ImportPlan> {
  const { kind, told, target } = request;
  const { table, leftOver } = openCorrected(await openFile(request), request.corrections);
  const points = table.unit === 'feature';
  let mapping: Mapping;
  try {
    const rows = await firstRows(table);
    mapping = mapColumns(kind, table.columns, told, {
      rows,
      points,
      ...(target.centre ? { near: target.centre } : {}),
    });
  } catch (error) {
    // Why a damaged file has no such columns is told by its damage.
    for await (const _ of table.rows());
    throw error;
  }
  const rules = readingRules(request, table, mapping);
  const survey = await surveyRows(table, rules, kind);
  const days = decideDays(survey, rules, request.dayOrder);
  if (days.unclear.length) throw new MappingError(days.unclear);
  const numbers = decideNumbers(survey.numbers, rules, request.numberFormat);
  if (numbers.unclear.length) throw new MappingError(numbers.unclear);
  const counted = await decideCounts(table, rules, kind);
  if (counted.length) throw new MappingError(counted);
  const missed = leftOver();
  if (missed) throw new MappingError([missed]);
  const findings = [...(table.findings ?? []), ...days.findings, ...numbers.findings];
  for (const [field, ids] of survey.ids) if (ids.destroyed()) rules.roundedIds.add(field);
  if (survey.swapped * 2 > survey.placed && survey.swapped > 0)
    throw new MappingError([
      {
        en: `latitude and longitude look exchanged on ${survey.swapped} of ${survey.placed} rows: exchange the columns with --map longitude=…,latitude=…`,
        vi: `vĩ độ và kinh độ có vẻ bị đổi chỗ ở ${survey.swapped} trong ${survey.placed} dòng: hãy đổi cột bằng --map longitude=…,latitude=…`,
      },
    ]);
  if (survey.metres * 2 > survey.placed && survey.metres > 0)
    throw new MappingError([
      {
        en: `the coordinates of ${survey.metres} of ${survey.placed} rows are no degrees; if they are metres say in which system, such as --crs EPSG:9210 (VN-2000, 105°45′), EPSG:3405 or EPSG:32648`,
        vi: `tọa độ của ${survey.metres} trong ${survey.placed} dòng không phải là độ; nếu là mét hãy chỉ hệ tọa độ, ví dụ --crs EPSG:9210 (VN-2000, 105°45′), EPSG:3405 hoặc EPSG:32648`,
      },
    ]);
  const placeless = !points && isPlaceless(kind, mapping, told);
  const memory = newMemory();
  return {
    request,
    table,
    rules,
    rows: survey.rows,
    findings: placeless ? [...findings, noPlace(table.columns)] : findings,
    findingsOnScreen: placeless ? [...findings, placelessRows] : findings,
    placeless,
    mapping: [...mapping].map(([field, from]) => ({ field, ...described(from, table, survey.first[0]) })),
    preview: survey.first.map((row) => {
      const { drafts, problems } = convertRow(kind, rules, row, memory);
      return { line: row.line, drafts, problems };
    }),
  };
}

/** The file as a table; the names that the kind and the caller know tell the line of the column names. */
export const openFile = ({ source, kind, told, sheet }: ImportRequest): Promise<Table> =>
  openTable(source, columnNames(kind, told), sheet);

const columnNames = (kind: ImportKind, told: Told | undefined): ReadonlySet<string> =>
  new Set([
    ...kind.fields.flatMap(({ name, columns, vague = [] }) => [
      plainText(name.replace(/([A-Z])/g, ' $1')),
      ...columns,
      ...vague,
    ]),
    ...Object.values(told?.map ?? {}).map(plainText),
  ]);

export async function firstRows(table: Table): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of table.rows()) {
    if (!row.aside) rows.push(row);
    if (rows.length === sampleRows) break;
  }
  return rows;
}

/** Nothing says where the rows are, and the caller has not said that nothing does (`location=`). */
export const isPlaceless = (kind: ImportKind, mapping: Mapping, told: Told | undefined): boolean =>
  !kind.placedOnce &&
  kind.fields.some(({ name }) => name === 'location') &&
  !['areaId', 'location', 'longitude', 'latitude'].some((field) => mapping.has(field) || told?.map?.[field] === '');

const placelessRows: Words = {
  vi: 'Không có cột nào cho biết vị trí: các dòng chỉ tính cho địa bàn, không thuộc phường nào',
  en: 'No column says where the rows are: they count in the district and in no ward',
};

const noPlace = (columns: string[]): Words => ({
  en: `${placelessRows.en}. If a column does, say --map areaId=…, location=… or latitude=…,longitude=…; the columns are ${columns.join(', ')}`,
  vi: `${placelessRows.vi}. Nếu có, hãy chỉ --map areaId=…, location=… hoặc latitude=…,longitude=…; các cột là ${columns.join(', ')}`,
});

export function readingRules(request: ImportRequest, table: Table, mapping: Mapping): ReadingRules {
  const { kind, target, periodDays, recordedTime } = request;
  try {
    const reproject = reprojection(request.crs ?? table.crs);
    const end = mapping.get('periodEnd');
    const endName = end && 'column' in end ? plainText(table.columns[end.column]!) : '';
    const days = periodDays ?? (/\bweek/.test(endName) ? 7 : undefined);
    return {
      mapping,
      columns: table.columns,
      fields: new Map(kind.fields.map((field) => [field.name, field])),
      timeZone: target.timeZone,
      areas: new AreaNames(target.areas, target.name),
      ...(target.before ? { before: areasBefore(target.areas, target.before, target.name) } : {}),
      dayOrders: new Map(),
      numberFormats: new Map(),
      spreadsheetDays: new Set(),
      roundedIds: new Set(),
      ...(target.centre ? { near: target.centre } : {}),
      ...(reproject ? { reproject } : {}),
      ...(days ? { periodDays: days } : {}),
      ...(recordedTime ? { recordedTime } : {}),
    };
  } catch (error) {
    if (error instanceof ValueError) throw new MappingError([error.words]);
    throw error;
  }
}

export async function surveyRows(table: Table, rules: ReadingRules, kind: ImportKind) {
  const mapped = kind.fields.filter(({ name }) => rules.mapping.has(name));
  const evidence = new Map(
    mapped.filter(({ type }) => type === 'day' || type === 'instant').map(({ name }) => [name, new DayOrderEvidence()]),
  );
  const numbers = new Map(
    mapped
      // Degrees have no thousands: only metres depend on it.
      .filter(({ type }) => type === 'whole' || type === 'number' || (type === 'coordinate' && rules.reproject))
      .map(({ name, type, dispensable, most }) => [
        name,
        new NumberFormatEvidence(type === 'whole' ? (dispensable ? 'whole' : 'count') : 'any', most),
      ]),
  );
  const ids = new Map(
    mapped.filter(({ type }) => type === 'identifier').map(({ name }) => [name, new LongIdEvidence()]),
  );
  const placed =
    ['location', 'longitude', 'latitude'].some((field) => rules.mapping.has(field)) || table.unit === 'feature';
  const survey = { rows: 0, placed: 0, swapped: 0, metres: 0, first: [] as Row[], evidence, numbers, ids };
  for await (const row of table.rows()) {
    if (isBlankRow(row)) continue;
    survey.rows++;
    if (survey.first.length < previewRows) survey.first.push(row);
    if (row.aside) continue;
    const reader = new RowReader(rules, row);
    for (const found of [evidence, numbers, ids])
      for (const [field, seen] of found) {
        const from = rules.mapping.get(field)!;
        if ('column' in from && row.mended?.has(from.column)) continue;
        const text = reader.raw(field);
        if (text !== undefined) seen.observe(text, row.line);
      }
    if (!placed) continue;
    const position = reader.position();
    if (position || reader.problems.length) survey.placed++;
    if (reader.problems.some(({ reason }) => reason.includes('exchanged'))) survey.swapped++;
    if (reader.problems.some(({ reason, value }) => reason.includes('not on Earth') && /\d{4}/.test(value)))
      survey.metres++;
  }
  return survey;
}

const columnOf = (rules: ReadingRules, field: string): string => {
  const from = rules.mapping.get(field)!;
  return 'column' in from ? rules.columns[from.column]! : field;
};

/** What the values of the columns decided, and what must be asked for. */
interface Decisions {
  findings: Words[];
  unclear: Unclear[];
}

/** Puts the order of day and month of each column into the rules. */
export function decideDays(
  { evidence }: { evidence: Map<string, DayOrderEvidence> },
  rules: ReadingRules,
  told: DayOrder | undefined,
): Decisions {
  const unclear: Unclear[] = [];
  const findings: Words[] = [];
  for (const [field, found] of evidence) {
    const column = columnOf(rules, field);
    const dayNumber = found.spreadsheetDays();
    if (dayNumber) {
      rules.spreadsheetDays.add(field);
      const { text } = dayNumber;
      const day = parseDay(text, rules.timeZone, undefined, true);
      findings.push({
        en: `Column "${column}" holds day numbers of a spreadsheet: ${text} is read as ${day}`,
        vi: `Cột "${column}" chứa số thứ tự ngày của bảng tính: ${text} được đọc là ${day}`,
      });
    }
    if (told) {
      rules.dayOrders.set(field, told);
      continue;
    }
    const decision = found.decide();
    if ('problem' in decision)
      unclear.push({
        en: `column "${column}", line ${decision.line}: ${decision.problem}`,
        vi: `cột "${column}", dòng ${decision.line}: ${found.problemInVietnamese()}`,
        question: { asks: 'date-format', field, column, line: decision.line, words: found.whyOpen() },
      });
    else if (decision.order) rules.dayOrders.set(field, decision.order);
  }
  return { findings, unclear };
}

/** Puts the way of writing numbers of each column into the rules. */
export function decideNumbers(
  evidence: Map<string, NumberFormatEvidence>,
  rules: ReadingRules,
  told: NumberFormat | undefined,
): Decisions {
  const agreed = new Set([...evidence.values()].map((found) => found.own()).filter((format) => format !== undefined));
  const elsewhere = agreed.size === 1 ? [...agreed][0] : undefined;
  const unclear: Unclear[] = [];
  const findings: Words[] = [];
  for (const [field, found] of evidence) {
    if (told) {
      rules.numberFormats.set(field, told);
      continue;
    }
    const column = columnOf(rules, field);
    const decision = found.decide(elsewhere);
    if ('problem' in decision) {
      const { en, vi } = decision.problem;
      unclear.push({
        en: `column "${column}", ${en}`,
        vi: `cột "${column}", ${vi}`,
        question: { asks: 'number-format', field, column, line: decision.line, words: decision.evidence },
      });
    } else if (decision.format) {
      rules.numberFormats.set(field, decision.format);
      if (decision.format === 'vi')
        findings.push({
          en: `Column "${column}" writes numbers as 1.234,5`,
          vi: `Cột "${column}" viết số theo kiểu 1.234,5`,
        });
    }
  }
  return { findings, unclear };
}

/**
 * Whether the counts of a file may be running totals, by their names and by numbers that never fall: asked, unless a column or the caller says what is counted. A file whose
 * rows say where their periods begin is asked about its numbers only where the periods are days.
 */
export async function decideCounts(table: Table, rules: ReadingRules, kind: ImportKind): Promise<Unclear[]> {
  const counts = kind.countsOfPeriods;
  if (!counts || rules.mapping.has(counts.measure) || !rules.mapping.has(counts.count)) return [];
  const names = { count: columnOf(rules, counts.count), day: columnOf(rules, counts.day) };
  const isNamedAs = namedAsRunning({
    count: plainText(names.count),
    // Beside the first day of its period the last one is no "as of".
    day: rules.mapping.has(counts.start) ? '' : plainText(names.day),
    titles: (table.titles ?? []).map(plainText),
  });
  let shown: Parameters<typeof runningInWords>[0] | undefined = isNamedAs && { by: isNamedAs };
  let line: number | undefined;
  if (!shown) {
    const evidence = new RunningTotalEvidence();
    for await (const row of table.rows()) {
      if (row.aside || isBlankRow(row)) continue;
      const reader = new RowReader(rules, row);
      const place = reader.plain(counts.place);
      const [day, count] = [reader.day(counts.day), reader.whole(counts.count)];
      const start = rules.mapping.has(counts.start) ? reader.day(counts.start) : undefined;
      const isOneDay = start === undefined ? rules.periodDays === 1 : start === day;
      if (isOneDay && day !== undefined && count !== undefined) evidence.observe(place, day, count, row.line);
    }
    const found = evidence.neverFalls();
    if (!found) return [];
    shown = { by: 'numbers', days: found.days };
    line = found.line;
  }
  const { vi, en } = runningInWords(shown, names);
  const { measure, ofThePeriod, running } = counts;
  return [
    {
      en: `${en}; say --set ${measure}=${ofThePeriod} for counts of each period, or --set ${measure}=${running} for running totals`,
      vi: `${vi}; hãy chỉ --set ${measure}=${ofThePeriod} nếu là số của từng kỳ, hoặc --set ${measure}=${running} nếu là số lũy kế`,
      question: {
        asks: 'column',
        field: measure,
        column: names.count,
        ...(line === undefined ? {} : { line }),
        words: {
          vi: `${vi}. Hãy đặt một giá trị cho mọi dòng: ${ofThePeriod} (số của từng kỳ) hoặc ${running} (số lũy kế)`,
          en: `${en}. Set one value on every row: ${ofThePeriod} (counts of each period) or ${running} (running totals)`,
        },
      },
    },
  ];
}

function described(from: { column: number } | { constant: string }, table: Table, first: Row | undefined) {
  if ('constant' in from) return { constant: from.constant };
  const example = first?.cells[from.column];
  return { column: table.columns[from.column]!, ...(example ? { example: example.slice(0, 60) } : {}) };
}
