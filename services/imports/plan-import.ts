import type { ImportKind } from '#contracts/import-kind.ts';
import type { Position } from '#contracts/primitives.ts';
import { type ConvertedRow, convertRow, newMemory } from './convert-row.ts';
import { MappingError, mapColumns, type Told } from './mapping.ts';
import { type Mapping, type ReadingRules, RowReader } from './row-reader.ts';
import { openTable } from './table/open-table.ts';
import type { Row, Table } from './table/row.ts';
import type { SourceFile } from './table/source-bytes.ts';
import { AreaNames, type KnownArea } from './values/area-names.ts';
import type { DayOrder } from './values/dates.ts';
import { DayOrderEvidence } from './values/day-order.ts';
import { plainText } from './values/plain-text.ts';
import { reprojection } from './values/projection.ts';
import { ValueError } from './values/value-error.ts';

/** The district that the file is for. */
export interface TargetDistrict {
  district: string;
  timeZone: string;
  clock: 'live' | 'recorded';
  centre?: Position;
  areas: KnownArea[];
}

export interface ImportRequest {
  kind: ImportKind;
  source: SourceFile;
  /** Names the source in event ids: the same file under the same name changes nothing. */
  sourceName: string;
  target: TargetDistrict;
  told?: Told;
  /** Where the file cannot tell day from month. */
  dayOrder?: DayOrder;
  /** Reference system of the coordinates, when it is not degrees. */
  crs?: string;
  periodDays?: number;
  /** When the facts were known, for recorded history whose rows do not say. RFC 3339. */
  recordedTime?: string;
}

/** A file that was read once, from end to end: sound, and with everything decided that its values can mean. */
export interface ImportPlan {
  request: ImportRequest;
  table: Table;
  rules: ReadingRules;
  rows: number;
  mapping: { field: string; column?: string; constant?: string; example?: string }[];
  preview: (Pick<ConvertedRow, 'drafts' | 'problems'> & { line: number })[];
}

const previewRows = 5;

/**
 * Reads the whole file before anything of it is taken in: whether it is sound, which column is what, where day and month stand.
 *
 * @throws DamagedFile when rows cannot be told apart; MappingError when it is not known what a column means
 */
export async function planImport(request: ImportRequest): Promise<ImportPlan> {
  const { kind, source, told } = request;
  const table = await openTable(source);
  const points = table.unit === 'feature';
  let mapping: Mapping;
  try {
    mapping = mapColumns(kind, table.columns, told, points);
  } catch (error) {
    // Why a damaged file has no such columns is told by its damage.
    for await (const _ of table.rows());
    throw error;
  }
  const rules = readingRules(request, table, mapping);
  const survey = await surveyRows(table, rules, kind);
  decideDayOrders(survey.evidence, rules, request.dayOrder);
  if (survey.swapped * 2 > survey.placed && survey.swapped > 0)
    throw new MappingError([
      `latitude and longitude look exchanged on ${survey.swapped} of ${survey.placed} rows: exchange the columns with --map longitude=…,latitude=…`,
    ]);
  const memory = newMemory();
  return {
    request,
    table,
    rules,
    rows: survey.rows,
    mapping: [...mapping].map(([field, from]) => ({ field, ...described(from, table, survey.first[0]) })),
    preview: survey.first.map((row) => {
      const { drafts, problems } = convertRow(kind, rules, row, memory);
      return { line: row.line, drafts, problems };
    }),
  };
}

function readingRules(request: ImportRequest, table: Table, mapping: Mapping): ReadingRules {
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
      areas: new AreaNames(target.areas),
      dayOrders: new Map(),
      ...(target.centre ? { near: target.centre } : {}),
      ...(reproject ? { reproject } : {}),
      ...(days ? { periodDays: days } : {}),
      ...(recordedTime ? { recordedTime } : {}),
    };
  } catch (error) {
    if (error instanceof ValueError) throw new MappingError([error.message]);
    throw error;
  }
}

async function surveyRows(table: Table, rules: ReadingRules, kind: ImportKind) {
  const evidence = new Map<string, DayOrderEvidence>();
  for (const { name, type } of kind.fields)
    if ((type === 'day' || type === 'instant') && rules.mapping.has(name)) evidence.set(name, new DayOrderEvidence());
  const placed =
    ['location', 'longitude', 'latitude'].some((field) => rules.mapping.has(field)) || table.unit === 'feature';
  const survey = { rows: 0, placed: 0, swapped: 0, first: [] as Row[], evidence };
  for await (const row of table.rows()) {
    survey.rows++;
    if (survey.first.length < previewRows) survey.first.push(row);
    const reader = new RowReader(rules, row);
    for (const [field, found] of evidence) {
      const text = reader.raw(field);
      if (text !== undefined) found.observe(text, row.line);
    }
    if (!placed) continue;
    const position = reader.position();
    if (position || reader.problems.length) survey.placed++;
    if (reader.problems.some(({ reason }) => reason.includes('exchanged'))) survey.swapped++;
  }
  return survey;
}

function decideDayOrders(
  evidence: Map<string, DayOrderEvidence>,
  rules: ReadingRules,
  told: DayOrder | undefined,
): void {
  const reasons: string[] = [];
  for (const [field, found] of evidence) {
    if (told) {
      rules.dayOrders.set(field, told);
      continue;
    }
    const decision = found.decide();
    if ('problem' in decision) {
      const from = rules.mapping.get(field)!;
      const column = 'column' in from ? rules.columns[from.column] : field;
      reasons.push(`column "${column}", line ${decision.line}: ${decision.problem}`);
    } else if (decision.order) rules.dayOrders.set(field, decision.order);
  }
  if (reasons.length) throw new MappingError(reasons);
}

function described(from: { column: number } | { constant: string }, table: Table, first: Row | undefined) {
  if ('constant' in from) return { constant: from.constant };
  const example = first?.cells[from.column];
  return { column: table.columns[from.column]!, ...(example ? { example: example.slice(0, 60) } : {}) };
}
