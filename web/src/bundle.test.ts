import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ml = JSON.parse(readFileSync(join(root, 'ml/package.json'), 'utf8')) as { exports: Record<string, string> };

/** Of an import: the file of ours, or the name of a package. */
function resolve(from: string, name: string): string {
  const bare = name.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return join(dirname(from), bare);
  if (bare.startsWith('#')) return join(root, 'services', bare.slice(1));
  if (bare.startsWith('@vungxanh/services/')) return join(root, 'services', bare.slice('@vungxanh/services/'.length));
  const own = /^@vungxanh\/ml(.*)$/.exec(bare);
  return own ? join(root, 'ml', ml.exports[`.${own[1]}`]!) : bare;
}

/** What a file brings along when it runs; types leave nothing behind. */
function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  const statements = /^(?:import|export)\s+(?!type\b)(?:[^'"`;]*?\sfrom\s+)?'([^']+)'/gm;
  const dynamic = /\bimport\('([^']+)'\)|new URL\('(\.[^']+)'/g;
  return [...text.matchAll(statements), ...text.matchAll(dynamic)].map(([, name, url]) =>
    resolve(file, (name ?? url)!),
  );
}

/** Everything that is reached from a file: our files, and packages by name, each with the file that asks for it. */
function reachedFrom(entry: string): Map<string, string> {
  const reached = new Map([[entry, '']]);
  for (const [file] of reached)
    if (existsSync(file) && /\.(ts|svelte)$/.test(file))
      for (const next of importsOf(file)) if (!reached.has(next)) reached.set(next, file);
  return reached;
}

// Schemas are for services: the browser takes their types only. The library behind them is more than all of our own code.
test('no schema reaches the browser', () => {
  const reached = reachedFrom(join(root, 'web/src/main.ts'));
  expect(reached.has(join(root, 'web/src/screens/scenarios/quick-worker.ts'))).toBe(true);
  expect(reached.has('@deck.gl/core')).toBe(true);
  for (const library of ['zod', '@hono/zod-openapi']) expect(reached.get(library), library).toBeUndefined();
});
