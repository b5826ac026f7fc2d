import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readStateFile, writeStateFile } from './state-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vung-xanh-state-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string) => {
  const said: string[] = [];
  return {
    value: readStateFile(
      path,
      (text) => JSON.parse(text) as unknown,
      (line) => said.push(line),
    ),
    said,
  };
};

test('is written whole, with its mode, in a folder that it makes; nothing else is left there', () => {
  const path = join(folder, 'deep/er/state.json');
  expect(writeStateFile(path, '{"a":1}')).toBe(true);
  expect(writeStateFile(path, '{"a":2}')).toBe(true);
  expect(read(path)).toEqual({ value: { a: 2 }, said: [] });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, 'deep/er'))).toEqual(['state.json']);
  writeStateFile(path, '{}', { mode: 0o644 });
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test('keeps what is there when told to', () => {
  const path = join(folder, 'once');
  expect(writeStateFile(path, 'first', { keep: true })).toBe(true);
  expect(writeStateFile(path, 'second', { keep: true })).toBe(false);
  expect(readFileSync(path, 'utf8')).toBe('first');
  expect(readdirSync(folder)).toEqual(['once']);
});

test('one that cannot be written leaves the old one', () => {
  const path = join(folder, 'state');
  writeStateFile(path, 'old');
  expect(() => writeStateFile(join(path, 'below-a-file'), 'x')).toThrow();
  expect(readFileSync(path, 'utf8')).toBe('old');
});

test.each([
  ['empty, as a power cut leaves it', ''],
  ['cut off', '{"a":'],
  ['other bytes', '\0\0\0\0'],
])('a damaged file (%s) is said and read as none', (_name, text) => {
  const path = join(folder, 'state.json');
  writeFileSync(path, text);
  const { value, said } = read(path);
  expect(value).toBeUndefined();
  expect(said).toEqual([expect.stringContaining(`${path} is damaged (${text.length} characters)`)]);
});

test('a missing file is none, and nothing is said', () => {
  expect(read(join(folder, 'nothing'))).toEqual({ value: undefined, said: [] });
});
