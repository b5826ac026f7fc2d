// npm test [-- FILTER …]: all tests on servers of their own, then one plain line of what really ran.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from '../local/web-build.ts';
import { helpAsked } from './product.ts';

helpAsked(`npm test [-- FILTER …]

All tests, on servers of their own; the web app is built first.

FILTER   only files whose path has it

  --help   this text`);

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-results-'));
const results = join(folder, 'results.json');

// The browser tests look at the app as it is built.
buildWeb(root);
const vitest = spawn(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${results}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
process.on('SIGINT', () => {});
process.on('SIGTERM', () => vitest.kill('SIGTERM'));
process.on('disconnect', () => vitest.kill('SIGTERM'));
vitest.on('exit', (code) => {
  let summary = { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numTodoTests: 0 };
  try {
    summary = JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    process.stderr.write('the test run left no results\n');
  }
  rmSync(folder, { recursive: true, force: true });
  // A file that cannot be loaded fails without failing a test: it counts as one.
  const failed = code === 0 ? summary.numFailedTests : Math.max(1, summary.numFailedTests);
  process.stdout.write(
    `${summary.numPassedTests} passed, ${failed} failed, ${summary.numPendingTests + summary.numTodoTests} skipped\n`,
  );
  process.exit(code ?? 1);
});
