import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { readImportOptions } from './import-options.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
const commands = Object.entries(scripts).flatMap(([name, line]) => (line.includes('deploy/setup.mjs') ? [name] : []));

test.each(commands)('npm run %s -- --help tells how it is used, and ends with 0', { timeout: 90_000 }, async (name) => {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'deploy/setup.mjs'), name, '--help'], {
    env: { ...process.env, VX_KEEP_MODULES: '1' },
  });
  expect(stdout).toMatch(new RegExp(`^npm (run )?${name}\\b`));
  expect(stdout).toContain('--help');
});

test('every option of the import that the help names is read, and the way of writing numbers is one of two', () => {
  expect(readImportOptions(['population', 'f.csv', '--number-format', 'vi', '--no-place'])).toMatchObject({
    numberFormat: 'vi',
    placeless: true,
  });
  expect(() => readImportOptions(['population', 'f.csv', '--number-format', 'de'])).toThrow(
    'vi (1.234,5) or en (1,234.5)',
  );
});
