import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareScenarios } from './compare.ts';
import { readScenarioFile } from './scenario-file.ts';
import { openPathThreads } from './threads.ts';
import { ScenarioInputError } from './validate.ts';

/** `node ml/scenario/main.ts FILE.json --out FILE.json`: FILE holds { district, scenarios, run, weeklyCuts? }. Ends with 1 when the file is wrong, 2 when the command is. */
if (process.argv.includes('--help') || process.argv.includes('-h')) {
  process.stdout.write(`npm run scenario -- FILE.json --out FILE.json

FILE.json   { district, scenarios, run, weeklyCuts? }

  --out FILE   where the comparison is written
  --help       this text\n`);
  process.exit(0);
}
const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;
if (!file || !values.out) {
  process.stderr.write('usage: npm run scenario -- FILE.json --out FILE.json\n');
  process.exit(2);
}
const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('stopped')));
const threads = openPathThreads();
try {
  const text = readFileSync(file, 'utf8');
  const { district, scenarios, run, weeklyCuts } = readScenarioFile(text);
  const comparison = await compareScenarios(district, scenarios, run, {
    simulate: threads.simulate,
    progress: bar,
    signal: stop.signal,
    weeklyCuts,
  });
  const inputHash = createHash('sha256').update(text).digest('hex');
  writeFileSync(values.out, `${JSON.stringify({ inputHash, run, ...comparison }, null, 1)}\n`);
  process.stderr.write(`${values.out}: ${comparison.outcomes.map((outcome) => outcome.name).join(', ')}\n`);
} catch (error) {
  const problems = error instanceof ScenarioInputError ? error.problems : [(error as Error).message];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} finally {
  await threads.close();
}

function bar(share: number): void {
  if (!process.stderr.isTTY) return;
  const done = Math.round(30 * share);
  process.stderr.write(`\r${'█'.repeat(done)}${'░'.repeat(30 - done)} ${Math.round(100 * share)} %`);
  if (share === 1) process.stderr.write('\n');
}
