// npm test [-- FILTER …]: all tests on servers of their own, then one plain line of what really ran.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWeb } from '../local/web-build.ts';
import { pipeHolders } from './pipe-holders.ts';
import { helpAsked } from './product.ts';
import { readLedger, stalled } from './test-ledger.ts';

helpAsked(`npm test [-- FILTER …]

All tests, on servers of their own; the web app is built first.

FILTER   only files whose path has it

  --help   this text`);

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-results-'));
const ledger = join(folder, 'ledger.jsonl');
writeFileSync(ledger, '');

// The browser tests look at the app as it is built.
buildWeb(root);
const vitest = spawn(
  process.execPath,
  [
    join(root, 'node_modules/vitest/vitest.mjs'),
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'deploy/commands/module-ledger.ts')}`,
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit', env: { ...process.env, VX_TEST_LEDGER: ledger } },
);
process.on('SIGINT', () => {});
process.on('SIGTERM', () => vitest.kill('SIGTERM'));
process.on('disconnect', () => vitest.kill('SIGTERM'));

/**
 * The longest tests take minutes; every wait in them is bounded. After the last file the runner waits without a bound for each of its workers to be
 * gone, and was seen to wait for ever (vitest 5.1.1): every test had passed, and nothing was said.
 */
const bounds = { endingMs: 120_000, fileMs: 20 * 60_000 };
let gaveUp: 'not-ending' | 'stuck-in-a-file' | undefined;
let seen = '';
let seenAt = performance.now();
setInterval(() => {
  const text = readFileSync(ledger, 'utf8');
  if (text !== seen) [seen, seenAt] = [text, performance.now()];
  const verdict = stalled(readLedger(text), performance.now() - seenAt, bounds);
  if (verdict === 'no') return;
  if (!gaveUp)
    for (const holder of pipeHolders(vitest.pid!)) process.stderr.write(`the test runner may wait for: ${holder}\n`);
  // Asked twice: its own servers end with it, as they are on a leash.
  vitest.kill(gaveUp ? 'SIGKILL' : 'SIGTERM');
  gaveUp = verdict;
}, 5000).unref();

vitest.on('exit', (code) => {
  const run = readLedger(readFileSync(ledger, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  if (gaveUp === 'not-ending')
    process.stderr.write(
      'the test runner did not end after its last file, and was ended: what follows is of all files\n',
    );
  if (gaveUp === 'stuck-in-a-file')
    process.stderr.write(
      `no test file ended in ${bounds.fileMs / 60_000} minutes; under way: ${run.open.join(', ')}\n`,
    );
  // A run that broke off fails whatever its tests said.
  const ended = gaveUp === 'not-ending' || run.finished;
  const failed = ended && (code === 0 || gaveUp) ? run.failed : Math.max(1, run.failed);
  process.stdout.write(`${run.passed} passed, ${failed} failed, ${run.skipped} skipped\n`);
  process.exit(failed === 0 ? 0 : code || 1);
});
