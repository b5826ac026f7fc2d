import type { ColumnLook, FileQuestion } from '#contracts/http/imports.ts';
import type { ImportKind } from '#contracts/import-kind.ts';
import { openCorrected } from './corrections.ts';
import { guessColumns, MappingError, type Unclear } from './mapping.ts';
import {
  decideCounts,
  decideDays,
  decideNumbers,
  firstRows,
  type ImportRequest,
  isPlaceless,
  openFile,
  readingRules,
  surveyRows,
} from './plan-import.ts';
import type { Row, Table } from './table/row.ts';
import { WhichSheet } from './table/workbook-table.ts';

const samplesOfColumn = 3;
const longestSample = 80;

/**
 * Looks through a whole file: what it has, which column is taken for which field and by what evidence, how days and numbers are written, and what has to be asked
 * before it can be read. Nothing is judged.
 *
 * @throws DamagedFile when rows cannot be told apart; MappingError for what the caller says of columns that the file or the kind does not have
 */
export async function lookAtFile(request: ImportRequest): Promise<ColumnLook> {
  const { kind, told, target } = request;
  let opened: Table;
  try {
    opened = await openFile(request);
  } catch (error) {
    if (error instanceof WhichSheet && request.sheet === undefined) return unopened(kind, error);
    throw error;
  }
  const { table } = openCorrected(opened, request.corrections);
  const points = table.unit === 'feature';
  const first = await firstRows(table);
  const { mapping, evidence, unclear } = guessColumns(kind, table.columns, told, {
    rows: first,
    points,
    ...(target.centre ? { near: target.centre } : {}),
  });
  const rules = readingRules(request, table, mapping);
  const survey = await surveyRows(table, rules, kind);
  const days = decideDays(survey, rules, request.dayOrder);
  const numbers = decideNumbers(survey.numbers, rules, request.numberFormat);
  // Numbers that cannot be read yet show nothing.
  const counted = days.unclear.length + numbers.unclear.length > 0 ? [] : await decideCounts(table, rules, kind);
  return {
    rows: survey.rows,
    columns: table.columns.map((name, index) => ({ name, samples: samplesOf(first, index) })),
    fields: kind.fields.map(({ name, required }) => {
      const from = mapping.get(name);
      const by = evidence.get(name);
      return {
        field: name,
        required: required === true,
        ...(from && 'column' in from ? { column: table.columns[from.column]! } : {}),
        ...(from && 'constant' in from ? { constant: from.constant } : {}),
        ...(from && by ? { evidence: by } : {}),
      };
    }),
    dateFormats: [...rules.dayOrders].map(([field, format]) => ({ field, format })),
    numberFormats: [...rules.numberFormats].map(([field, format]) => ({ field, format })),
    questions: questionsOf([...unclear, ...days.unclear, ...numbers.unclear, ...counted]),
    placeless: !points && isPlaceless(kind, mapping, told),
    findings: [...(table.findings ?? []), ...days.findings, ...numbers.findings],
  };
}

/** A workbook of which it has to be asked first which sheet is meant. */
const unopened = ({ fields }: ImportKind, { question }: WhichSheet): ColumnLook => ({
  rows: 0,
  columns: [],
  fields: fields.map(({ name, required }) => ({ field: name, required: required === true })),
  dateFormats: [],
  numberFormats: [],
  questions: [question],
  placeless: false,
  findings: [],
});

/** @throws MappingError for what no answer of a form mends */
function questionsOf(unclear: readonly Unclear[]): FileQuestion[] {
  const faults = unclear.filter(({ question }) => question === undefined);
  if (faults.length) throw new MappingError(faults);
  // A field with several candidates is asked once: that it has no column follows.
  const asked = new Set<string>();
  return unclear.flatMap(({ question }) => {
    const about = `${question!.asks} ${question!.field ?? ''}`;
    if (asked.has(about)) return [];
    asked.add(about);
    return [question!];
  });
}

function samplesOf(rows: readonly Row[], index: number): string[] {
  const seen = new Set<string>();
  for (const { cells } of rows) {
    const cell = (cells[index] ?? '').trim().slice(0, longestSample);
    if (cell !== '') seen.add(cell);
    if (seen.size === samplesOfColumn) break;
  }
  return [...seen];
}
