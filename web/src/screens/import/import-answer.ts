/** What the import door tells of a file: of a trial and of the real thing. */
export interface ImportReport {
  id: string;
  state: 'running' | 'done' | 'refused';
  /** Share of the rows that is settled, 0 to 1. */
  progress: number;
  rows?: number;
  accepted?: number;
  rejected?: number;
  /** Copies of earlier rows. */
  folded?: number;
  /** Events that the journal had already. */
  duplicates?: number;
  mapping: { field: string; column?: string; constant?: string; example?: string }[];
  /** The first of what is wrong; all of it is at /api/imports/{id}/rejects. */
  rejectedRows: RowProblem[];
  reason?: string;
}

export interface RowProblem {
  line: number;
  column?: string;
  field?: string;
  value?: unknown;
  reason: string;
}

interface Asking {
  /** Sends the file; the answer may say that it is still running. */
  begin: () => Promise<ImportReport>;
  /** How far it is now. */
  look: (id: string) => Promise<ImportReport>;
  wait: (milliseconds: number) => Promise<void>;
  onProgress: (report: ImportReport) => void;
}

const lookEveryMs = 700;

/** From the file's sending to its end, telling how far it is. */
export async function followImport({ begin, look, wait, onProgress }: Asking): Promise<ImportReport> {
  let report = await begin();
  onProgress(report);
  while (report.state === 'running') {
    await wait(lookEveryMs);
    report = await look(report.id);
    onProgress(report);
  }
  return report;
}
