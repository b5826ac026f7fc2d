import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { definitionOf } from '#contracts/catalogue.ts';
import { citySets } from './imports/recorded/city-sets.ts';
import { services } from './services.ts';

const here = (path: string) => new URL(path, import.meta.url);
const filesIn = (folder: string) =>
  existsSync(here(folder)) ? readdirSync(here(folder)).map((name) => `${folder}/${name}`) : [];
const kindFiles = services
  .flatMap(({ name, folder = name }) => filesIn(`${folder}/import`))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'));

/** Types of the events that a file makes: each definition that it gives to `draft` is named as its type. */
const madeBy = (file: string): string[] =>
  [...readFileSync(here(file), 'utf8').matchAll(/\bdraft\(\s*(\w+),/g)].map(([, name]) =>
    name!.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
  );
const mayNotBePublished = (programme: string, types: string[]) =>
  types.filter((type) => !definitionOf(type)?.publishedBy.includes(programme));

test('the importer may publish every event that its kinds make', () => {
  const types = new Set(kindFiles.flatMap(madeBy));
  expect(types.size).toBeGreaterThanOrEqual(9);
  expect(mayNotBePublished('import', [...types])).toEqual([]);
});

test('a replay may publish what recorded sets make, by themselves and by the kinds that read them', () => {
  const kinds = new Set(Object.values(citySets).map(({ kind }) => `/${kind}.ts`));
  const read = kindFiles.filter((file) => [...kinds].some((kind) => file.endsWith(kind)));
  expect(read).toHaveLength(kinds.size);
  const types = new Set([...filesIn('imports/recorded'), ...read].flatMap(madeBy));
  expect(types.size).toBeGreaterThanOrEqual(8);
  expect(mayNotBePublished('replay', [...types])).toEqual([]);
});
