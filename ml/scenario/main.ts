import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compareScenarios } from './compare.ts';
import type { District, RunSettings, Scenario } from './district.ts';
import { openPathThreads } from './threads.ts';
import { ScenarioInputError } from './validate.ts';

/** `node ml/scenario/main.ts FILE.json --out FILE.json`: FILE holds { district, scenarios, run }. */
const { values, positionals } = parseArgs({ options: { out: { type: 'string' } }, allowPositionals: true });
const [file] = positionals;
if (!file || !values.out) {
  process.stderr.write('usage: node ml/scenario/main.ts FILE.json --out FILE.json\n');
  process.exit(2);
}
const text = readFileSync(file, 'utf8');
const input = JSON.parse(text) as { district: District; scenarios: Scenario[]; run: RunSettings };
const threads = openPathThreads();
try {
  const comparison = await compareScenarios(input.district, input.scenarios, input.run, {
    simulate: threads.simulate,
    progress(share) {
      if (process.stderr.isTTY) process.stderr.write(`\rscenarios ${Math.round(100 * share)} %`);
    },
  });
  const inputHash = createHash('sha256').update(text).digest('hex');
  writeFileSync(values.out, `${JSON.stringify({ inputHash, run: input.run, ...comparison }, null, 1)}\n`);
  process.stderr.write(`${values.out}: ${comparison.outcomes.map((outcome) => outcome.name).join(', ')}\n`);
} catch (error) {
  if (!(error instanceof ScenarioInputError)) throw error;
  for (const problem of error.problems) process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} finally {
  await threads.close();
}
