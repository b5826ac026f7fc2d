import type { ImportReport as WholeReport } from '@vungxanh/services/contracts/http/imports.ts';

/** What the import door tells of a file, as far as the screen shows it: of a trial and of the real thing. */
export type ImportReport = Pick<WholeReport, 'id' | 'state' | 'progress' | 'mapping' | 'rejectedRows'> &
  Partial<
    Pick<
      WholeReport,
      | 'kind'
      | 'rows'
      | 'accepted'
      | 'rejected'
      | 'folded'
      | 'foldedRows'
      | 'unchanged'
      | 'columns'
      | 'rejectedLines'
      | 'corrected'
      | 'born'
      | 'source'
      | 'endedAt'
      | 'reason'
      | 'reasonVi'
      | 'findings'
      | 'notes'
    >
  >;

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
