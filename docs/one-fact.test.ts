import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const steps = [
  ...readFileSync(new URL('one-fact.md', import.meta.url), 'utf8').matchAll(/\| `([\w./-]+)` `(\w+)` \|$/gm),
].map(([, file, name]) => [file!, name!] as const);

/** The text defines the name: as a function, class or constant, as a method, or as a getter. */
function defines(text: string, name: string): boolean {
  const declared = new RegExp(`^(export )?(async )?(function|class|const) ${name}\\b`, 'm');
  const method = new RegExp(`^  (private |async |get )*${name}(<[^>]*>)?\\([^;]*\\{$`, 'm');
  return declared.test(text) || method.test(text);
}

test('the walk has its four parts, and a step in every table row', () => {
  const text = readFileSync(new URL('one-fact.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (step|---) /.test(line));
  expect(text.match(/^## /gm)).toHaveLength(4);
  expect(rows.length).toBeGreaterThan(50);
  expect(steps).toHaveLength(rows.length);
});

test.each(steps)('%s defines %s', (file, name) => {
  const path = new URL(file, root);
  expect(existsSync(path), `${file} is there`).toBe(true);
  expect(defines(readFileSync(path, 'utf8'), name), `${file} defines ${name}`).toBe(true);
});

test('a name that a file only uses is not defined there', () => {
  expect(defines("import { fold } from './world.ts';\nfold(world, batch);\n  fold(world);\n", 'fold')).toBe(false);
  expect(defines('export const fold = 1;', 'fol')).toBe(false);
});
