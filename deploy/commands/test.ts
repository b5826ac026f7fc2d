// npm test [-- FILTER …]: all tests on servers of their own, then one plain line of what really ran.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from '../local/web-build.ts';
import { pipeHolders } from './pipe-holders.ts';
import { helpAsked } from './product.ts';
import { countRuns, filesInDoubt, readLedger, stalled, type TestRun } from './test-ledger.ts';

helpAsked(`npm test [-- FILTER …]

All tests, on servers of their own; the web app is built first.

FILTER   only files whose path has it

  --help   this text`);

/**
 * The longest tests take minutes, and every wait in them is bounded. Vitest's own waits for its workers are not: with 5.1.1 a run was seen to wait for
 * ever when its last tests had passed, and nothing was said.
 */
const bounds = { endingMs: 120_000, fileMs: 12 * 60_000 };

/**
 * Files that failed, or did not end, are run once more by themselves when they are few: of several hundred that share two cores with servers and browsers, one or two wait in vain for
 * something that comes late. Both outcomes are said. More than these are no accident.
 */
const mostAgain = 8;

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-results-'));
const warn = (line: string) => process.stderr.write(`${line}\n`);
const say = (line: string) => process.stdout.write(`${line}\n`);

// The browser tests look at the app as it is built.
buildWeb(root);
const first = await runTests(process.argv.slice(2));
const runs = [first];
const doubtful = filesInDoubt(first);
// A run that was ended from outside is over.
const isThrough = first.waiting === 0 && first.gaveUp !== 'not-ending';
if (doubtful.length > 0 && doubtful.length <= mostAgain && (isThrough || first.gaveUp === 'stuck-in-a-file')) {
  const outcome = ({ files }: TestRun, file: string) => {
    const ended = files.get(file);
    return ended ? `${ended.passed} passed, ${ended.failed} failed` : 'did not end';
  };
  warn(`\nonce more, with nothing beside them: ${doubtful.join(', ')}`);
  const again = await runTests(doubtful.map((file) => file.slice(file.indexOf(' ') + 1)));
  runs.push(again);
  // Said whatever comes of it: who passes at the second time alone is not well.
  for (const file of doubtful) say(`ran twice: ${file}: ${outcome(first, file)}; then ${outcome(again, file)}`);
}
rmSync(folder, { recursive: true, force: true });
const counted = countRuns(runs);
// A run that broke off, or left files out, fails whatever its tests said.
const isWhole = runs.at(-1)!.complete && first.waiting === 0;
const failed = isWhole ? counted.failed : Math.max(1, counted.failed);
say(`${counted.passed} passed, ${failed} failed, ${counted.skipped} skipped`);
process.exit(failed === 0 ? 0 : 1);

interface EndedRun extends TestRun {
  /** Why the runner was ended by us; undefined: it ended by itself. */
  gaveUp?: 'not-ending' | 'stuck-in-a-file';
  /** What was to run is in the counts. */
  complete: boolean;
}

function runTests(filters: string[]): Promise<EndedRun> {
  const ledger = join(folder, 'ledger.jsonl');
  writeFileSync(ledger, '');
  const vitest = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      `--reporter=${join(root, 'deploy/commands/module-ledger.ts')}`,
      ...filters,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, VX_TEST_LEDGER: ledger } },
  );
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => vitest.kill('SIGTERM'));
  process.on('disconnect', () => vitest.kill('SIGTERM'));

  let gaveUp: EndedRun['gaveUp'];
  let seen = '';
  let seenAt = performance.now();
  const watch = setInterval(() => {
    const text = readFileSync(ledger, 'utf8');
    if (text !== seen) [seen, seenAt] = [text, performance.now()];
    const run = readLedger(text);
    const verdict = stalled(run, performance.now() - seenAt, bounds);
    if (verdict === 'no') return;
    if (!gaveUp) {
      for (const holder of pipeHolders(vitest.pid!)) warn(`the test runner may wait for: ${holder}`);
      if (verdict === 'not-ending')
        warn('the test runner did not end after its last file, and is ended: all files are through');
      else
        warn(
          `no test file ended in ${bounds.fileMs / 60_000} minutes, the runner is ended; under way: ${run.open.join(', ')}`,
        );
    }
    // Asked twice; its servers end with it, as they are on a leash.
    vitest.kill(gaveUp ? 'SIGKILL' : 'SIGTERM');
    gaveUp = verdict;
  }, 5000);
  return new Promise((resolve) => {
    vitest.on('exit', (code) => {
      clearInterval(watch);
      const run = readLedger(readFileSync(ledger, 'utf8'));
      const complete = gaveUp === 'not-ending' || (run.finished && (code === 0 || countRuns([run]).failed > 0));
      resolve({ ...run, complete, ...(gaveUp ? { gaveUp } : {}) });
    });
  });
}
