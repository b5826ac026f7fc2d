import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../', import.meta.url));

/** Who sends its events through the door, which says who sent them. */
const throughTheDoor = /^services\/(contracts|drill)\//;

test('what a service puts into the journal says who said it', () => {
  const unattributed = ['services', 'deploy']
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter(
      (file) => !/node_modules|\.test\.ts$|\/testing(\/|\.ts$)|\/bench\//.test(file) && !throughTheDoor.test(file),
    )
    .filter((file) => /\bnewEvent\(/.test(readFileSync(join(root, file), 'utf8')));
  expect(unattributed).toEqual([]);
});
