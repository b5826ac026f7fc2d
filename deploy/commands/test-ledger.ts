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

/** What is known of a test run from its ledger. */
export interface TestRun {
  passed: number;
  /** Tests that failed; files that broke outside of a test and errors outside of every file count as one each. */
  failed: number;
  skipped: number;
  /** Files that began and have not ended. */
  open: string[];
  /** Every file that was to run has ended. False before the run began. */
  allEnded: boolean;
  /** The runner itself said that it is at its end. */
  finished: boolean;
}

/** Adds up a ledger. A last line that is half written is left out. Pure. */
export function readLedger(text: string): TestRun {
  const run: TestRun = { passed: 0, failed: 0, skipped: 0, open: [], allEnded: false, finished: false };
  const open = new Set<string>();
  let planned: number | undefined;
  let ended = 0;
  let errorsOfRun = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as LedgerLine;
    if (entry.event === 'run-started') planned = entry.files;
    else if (entry.event === 'file-started') open.add(entry.file);
    else if (entry.event === 'file-ended') {
      open.delete(entry.file);
      ended++;
      run.passed += entry.passed;
      run.failed += entry.failed + (entry.broken ? 1 : 0);
      run.skipped += entry.skipped;
      errorsOfRun = entry.errorsOfRun;
    } else {
      run.finished = true;
      errorsOfRun = entry.errorsOfRun;
    }
  }
  run.failed += errorsOfRun;
  run.open = [...open];
  run.allEnded = planned !== undefined && ended >= planned;
  return run;
}

/** What the ledger's silence means: the runner goes on; its files are through and it does not end; or one of its files does not end. */
export function stalled(
  run: TestRun,
  silentMs: number,
  bounds: { endingMs: number; fileMs: number },
): 'no' | 'not-ending' | 'stuck-in-a-file' {
  if (run.allEnded) return silentMs >= bounds.endingMs ? 'not-ending' : 'no';
  return silentMs >= bounds.fileMs ? 'stuck-in-a-file' : 'no';
}
