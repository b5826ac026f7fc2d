import { describe, expect, it } from 'vitest';
import { countRuns, filesInDoubt, type LedgerLine, readLedger, stalled } from './test-ledger.ts';

const text = (...lines: LedgerLine[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const started = (file: string): LedgerLine => ({ event: 'file-started', file });
const ended = (file: string, counts: Partial<Extract<LedgerLine, { event: 'file-ended' }>> = {}): LedgerLine => ({
  event: 'file-ended',
  file,
  passed: 2,
  failed: 0,
  skipped: 0,
  broken: false,
  errorsOfRun: 0,
  ...counts,
});

describe('the ledger of a test run', () => {
  it('adds up the files that have ended, and names those that have not', () => {
    const run = readLedger(
      text(
        { event: 'run-started', files: 3 },
        started('unit a'),
        started('unit b'),
        ended('unit a', { failed: 1, skipped: 4 }),
      ),
    );
    expect(run).toEqual({
      files: new Map([['unit a', { passed: 2, failed: 1, skipped: 4 }]]),
      ...{ errorsOfRun: 0, open: ['unit b'], waiting: 1, finished: false },
    });
    expect(countRuns([run])).toEqual({ passed: 2, failed: 1, skipped: 4 });
    expect(filesInDoubt(run)).toEqual(['unit b', 'unit a']);
  });

  it('counts a file that breaks outside of its tests, and errors outside of every file', () => {
    const run = readLedger(
      text(
        { event: 'run-started', files: 2 },
        started('a'),
        ended('a', { broken: true }),
        started('b'),
        ended('b', { errorsOfRun: 1 }),
        { event: 'run-ended', errorsOfRun: 2, reason: 'failed' },
      ),
    );
    expect(run).toMatchObject({ open: [], waiting: 0, finished: true });
    expect(countRuns([run])).toEqual({ passed: 4, failed: 3, skipped: 0 });
    expect(filesInDoubt(run)).toEqual(['a']);
  });

  it('knows nothing before the run began, and leaves out a line that is half written', () => {
    expect(readLedger('').waiting).toBeUndefined();
    expect(readLedger(`${text({ event: 'run-started', files: 1 }, started('a'), ended('a'))}{"event":"run-`)).toEqual({
      files: new Map([['a', { passed: 2, failed: 0, skipped: 0 }]]),
      ...{ errorsOfRun: 0, open: [], waiting: 0, finished: false },
    });
  });

  it('of a file that ran again the last outcome counts; errors outside of files are not forgotten', () => {
    const first = readLedger(text(ended('a'), ended('b', { passed: 1, failed: 2, skipped: 1, errorsOfRun: 1 })));
    const again = readLedger(text(ended('b', { passed: 4 })));
    expect(countRuns([first, again])).toEqual({ passed: 6, failed: 1, skipped: 0 });
    const worse = readLedger(text(ended('b', { passed: 0, failed: 4 })));
    expect(countRuns([first, worse])).toEqual({ passed: 2, failed: 5, skipped: 0 });
  });
});

describe('a silent run', () => {
  const bounds = { endingMs: 100, fileMs: 1000 };
  const through = readLedger(text({ event: 'run-started', files: 1 }, started('a'), ended('a')));
  const within = readLedger(text({ event: 'run-started', files: 1 }, started('a')));
  it.each([
    [through, 99, 'no'],
    [through, 100, 'not-ending'],
    [within, 999, 'no'],
    [within, 1000, 'stuck-in-a-file'],
  ] as const)('is told from one that goes on', (run, silentMs, expected) => {
    expect(stalled(run, silentMs, bounds)).toBe(expected);
  });
});
