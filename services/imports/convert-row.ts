import { definitionOf } from '#contracts/catalogue.ts';
import type { RowProblem } from '#contracts/http/imports.ts';
import type { Draft, ImportKind } from '#contracts/import-kind.ts';
import { localDayOf, saidDays } from '#contracts/plausibility.ts';
import { clockIn } from '#platform/local-time.ts';
import { wordedErrors } from '#platform/problem.ts';
import { HashSet, hashOf } from './hash-set.ts';
import { type ReadingRules, RowReader } from './row-reader.ts';
import type { Row } from './table/row.ts';

/** What earlier rows of the same file were: bounded, some 16 bytes a row and entity. */
export interface Memory {
  rows: HashSet;
  entities: HashSet;
}
export const newMemory = (): Memory => ({ rows: new HashSet(), entities: new HashSet() });

export interface ConvertedRow {
  /** A copy of an earlier row, cell by cell: counted, not taken in again. */
  folded: boolean;
  /** Line of the row that it is a copy of. */
  sameAs?: number;
  drafts: Draft[];
  problems: RowProblem[];
  notes: string[];
  /** The Vietnamese side of notes that have one. */
  notesVi?: ReadonlyMap<string, string>;
  /** The id that a second entity of one number got. */
  renamed?: { from: string; to: string };
}

/** A row as facts, or everything that is wrong with it. A row with one wrong value is refused whole. */
export function convertRow(kind: ImportKind, rules: ReadingRules, row: Row, memory: Memory): ConvertedRow {
  if (row.aside) {
    const { en, vi } = row.aside;
    const value = (row.cells.find((cell) => cell.trim() !== '') ?? '').slice(0, 120);
    const problem = { line: row.line, column: '(row)', value, reason: en, reasonVi: vi };
    return { folded: false, drafts: [], problems: [problem], notes: [] };
  }
  const content = JSON.stringify(row.geometry ? [row.cells, row.geometry] : row.cells);
  const hash = hashOf(content);
  if (!memory.rows.add(hash, row.line))
    return { folded: true, sameAs: memory.rows.numberOf(hash), drafts: [], problems: [], notes: [] };
  const reader = new RowReader(rules, row);
  for (const { name, required } of kind.fields)
    if (required && reader.raw(name) === undefined) reader.problem(name, { vi: 'thiếu', en: 'missing' });
  const number = reader.problems.length ? undefined : kind.identity?.(reader);
  const seen = number === undefined ? 'new' : seenBefore(number, memory);
  const again = seen === 'again';
  if (seen === 'written otherwise')
    reader.problem(kind.fields[0]!.name, {
      vi: 'một dòng trước có cùng mã số nhưng viết khác (chữ hoa, dấu cách hoặc dấu nối): hãy viết một kiểu',
      en: 'an earlier row has the same number written otherwise (capitals, spaces, hyphens): write it in one way',
    });
  if (seen === 'with other zeros')
    reader.problem(kind.fields[0]!.name, {
      vi: 'một dòng trước có cùng số này nhưng khác số 0 ở đầu; bảng tính đã làm mất: hãy ghi đủ các số 0',
      en: 'an earlier row has the same number with other zeros before it; a spreadsheet has taken them: write all numbers with their zeros',
    });
  if (again && kind.repeated === 'refuse')
    reader.problem(kind.fields[0]!.name, {
      vi: 'một dòng trước có cùng mã số nhưng nội dung khác',
      en: 'an earlier row has the same number and other content',
    });
  const id = again && kind.repeated === 'suffix' ? `${number}-${hash.toString(36).slice(-6)}` : number;
  const drafts = kind.drafts(reader, { id, repeated: again });
  if (rules.before) {
    for (const draft of drafts) rules.before.placeByDay(draft, rules.timeZone);
    const day = earliestDay(drafts, rules.timeZone);
    if (day !== undefined) reader.judgeEndedAreas(day);
  }
  for (const { type, data } of drafts) {
    const result = definitionOf(type)!.schema.safeParse(data);
    if (result.success) continue;
    for (const { field, value, reason, words = { vi: reason, en: reason } } of wordedErrors(result.error, data)) {
      const name = field.split('.')[0]!;
      // A cell that could not be read was told by the reader: that its field is then missing is no second fault.
      if (reader.isWrong(name)) continue;
      if (rules.fields.get(name)?.dispensable) delete (data as Record<string, unknown>)[name];
      reader.unfit(name, words, rules.mapping.has(name) ? undefined : String(value ?? ''));
    }
  }
  if (isNowhere(kind, reader, drafts)) reader.note(nowhere);
  if (kind.isTotal && reader.problems.length === 0 && drafts.some((one) => contradictsTotal(kind, one, memory)))
    reader.problem(
      (kind.fields.find(({ name, type }) => type === 'whole' && reader.has(name)) ?? kind.fields[0]!).name,
      {
        vi: 'một dòng trước nói con số khác cho cùng nơi và cùng kỳ: hãy giữ một dòng, hoặc cộng lại nếu là các phần',
        en: 'an earlier row says another number for the same place and period: keep one, or add them up where they are parts',
      },
    );
  const problems = distinct(reader.problems);
  if (problems.length === 0 && drafts.length === 0)
    problems.push({ line: row.line, column: '(row)', value: '', reason: 'says nothing', reasonVi: 'không nói gì' });
  return {
    folded: false,
    drafts: problems.length ? [] : drafts,
    problems,
    notes: problems.length ? [] : reader.notes,
    notesVi: reader.notesVi,
    ...(id !== number && problems.length === 0 ? { renamed: { from: number!, to: id! } } : {}),
  };
}

/**
 * Whether an earlier row had the number. 301235001 after 0301235001, or before it, is the same number with other zeros: one of the two was robbed of its
 * zero, and nobody knows which is meant. So it is with BN-1 after bn1: most often one person whose number two people typed.
 */
function seenBefore(number: string, { entities }: Memory): 'new' | 'again' | 'with other zeros' | 'written otherwise' {
  if (/[a-z]/i.test(number)) {
    if (!entities.add(hashOf(number))) return 'again';
    return entities.add(hashOf(`${partsOf(number)} in parts`)) ? 'new' : 'written otherwise';
  }

  const bare = /^\d+$/.test(number) ? number.replace(/^0+(?=\d)/, '') : number;
  const withZeros = [number, `${bare} has zeros before it`].map(hashOf);
  if (entities.add(hashOf(bare))) {
    if (bare !== number) for (const hash of withZeros) entities.add(hash);
    return 'new';
  }
  const sameForm = bare === number ? !entities.has(withZeros[1]!) : entities.has(withZeros[0]!);
  return sameForm ? 'again' : 'with other zeros';
}

/** An earlier row of the file said something else of what the figure is about, known at the same moment. The first row that said so is the one that is taken. */
function contradictsTotal({ about }: Pick<ImportKind, 'about'>, one: Draft, { entities }: Memory): boolean {
  const said = JSON.stringify([
    'total',
    one.type,
    about?.(one) ?? definitionOf(one.type)!.key(one.data as Record<string, unknown>),
    one.recordedTime ?? null,
  ]);
  const isFirst = entities.add(hashOf(said));
  const content = hashOf(`${said} ${JSON.stringify(one.data)}`);
  if (isFirst) entities.add(content);
  return !isFirst && !entities.has(content);
}

/** Runs of letters and of digits: those of "BN 001", "bn001" and "BN-001" are the same, those of "1-11a" and "11-1a" are not. */
const partsOf = (number: string): string => (number.toLowerCase().match(/[a-z]+|\d+/g) ?? []).join(' ');

function distinct(problems: RowProblem[]): RowProblem[] {
  if (problems.length < 2) return problems;
  return [...new Map(problems.map((problem) => [`${problem.column} ${problem.reason}`, problem])).values()];
}

const nowhere = {
  vi: 'không ghi khu vực: chỉ tính vào toàn quận; nếu ô được gộp với ô trên, hãy tách ô rồi ghi vào từng dòng',
  en: 'names no area: counts in the district alone; if the cell is merged with the one above, part them and write it on each row',
};

/** A file with a column of areas, and a row in which nothing says where it is: a blank cell below a merged one looks just so. */
const isNowhere = (kind: ImportKind, reader: RowReader, drafts: readonly Draft[]): boolean =>
  !kind.placedOnce &&
  reader.has('areaId') &&
  reader.raw('areaId') === undefined &&
  drafts.length > 0 &&
  drafts.every(({ data }) => !('areaId' in data) && !('location' in data));

/** The earliest local day that the facts of a row say of themselves, else that on which they happened; by it the door judges areas (contracts/fact-rules.ts). */
function earliestDay(drafts: readonly Draft[], timeZone: string): string | undefined {
  const days = drafts.flatMap(({ type, time, data }) => {
    const clock = clockIn(new Date(time), timeZone);
    const definition = definitionOf(type);
    const said = definition ? saidDays(definition, data, clock) : [];
    return said.length > 0 ? said : [localDayOf(time, clock)];
  });
  return days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : undefined;
}
