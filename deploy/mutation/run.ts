// npm run mutation [-- FILE …]: how many deliberate faults in the pure files the tests find. Not part of the build: it takes hours of one core.
// Stryker is run on one file after another, so that a mutant meets only the tests that reach its file. Results are kept in .data/mutation, and
// a mutant whose code and tests are the same is answered from there.
import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { helpAsked } from '../commands/product.ts';
import { isTest, pureFiles } from './pure-files.ts';
import { type MutationReport, readCounts, scoreOf, survivorLines, tableOf } from './report.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
helpAsked(`npm run mutation [-- FILE …]

How many deliberate faults in the pure files the tests find. It takes hours of one core.

FILE     only these; left out: every pure file (deploy/mutation/pure-files.ts)

  --help   this text`);
const results = '.data/mutation';
const wanted = process.argv.slice(2);
const files = (wanted.length ? wanted : globSync(pureFiles, { cwd: root }).sort()).filter((file) => !isTest(file));
mkdirSync(join(root, results), { recursive: true });
// Whoever works on the machine meanwhile goes first; Stryker's own processes inherit this.
setPriority(10);

const started = performance.now();
const rows = files.map((file) => {
  const name = file.replaceAll('/', '_');
  const settings = join(root, results, `${name}.settings.json`);
  const report = join(root, results, `${name}.report.json`);
  rmSync(report, { force: true });
  writeFileSync(
    settings,
    JSON.stringify({
      packageManager: 'npm',
      testRunner: 'vitest',
      plugins: ['@stryker-mutator/vitest-runner'],
      vitest: { configFile: 'deploy/mutation/vitest.config.ts' },
      mutate: [file],
      coverageAnalysis: 'perTest',
      concurrency: 1,
      // A test that is only slow, on a machine that is busy, is not one that does not end.
      timeoutMS: 8_000,
      incremental: true,
      incrementalFile: `${results}/${name}.incremental.json`,
      tempDirName: '.data/stryker',
      ignorePatterns: ['.data', 'docs', 'web/dist', 'ml/out'],
      reporters: ['json'],
      jsonReporter: { fileName: report },
    }),
  );
  const fileStarted = performance.now();
  const { status, stdout } = spawnSync(process.execPath, ['node_modules/.bin/stryker', 'run', settings], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) {
    process.stderr.write(`${file}: the run failed\n${stdout}\n`);
    return { file, counts: undefined, survivors: [] };
  }
  const mutants = JSON.parse(readFileSync(report, 'utf8')) as MutationReport;
  const counts = readCounts(mutants);
  const seconds = Math.round((performance.now() - fileStarted) / 1000);
  process.stderr.write(`${file}: ${scoreOf(counts)} (${counts.killed} of ${counts.total}), ${seconds} s\n`);
  return { file, counts, survivors: survivorLines(mutants) };
});

for (const { survivors } of rows) for (const line of survivors) process.stdout.write(`${line}\n`);
process.stdout.write(`${tableOf(rows)}\n${Math.round((performance.now() - started) / 1000)} s\n`);
process.exitCode = rows.every(({ counts }) => counts) ? 0 : 1;
