import { createHmac, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PersonKeys, personKeysIn, rotateMaster } from './person-keys.ts';
import { hmacSha256, onceKeyBytes, openBytes, openOnce, sealBytes, sealOnce } from './sealed-text.ts';

let data: string;
const opened: PersonKeys[] = [];
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'person-keys-'));
});
afterEach(() => {
  for (const keys of opened.splice(0)) keys.close();
  rmSync(data, { recursive: true, force: true });
});
function open(VX_MASTER_KEY?: string): PersonKeys {
  const keys = personKeysIn({ VX_DATA: data, VX_MASTER_KEY });
  opened.push(keys);
  return keys;
}
const folder = () => join(data, 'keys');
/** Every byte of the store, its log included. */
const bytes = () => Buffer.concat(readdirSync(folder()).map((name) => readFileSync(join(folder(), name))));

test('what is sealed opens with what it is bound to, in any process that has the keys, and after a start', () => {
  const sealed = open().seal('Nguyễn Văn A', 'case-confirmed c1');
  expect(sealed).not.toContain('Nguy');
  expect(open().open(sealed, 'case-confirmed c1')).toEqual({ text: 'Nguyễn Văn A' });
  expect(open().open(sealed, 'case-confirmed c2')).toEqual({ unreadable: 'lost' });
});

test('files and folder are the owner’s alone', () => {
  open().seal('text', 'bound');
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  for (const name of ['master', 'persons.sqlite']) expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
});

test('each text has a key of its own, over the end of a page and from two processes', () => {
  const [one, other] = [open(), open()];
  const texts = Array.from({ length: 9000 }, (_, index) => (index % 3 ? one : other).seal(`text ${index}`, 'bound'));
  expect(new Set(texts.map((text) => text.split('.').slice(0, 3).join('.'))).size).toBe(9000);
  expect(texts.map((text) => other.open(text, 'bound'))).toEqual(texts.map((_, index) => ({ text: `text ${index}` })));
});

test('a key is on disk before what it seals is told to anybody', () => {
  const sealed = open().seal('text', 'bound');
  // What a power cut leaves is in the files: a copy of them opens it, while the first process has closed nothing.
  const copy = mkdtempSync(join(tmpdir(), 'person-keys-'));
  cpSync(folder(), join(copy, 'keys'), { recursive: true });
  const other = personKeysIn({ VX_DATA: copy, VX_MASTER_KEY: undefined });
  expect(other.open(sealed, 'bound')).toEqual({ text: 'text' });
  other.close();
  rmSync(copy, { recursive: true });
});

describe('destroyed keys', () => {
  test('open nothing: here, in a process that had read them, and after a start; the others do', async () => {
    const [keys, other] = [open(), open()];
    const [a, b, c] = ['a', 'b', 'c'].map((text) => keys.seal(text, 'bound')) as [string, string, string];
    expect(other.open(a, 'bound')).toEqual({ text: 'a' });
    expect(keys.destroy([a, c])).toBe(2);
    expect(keys.destroy([a, c])).toBe(0);
    await sleep(50);
    for (const one of [keys, other, open()]) {
      expect(one.open(a, 'bound')).toEqual({ unreadable: 'removed' });
      expect(one.open(b, 'bound')).toEqual({ text: 'b' });
      expect(one.open(c, 'bound')).toEqual({ unreadable: 'removed' });
    }
    expect(keys.status()).toEqual({ pages: 1, destroyed: 2, unreadable: 0 });
  });

  test('are in no byte of the store, nor is the page that had them', () => {
    const keys = open();
    const sealed = keys.seal('a', 'bound');
    const wrapped = bytes();
    // Any 32 bytes from the middle of the wrapped page.
    const at = wrapped.length - 60_000;
    const before = wrapped.subarray(at, at + 32);
    expect(bytes().includes(before)).toBe(true);
    keys.destroy([sealed]);
    expect(bytes().includes(before)).toBe(false);
  });

  test('a text longer than a page has its key too', () => {
    const [keys, text] = [open(), 'x'.repeat(300_000)];
    const sealed = keys.seal(text, 'bound');
    expect(open().open(sealed, 'bound')).toEqual({ text });
    expect(keys.destroy([sealed, sealed])).toBe(1);
    expect(keys.open(sealed, 'bound')).toEqual({ unreadable: 'removed' });
  });

  test('of texts that are none of this store are none', () => {
    expect(open().destroy(['', 'abc', 'AAAAAAAA.1.1.AAAA'])).toBe(0);
  });
});

describe('the master secret', () => {
  test('is another after a rotation: all opens that did, in processes that run on, and old copies of the store open with the old one alone', () => {
    const keys = open();
    const before = keys.seal('a', 'bound');
    const old = readFileSync(join(folder(), 'master'), 'utf8');
    expect(rotateMaster({ VX_DATA: data, VX_MASTER_KEY: undefined })).toBe(1);
    expect(readFileSync(join(folder(), 'master'), 'utf8')).not.toBe(old);
    // More than the rest of the page: it has to make another.
    const after = Array.from({ length: 5000 }, (_, index) => keys.seal(String(index), 'bound')).at(-1)!;
    for (const one of [keys, open()]) {
      expect(one.open(before, 'bound')).toEqual({ text: 'a' });
      expect(one.open(after, 'bound')).toEqual({ text: '4999' });
    }
    writeFileSync(join(folder(), 'master'), old);
    expect(open().fault).toContain('another master secret');
  });

  test('a rotation that was cut off before its last step is finished by the secret that lies beside', () => {
    const sealed = open().seal('a', 'bound');
    const old = readFileSync(join(folder(), 'master'), 'utf8');
    rotateMaster({ VX_DATA: data, VX_MASTER_KEY: undefined });
    const next = readFileSync(join(folder(), 'master'), 'utf8');
    writeFileSync(join(folder(), 'master'), old);
    writeFileSync(join(folder(), 'master.next'), next);
    expect(open().open(sealed, 'bound')).toEqual({ text: 'a' });
  });

  test('of the environment wraps the keys, and no file has it', () => {
    const [secret, next] = [randomBytes(32), randomBytes(32)].map((one) => one.toString('base64url'));
    const sealed = open(secret).seal('a', 'bound');
    expect(readdirSync(folder())).not.toContain('master');
    expect(open().fault).toBeDefined();
    expect(rotateMaster({ VX_DATA: data, VX_MASTER_KEY: secret }, next)).toBe(1);
    expect(open(secret).fault).toContain('another master secret');
    expect(open(next).open(sealed, 'bound')).toEqual({ text: 'a' });
    expect(open('short').fault).toContain('VX_MASTER_KEY');
  });
});

describe('keys that are gone', () => {
  test('the store: another is made, and what was sealed before is lost, also where pages have the same numbers', () => {
    const sealed = open().seal('a', 'bound');
    for (const keys of opened.splice(0)) keys.close();
    rmSync(folder(), { recursive: true });
    const keys = open();
    expect(keys.open(keys.seal('b', 'bound'), 'bound')).toEqual({ text: 'b' });
    expect(keys.open(sealed, 'bound')).toEqual({ unreadable: 'lost' });
    expect(keys.status().unreadable).toBe(1);
  });

  test('the master secret: it is not made anew, nothing is sealed, and the fault is said', () => {
    const sealed = open().seal('a', 'bound');
    rmSync(join(folder(), 'master'));
    const keys = open();
    expect(keys.fault).toContain('master is gone');
    expect(() => keys.seal('b', 'bound')).toThrow('master is gone');
    expect(() => keys.destroy([sealed])).toThrow('master is gone');
    expect(keys.open(sealed, 'bound')).toEqual({ unreadable: 'lost' });
    expect(readdirSync(folder())).not.toContain('master');
  });

  test('a damaged store: the fault is said', () => {
    open().seal('a', 'bound');
    for (const keys of opened.splice(0)) keys.close();
    writeFileSync(join(folder(), 'persons.sqlite'), 'no database, and long enough to be read as one'.repeat(100));
    expect(open().fault).toBeDefined();
  });
});

test('a text opens with its key and what it is bound to, and is no other', () => {
  const text = Buffer.from('Nguyễn Văn A');
  for (const [seal, unseal, key, other] of [
    [sealBytes, openBytes, randomBytes(32), randomBytes(32)],
    [sealOnce, openOnce, randomBytes(onceKeyBytes(text.length)), randomBytes(onceKeyBytes(text.length))],
  ] as const) {
    const sealed = seal(key, text, 'bound');
    expect(unseal(key, sealed, 'bound').toString()).toBe('Nguyễn Văn A');
    expect(sealed.includes('Nguy')).toBe(false);
    expect(() => unseal(key, sealed, 'other')).toThrow();
    expect(() => unseal(other, sealed, 'bound')).toThrow();
    expect(() => unseal(key, sealed.subarray(0, 4), 'bound')).toThrow();
    for (const at of [0, 5, sealed.length - 1]) {
      const flipped = Buffer.from(sealed);
      flipped[at]! ^= 1;
      expect(() => unseal(key, flipped, 'bound')).toThrow();
    }
  }
});

test('HMAC by two hashes is that of OpenSSL, for messages of any length', () => {
  for (const length of [0, 1, 55, 64, 65, 1000]) {
    const [key, message] = [randomBytes(32), randomBytes(length)];
    expect(hmacSha256(key, message)).toEqual(createHmac('sha256', key).update(message).digest());
  }
});
