import type { RowProblem } from '#contracts/http/imports.ts';
import type { Receipt } from '#platform/gateway.ts';
import { convertRow, newMemory } from './convert-row.ts';
import { importEvent, importSource, type OutgoingEvent } from './import-event.ts';
import type { ImportPlan } from './plan-import.ts';
import { noOthers, nothingSaid, type SaidBefore, type SaidByOthers } from './said-before.ts';
import { isBlankRow } from './table/row.ts';

/** Where events go: the product's own door, so that one place judges everything. */
export type Send = (
  events: OutgoingEvent[],
) => Promise<Pick<Receipt, 'accepted' | 'duplicates' | 'rejected'> & Partial<Pick<Receipt, 'throughSequence'>>>;

/** accepted + rejected + folded = rows. */
export interface Counts {
  rows: number;
  accepted: number;
  rejected: number;
  /** Copies of earlier rows. */
  folded: number;
  /** Of the accepted: the source said the same of them before, and nothing is sent. */
  unchanged: number;
  events: number;
  /** Of the events: the broker had taken them within the last two minutes; of earlier ones it does not know. */
  duplicates: number;
}

export interface Checkpoint extends Counts {
  /** Everything up to this line is acknowledged. */
  line: number;
}

/** What of a batch of rows was told beside its counts. */
export interface ToldOfRows {
  /** Copies, each with the line that it repeats. */
  folded: { line: number; sameAs: number }[];
  /** Entities of which the source told for the first time, and which the kind can take back (`withdrawal`). */
  born: string[];
}

export interface RejectedRow {
  problems: RowProblem[];
  cells: string[];
}

export interface ImportHooks {
  send: Send;
  /** What the source has told already; left out: nothing. */
  said?: SaidBefore;
  /** What files of other names have said; left out: nothing, or it does not matter for the kind. */
  others?: SaidByOthers;
  /** Rejected rows of what was just acknowledged, then the point to which an interrupted import need not go back. */
  settled?: (rejected: RejectedRow[], checkpoint: Checkpoint, told: ToldOfRows) => void;
  /** Stored bytes read so far. */
  onRead?: (bytes: number) => void;
  signal?: AbortSignal;
}

export interface Summary extends Counts {
  /** Place in the journal up to which the file's facts stand; 0: nothing was sent, or nobody said. */
  throughSequence: number;
  notes: { note: string; noteVi?: string; rows: number }[];
  renamed: { rows: number; examples: { from: string; to: string }[] };
}

const batchEvents = 4000;
const batchRows = 4000;

interface Batch {
  events: OutgoingEvent[];
  /** Row of each event, as an index into `rows`. */
  rowOf: number[];
  rows: {
    line: number;
    cells: string[];
    problems: RowProblem[];
    folded: boolean;
    unchanged: boolean;
    sameAs?: number | undefined;
    born?: string | undefined;
  }[];
}

const nothingYet: Checkpoint = {
  line: 0,
  rows: 0,
  accepted: 0,
  rejected: 0,
  folded: 0,
  unchanged: 0,
  events: 0,
  duplicates: 0,
};

/** Takes a planned file in, batch after batch: while one is on its way, the next is read. Memory does not grow with the file, but for 32 bytes a row. */
export async function runImport(plan: ImportPlan, hooks: ImportHooks, from?: Checkpoint): Promise<Summary> {
  const { request, table, rules } = plan;
  const { target, kind } = request;
  const placement = {
    district: target.district,
    clock: target.clock,
    source: importSource(kind.name, request.sourceName),
    ...(rules.recordedTime ? { recordedTime: rules.recordedTime } : {}),
  };
  const { said = nothingSaid, others = noOthers } = hooks;
  let settled = { throughSequence: 0, ...(from ?? nothingYet) };
  const notes = new Map<string, { rows: number; noteVi?: string }>();
  const renamed: Summary['renamed'] = { rows: 0, examples: [] };
  const memory = newMemory();
  let onTheWay: Promise<void> = Promise.resolve();
  let batch: Batch = { events: [], rowOf: [], rows: [] };
  const ship = async () => {
    await onTheWay;
    const leaving = batch;
    batch = { events: [], rowOf: [], rows: [] };
    onTheWay = settle(plan, leaving, hooks, settled).then((checkpoint) => {
      settled = checkpoint;
    });
    // A failure is thrown by the next await; until then it is not an unhandled one.
    onTheWay.catch(() => {});
  };
  for await (const row of table.rows(hooks.onRead ? { onRead: hooks.onRead } : undefined)) {
    hooks.signal?.throwIfAborted();
    if (isBlankRow(row)) continue;
    const { drafts, problems, folded, ...told } = convertRow(kind, rules, row, memory);
    for (const note of told.notes) {
      if (!notes.has(note) && notes.size >= 500) continue;
      const noteVi = told.notesVi?.get(note);
      notes.set(note, { rows: (notes.get(note)?.rows ?? 0) + 1, ...(noteVi ? { noteVi } : {}) });
    }
    if (told.renamed) {
      renamed.rows++;
      if (renamed.examples.length < 5) renamed.examples.push(told.renamed);
    }
    // Rows before the checkpoint are read again for what they say about later ones, and not sent.
    if (from && row.line <= from.line) continue;
    let sent = 0;
    let isBirth = true;
    for (const draft of drafts) {
      const about = kind.about?.(draft);
      const event = importEvent(draft, placement, about);
      const isNew = said.isLast(event.id) === undefined;
      isBirth &&= isNew;
      if (isNew && others((source) => importEvent(draft, { ...placement, source }, about).id)) continue;
      const id = said.idOf(event.id);
      if (id === undefined) continue;
      sent++;
      batch.events.push({ ...event, id });
      batch.rowOf.push(batch.rows.length);
    }
    const unchanged = drafts.length > 0 && sent === 0;
    const born = isBirth && sent > 0 ? kind.withdrawal?.entityOf(drafts) : undefined;
    batch.rows.push({ line: row.line, cells: row.cells, problems, folded, unchanged, sameAs: told.sameAs, born });
    if (batch.events.length >= batchEvents || batch.rows.length >= batchRows) await ship();
  }
  await ship();
  await onTheWay;
  const { line: _, ...counts } = settled;
  return {
    ...counts,
    notes: [...notes].map(([note, counted]) => ({ note, ...counted })).sort((a, b) => b.rows - a.rows),
    renamed,
  };
}

/**
 * What the door finds wrong, in the file's own words: the name of the column that is the field, and its cell as it stands there. A day that the kind
 * has under another name is that of the column by which a row is dated.
 */
function rowProblemOf(
  { request, rules, table }: ImportPlan,
  { line, cells }: Batch['rows'][number],
  { field, value, reason, reasonVi }: Omit<Receipt['rejected'][number], 'index'>,
): RowProblem {
  const dated = request.kind.fields.find(({ type, required }) => required && (type === 'day' || type === 'instant'));
  const from =
    rules.mapping.get(field.replace(/^data\./, '')) ??
    (/^\d{4}-\d{2}-\d{2}/.test(String(value)) && dated ? rules.mapping.get(dated.name) : undefined);
  const inFile =
    from && 'column' in from ? { column: table.columns[from.column]!, value: cells[from.column] } : undefined;
  return {
    line,
    column: inFile?.column ?? field,
    value: String(inFile?.value ?? value ?? '').slice(0, 120),
    reason,
    ...(reasonVi ? { reasonVi } : {}),
  };
}

async function settle(
  plan: ImportPlan,
  batch: Batch,
  { send, settled }: ImportHooks,
  before: Checkpoint & { throughSequence: number },
): Promise<Checkpoint & { throughSequence: number }> {
  const { events, rowOf, rows } = batch;
  if (rows.length === 0) return before;
  const receipt: Awaited<ReturnType<Send>> = events.length
    ? await send(events)
    : { accepted: 0, duplicates: 0, rejected: [] };
  const ofData = new Set(receipt.rejected.flatMap(({ index, field }) => (field.startsWith('data.') ? [index] : [])));
  for (const { index, ...fault } of receipt.rejected) {
    // The time of a row's fact is made from its days: of the two, the file's own is told.
    if (fault.field === 'time' && ofData.has(index)) continue;
    const row = rows[rowOf[index]!]!;
    row.problems.push(rowProblemOf(plan, row, fault));
  }
  const rejected = rows.filter(({ problems }) => problems.length > 0);
  const folded = rows.filter((row) => row.folded).length;
  const checkpoint = {
    line: rows.at(-1)!.line,
    rows: before.rows + rows.length,
    accepted: before.accepted + rows.length - rejected.length - folded,
    rejected: before.rejected + rejected.length,
    folded: before.folded + folded,
    unchanged: before.unchanged + rows.filter((row) => row.unchanged).length,
    events: before.events + receipt.accepted,
    duplicates: before.duplicates + receipt.duplicates,
  };
  settled?.(rejected, checkpoint, {
    folded: rows.flatMap(({ line, sameAs }) => (sameAs ? [{ line, sameAs }] : [])),
    born: rows.flatMap(({ born, problems }) => (born !== undefined && problems.length === 0 ? [born] : [])),
  });
  return { ...checkpoint, throughSequence: Math.max(before.throughSequence, receipt.throughSequence ?? 0) };
}

/** Nothing is sent, and no door judges: what the rows are is all that is asked. */
export const sendNothing: Send = async (events) => ({ accepted: events.length, duplicates: 0, rejected: [] });
