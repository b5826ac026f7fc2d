/** What the reporter writes down, one JSON line each; `file` is its project and its path. */
export type LedgerLine =
  | { event: 'run-started'; files: number }
  | { event: 'file-started'; file: string }
  | {
      event: 'file-ended';
      file: string;
      passed: number;
      failed: number;
      skipped: number;
      /** It failed outside of its tests. */
      broken: boolean;
      errorsOfRun: number;
    }
  | { event: 'run-ended'; errorsOfRun: number; reason: string };

/** How one test file ended. */
export interface FileOutcome {
  passed: number;
  /** Tests that failed; a file that broke outside of a test counts as one. */
  failed: number;
  skipped: number;
}

/** What is known of a test run from its ledger. */
export interface TestRun {
  /** Files that have ended, by project and path. */
  files: ReadonlyMap<string, FileOutcome>;
  /** Errors outside of every file. */
  errorsOfRun: number;
  /** Files that began and have not ended. */
  open: string[];
  /** Files that were to run and did not begin; undefined: the run itself did not. */
  waiting: number | undefined;
  /** The runner itself said that it is at its end. */
  finished: boolean;
}

/** Reads a ledger. A last line that is half written is left out. Pure. */
export function readLedger(text: string): TestRun {
  const files = new Map<string, FileOutcome>();
  const open = new Set<string>();
  let planned: number | undefined;
  let finished = false;
  let errorsOfRun = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as LedgerLine;
    if (entry.event === 'run-started') planned = entry.files;
    else if (entry.event === 'file-started') open.add(entry.file);
    else if (entry.event === 'file-ended') {
      const { file, passed, failed, broken, skipped } = entry;
      open.delete(file);
      files.set(file, { passed, failed: failed + (broken ? 1 : 0), skipped });
      errorsOfRun = entry.errorsOfRun;
    } else {
      finished = true;
      errorsOfRun = entry.errorsOfRun;
    }
  }
  return {
    ...{ files, errorsOfRun, open: [...open], finished },
    waiting: planned === undefined ? undefined : Math.max(0, planned - files.size - open.size),
  };
}

/** Files of a run that failed or did not end: what is worth a second look. */
export const filesInDoubt = ({ files, open }: TestRun): string[] => [
  ...open,
  ...[...files].filter(([, { failed }]) => failed > 0).map(([file]) => file),
];

/** What really ran, over a run and the runs of single files after it: of a file that ran again the last outcome counts. Pure. */
export function countRuns(runs: readonly TestRun[]): FileOutcome {
  const last = new Map(runs.flatMap(({ files }) => [...files]));
  const sum = (count: keyof FileOutcome) => [...last.values()].reduce((total, file) => total + file[count], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed') + runs.reduce((total, { errorsOfRun }) => total + errorsOfRun, 0),
    skipped: sum('skipped'),
  };
}

/** What the ledger's silence means: the runner goes on; its files are through and it does not end; or one of its files does not end. */
export function stalled(
  run: TestRun,
  silentMs: number,
  bounds: { endingMs: number; fileMs: number },
): 'no' | 'not-ending' | 'stuck-in-a-file' {
  if (run.waiting === 0 && run.open.length === 0) return silentMs >= bounds.endingMs ? 'not-ending' : 'no';
  return silentMs >= bounds.fileMs ? 'stuck-in-a-file' : 'no';
}
