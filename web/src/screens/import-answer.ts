/** What the import door answers, to a trial and to the real thing; every part may be missing. */
export interface ImportAnswer {
  rows?: number;
  accepted?: number;
  rejected?: number | RejectedRow[];
  rejects?: RejectedRow[];
  duplicates?: number;
  folded?: number;
  mapping?: { field: string; column?: string; constant?: string; example?: string }[];
  preview?: { line: number; drafts?: { type: string; data: Record<string, unknown> }[]; problems?: RowProblem[] }[];
}

export interface RowProblem {
  column?: string;
  field?: string;
  value?: unknown;
  reason: string;
}
export interface RejectedRow extends Partial<RowProblem> {
  line?: number;
  problems?: RowProblem[];
}

/** One line for each thing that is wrong: where, what it was, why. */
export function rejectedLines(
  answer: ImportAnswer,
): { line: number | undefined; column: string; value: string; reason: string }[] {
  const rows = answer.rejects ?? (Array.isArray(answer.rejected) ? answer.rejected : []);
  const previewed = (answer.preview ?? []).filter(({ problems }) => problems?.length);
  return [...rows, ...(rows.length ? [] : previewed)].flatMap((row: RejectedRow) =>
    (row.problems ?? (row.reason ? [row as RowProblem] : [])).map(({ column, field, value, reason }) => ({
      line: row.line,
      column: column ?? field ?? '',
      value: value === undefined ? '' : String(value),
      reason,
    })),
  );
}

export const rejectedCount = (answer: ImportAnswer): number | undefined =>
  typeof answer.rejected === 'number'
    ? answer.rejected
    : (answer.rejects ?? (Array.isArray(answer.rejected) ? answer.rejected : undefined))?.length;
