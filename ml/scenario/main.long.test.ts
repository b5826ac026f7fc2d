import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { compareScenarios } from './compare.ts';
import type { Scenario } from './district.ts';
import { exampleDistrict } from './example-district.ts';
import { readScenarioFile } from './scenario-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
afterAll(() => rmSync(folder, { recursive: true }));

const run = { days: 20, paths: 30, stepDays: 1, seed: 5 };
const scenarios: Scenario[] = [
  { name: 'hạn chế', levers: [{ kind: 'movement', fromDay: 2, toDay: 15, limit: 0.7, contactShare: 0.5 }] },
  { name: '5K', levers: [{ kind: '5K', fromDay: 0, toDay: 19, adherence: 0.8, effect: 0.5 }] },
];

function command(input: unknown, name: string): Promise<{ code: number; errors: string; out: string }> {
  const [file, out] = [join(folder, `${name}.json`), join(folder, `${name}.out.json`)];
  writeFileSync(file, typeof input === 'string' ? input : JSON.stringify(input));
  const main = new URL('./main.ts', import.meta.url).pathname;
  return new Promise((resolve) =>
    execFile(process.execPath, [main, file, '--out', out], (error, _, errors) =>
      resolve({ code: error ? Number(error.code) : 0, errors, out }),
    ),
  );
}

test('a file in, a file out, whose figures are those of the library', async () => {
  const district = exampleDistrict();
  const { code, out, errors } = await command({ district, scenarios, run, weeklyCuts: [50] }, 'good');
  expect([code, errors]).toEqual([0, `${out}: do nothing, hạn chế, 5K, hạn chế, smallest area\n`]);
  const written = JSON.parse(readFileSync(out, 'utf8'));
  const own = await compareScenarios(district, scenarios, run, { weeklyCuts: [50] });
  expect(written.outcomes).toEqual(JSON.parse(JSON.stringify(own.outcomes)));
  expect(written.avoided).toEqual(own.avoided);
  expect(written.outcomes.map((outcome: { kind: string; of?: string }) => [outcome.kind, outcome.of])).toEqual([
    ['nothing', undefined],
    ['given', undefined],
    ['given', undefined],
    ['smallest-area', 'hạn chế'],
  ]);
}, 60_000);

test('an impossible lever is refused with its field, value and bound, and nothing is written', async () => {
  const impossible = [{ name: 'x', levers: [{ ...scenarios[0]!.levers[0], limit: 1.7, fromDay: -3 }] }];
  const { code, errors, out } = await command({ district: exampleDistrict(), scenarios: impossible, run }, 'bad');
  expect(code).toBe(1);
  expect(errors).toBe(
    'scenarios[0].levers[0].fromDay must be a whole number from 0 to 19, got -3\n' +
      'scenarios[0].levers[0].limit must be a number from 0 to 1, got 1.7\n',
  );
  expect(() => readFileSync(out)).toThrow();
}, 60_000);

test.each([
  ['{', /^the file must be JSON: /],
  ['[]', /^the file must be an object, got \[\]/],
  ['{"district":{},"run":{}}', /^scenarios must be a list, got nothing/],
  [
    '{"district":{"wards":7},"run":{},"scenarios":[]}',
    /^district.wards must be a list, got 7; district.ageGroups must be/,
  ],
  ['{"district":{},"run":{},"scenarios":[],"weeklyCuts":[-1]}', /^weeklyCuts must be numbers above 0, got -1/],
])('%s is told what is wrong with it', (text, message) => {
  expect(() => readScenarioFile(text)).toThrow(message);
});
