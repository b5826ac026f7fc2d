import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';

const built = join(import.meta.dirname, '../dist');
const kilobyte = 1000;

/** Script files that one brings along at once, itself first: what is imported lazily is not among them. */
function broughtBy(file: string, found: string[] = []): string[] {
  if (found.includes(file)) return found;
  found.push(file);
  const text = readFileSync(join(built, file), 'utf8');
  // `import{a as b}from"./x.js"` and `import"./x.js"`: minified statements, at the start of the file. `import("./x.js")` is lazy.
  for (const [, name] of text.matchAll(/(?:^|[;}])\s*(?:import|export)(?:[^"'();]*?from)?\s*["']\.\/([^"']+)["']/g))
    broughtBy(`assets/${name}`, found);
  return found;
}
const gzipped = (files: Iterable<string>) =>
  [...files].reduce((sum, file) => sum + gzipSync(readFileSync(join(built, file)), { level: 9 }).length, 0) / kilobyte;

const page = existsSync(join(built, 'index.html')) ? readFileSync(join(built, 'index.html'), 'utf8') : '';
const named = (pattern: RegExp) => [...page.matchAll(pattern)].map(([, name]) => name!);
const entry = () => named(/<script[^>]+src="\/(assets\/[^"]+\.js)"/g).flatMap((file) => broughtBy(file));
/** The chunk of a screen or of the map, by the name of its module. */
const chunk = (name: string) => {
  const text = entry()
    .map((file) => readFileSync(join(built, file), 'utf8'))
    .join('\n');
  const found = new RegExp(`\\./(${name}-[\\w-]+\\.js)`).exec(text)?.[1];
  if (!found) throw new Error(`no chunk of ${name} among those that the entry may ask for`);
  return `assets/${found}`;
};

// Of what `npm run build` wrote last. Bounds are those of a phone on a slow line: kB of 1,000 bytes, gzip.
test.skipIf(!page)('the entry stays small, and so does the way to the map', () => {
  const first = new Set([...entry(), ...named(/<link[^>]+href="\/(assets\/[^"]+\.css)"/g)]);
  const map = new Set([...entry(), ...broughtBy(chunk('MapScreen')), ...broughtBy(chunk('Map'))]);
  const weights = { entryKb: Math.round(gzipped(first)), mapRouteKb: Math.round(gzipped(map)) };
  console.log(`built ${statSync(join(built, 'index.html')).mtime.toISOString()}`, weights);
  expect(weights.entryKb).toBeLessThanOrEqual(60);
  expect(weights.mapRouteKb).toBeLessThanOrEqual(450);
});
