import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isLocked, lockFile, readPassPhrase, unlockFile } from './locked-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-locked-'));
afterAll(() => rmSync(folder, { recursive: true }));
const phrase = 'mười hai con giáp';
const cheap = { logN: 4, r: 8, p: 1 };
const header = 8 + 3 + 16 + 7;
const piece = 64 * 1024;
let count = 0;
const path = () => join(folder, `${count++}`);
const fileOf = (bytes: Uint8Array) => {
  const file = path();
  writeFileSync(file, bytes);
  return file;
};
function locked(bytes: Uint8Array): string {
  const to = path();
  lockFile(fileOf(bytes), to, phrase, cheap);
  return to;
}
function unlocked(from: string, with_ = phrase): Buffer {
  const to = path();
  unlockFile(from, to, with_);
  return readFileSync(to);
}

test.each([0, 1, piece - 1, piece, piece + 1, 3 * piece, 3 * piece + 17])('%i bytes come back', (size) => {
  const bytes = randomBytes(size);
  const file = locked(bytes);
  expect(unlocked(file).equals(bytes)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(isLocked(file)).toBe(true);
  expect(isLocked(fileOf(bytes))).toBe(false);
});

test('nothing of what was locked stands in the file, and no two are alike', () => {
  const bytes = Buffer.alloc(200_000, 'a person ');
  const [one, other] = [readFileSync(locked(bytes)), readFileSync(locked(bytes))];
  expect(one.includes('person')).toBe(false);
  expect(one.subarray(header).equals(other.subarray(header))).toBe(false);
});

describe('refused, and nothing is left', () => {
  const bytes = randomBytes(3 * piece);
  const refused = (file: string, reason: RegExp, with_ = phrase) => {
    const to = path();
    expect(() => unlockFile(file, to, with_)).toThrow(reason);
    expect(existsSync(to)).toBe(false);
  };
  const changed = (change: (file: Buffer) => Buffer) => fileOf(change(readFileSync(locked(bytes))));

  test('another pass phrase', () => refused(locked(bytes), /pass phrase is another one/, 'mười hai con giáp.'));

  test.each([0, 9, header - 1, header, header + piece + 20, header + 3 * (piece + 16) - 1])(
    'a bit that is other at byte %i',
    (at) => {
      const file = changed((all) => {
        all[at]! ^= 1;
        return all;
      });
      refused(file, /no locked file|header asks|another one|changed or cut off/);
    },
  );

  test.each([
    ['in a piece', header + piece + 200],
    ['between pieces', header + 2 * (piece + 16)],
    ['to its first piece', header + piece + 16],
    ['to its header', header],
    ['in its header', 12],
  ])('cut off %s', (_, length) => {
    refused(
      changed((all) => all.subarray(0, length)),
      /cut off/,
    );
  });

  test('pieces that changed places, came twice, or come from another file', () => {
    const at = (all: Buffer, number: number) =>
      all.subarray(header + number * (piece + 16), header + (number + 1) * (piece + 16));
    refused(
      changed((all) => Buffer.concat([all.subarray(0, header), at(all, 1), at(all, 0), at(all, 2)])),
      /another one/,
    );
    refused(
      changed((all) => Buffer.concat([all.subarray(0, header), at(all, 0), at(all, 0), at(all, 1), at(all, 2)])),
      /changed/,
    );
    const other = readFileSync(locked(bytes));
    refused(
      changed((all) => Buffer.concat([all.subarray(0, header), at(all, 0), at(other, 1), at(all, 2)])),
      /changed/,
    );
    refused(
      changed((all) => Buffer.concat([all, at(all, 2)])),
      /changed/,
    );
  });

  test('a header that asks for more memory than any backup', () => {
    const file = changed((all) => {
      all[8] = 40;
      return all;
    });
    refused(file, /header asks/);
  });
});

test('a file that is there is not written over', () => {
  const there = fileOf(randomBytes(10));
  expect(() => lockFile(fileOf(randomBytes(10)), there, phrase, cheap)).toThrow(/EEXIST/);
  expect(statSync(there).size).toBe(10);
});

test('the pass phrase is the first line of a file that its owner alone may read', () => {
  const file = fileOf(Buffer.from(`${phrase.normalize('NFD')}\r\nanother line\n`));
  chmodSync(file, 0o644);
  expect(() => readPassPhrase(file)).toThrow(/chmod 600/);
  chmodSync(file, 0o600);
  expect(readPassPhrase(file)).toBe(phrase);
  const short = fileOf(Buffer.from('short\n'));
  chmodSync(short, 0o600);
  expect(() => readPassPhrase(short)).toThrow(/fewer than 12/);
});
