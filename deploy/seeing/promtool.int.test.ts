import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { promtool } from './promtool.ts';
import { registryOfAll } from './registered.ts';

const path = (name: string) => fileURLToPath(new URL(`./${name}`, import.meta.url));
const program = promtool();

/** Without it metric-names.test.ts still holds names and types; the alarms are then not tried. */
const withPromtool = test.skipIf(program === undefined);

function run(...args: string[]): { status: number | null; said: string } {
  const { status, stdout, stderr } = spawnSync(program!, args, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
}

withPromtool('the alarms are rules, and speak and are silent as they should', () => {
  for (const args of [
    ['check', 'rules', path('alerts.yaml')],
    ['test', 'rules', path('alerts.test.yaml'), path('alerts-of-days.test.yaml')],
    ['check', 'config', '--syntax-only', path('prometheus.yaml')],
  ]) {
    const { status, said } = run(...args);
    expect(status, said).toBe(0);
  }
});

withPromtool('what the services tell is taken without a complaint', async () => {
  const { status, stdout, stderr } = spawnSync(program!, ['check', 'metrics'], {
    input: await registryOfAll().metrics(),
    encoding: 'utf8',
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
});
