import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PersonKeys, personKeysIn, rotateMaster, stateOfKeys } from './person-keys.ts';
import { openBytes, sealBytes } from './sealed-text.ts';

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
const seal = (keys: PersonKeys, text: string, bound: string, person = 'q7 c1') =>
  keys.together(1, () => keys.seal(person, text, bound))!;
const placeOfKey = (sealed: string) => sealed.split('.').slice(0, 3).join('.');
const folder = () => join(data, 'keys');
/** Every byte of the store, its log included. */
const bytes = () => Buffer.concat(readdirSync(folder()).map((name) => readFileSync(join(folder(), name))));

test('what is sealed opens with what it is bound to, in any process that has the keys, and after a start', () => {
  const sealed = seal(open(), 'Nguyễn Văn A', 'case-confirmed c1');
  expect(sealed).not.toContain('Nguy');
  expect(open().open(sealed, 'case-confirmed c1')).toEqual({ text: 'Nguyễn Văn A' });
  expect(open().open(sealed, 'case-confirmed c2')).toEqual({ unreadable: 'lost' });
});

test('keys that are all there are nothing to speak of', () => {
  seal(open(), 'a', 'bound');
  expect(stateOfKeys(open())).toBeUndefined();
  rotateMaster({ VX_DATA: data, VX_MASTER_KEY: undefined });
  expect(stateOfKeys(open())).toBeUndefined();
});

test('files and folder are the owner’s alone', () => {
  seal(open(), 'text', 'bound');
  expect(statSync(folder()).mode & 0o777).toBe(0o700);
  for (const name of ['master', 'persons.sqlite']) expect(statSync(join(folder(), name)).mode & 0o777).toBe(0o600);
});

test('a person has one key, whoever seals and whenever; each person another', () => {
  const [one, other] = [open(), open()];
  const persons = Array.from({ length: 3000 }, (_, index) => `q7 case ${index}`);
  const sealAll = (keys: PersonKeys) =>
    keys.together(persons.length, () => persons.map((person) => keys.seal(person, `text of ${person}`, 'bound')!));
  const first = sealAll(one);
  for (const texts of [sealAll(other), sealAll(open())]) {
    expect(texts.map(placeOfKey)).toEqual(first.map(placeOfKey));
    expect(texts).not.toEqual(first);
    expect(texts.map((text) => one.open(text, 'bound'))).toEqual(
      persons.map((person) => ({ text: `text of ${person}` })),
    );
  }
  expect(new Set(first.map(placeOfKey)).size).toBe(persons.length);
});

test('a person whose page is gone is given another key', () => {
  const before = seal(open(), 'a', 'bound');
  for (const keys of opened.splice(0)) keys.close();
  const store = new DatabaseSync(join(folder(), 'persons.sqlite'));
  store.exec('DELETE FROM pages');
  store.close();
  const keys = open();
  expect(keys.open(seal(keys, 'b', 'bound'), 'bound')).toEqual({ text: 'b' });
  expect(keys.open(before, 'bound')).toEqual({ unreadable: 'lost' });
});

test('what is not sealed to its end gives nobody a key', () => {
  const keys = open();
  const broken = () =>
    keys.together(2, () => {
      keys.seal('q7 c1', 'a', 'bound');
      throw new Error('broken off');
    });
  expect(broken).toThrow('broken off');
  expect(keys.open(seal(keys, 'a', 'bound'), 'bound')).toEqual({ text: 'a' });
});

test('a key is on disk before what it seals is told to anybody', () => {
  const sealed = seal(open(), 'text', 'bound');
  // What a power cut leaves is in the files: a copy of them opens it, while the first process has closed nothing.
  const copy = mkdtempSync(join(tmpdir(), 'person-keys-'));
  cpSync(folder(), join(copy, 'keys'), { recursive: true });
  const other = personKeysIn({ VX_DATA: copy, VX_MASTER_KEY: undefined });
  expect(other.open(sealed, 'bound')).toEqual({ text: 'text' });
  other.close();
  rmSync(copy, { recursive: true });
});

describe('destroyed keys', () => {
  test('open nothing: here, in a process that had read them, and after a start; those of others do', async () => {
    const [keys, other] = [open(), open()];
    const [a, b, again] = [
      seal(keys, 'a', 'bound', 'a'),
      seal(keys, 'b', 'bound', 'b'),
      seal(other, 'again', 'bound', 'a'),
    ];
    expect(other.open(a, 'bound')).toEqual({ text: 'a' });
    expect(keys.destroy('a', [])).toBe(1);
    expect(keys.destroy('a', [a])).toBe(0);
    await sleep(50);
    for (const one of [keys, other, open()]) {
      expect(one.open(a, 'bound')).toEqual({ unreadable: 'removed' });
      expect(one.open(again, 'bound')).toEqual({ unreadable: 'removed' });
      expect(one.open(b, 'bound')).toEqual({ text: 'b' });
      // Nothing is sealed for him any more.
      expect(one.together(1, () => one.seal('a', 'new', 'bound'))).toBeUndefined();
    }
    expect(keys.status()).toMatchObject({ destroyed: 1, unreadable: 0 });
  });

  test('a key that the person had besides is found by his texts', () => {
    const keys = open();
    const besides = seal(keys, 'text', 'bound', 'as a power cut left him');
    expect(keys.destroy('a', [besides, besides, '', 'abc', 'AAAAAAAA.1.1.AAAA'])).toBe(1);
    expect(keys.open(besides, 'bound')).toEqual({ unreadable: 'removed' });
  });

  test('are in no byte of the store, nor is the page that had them', () => {
    const keys = open();
    seal(keys, 'a', 'bound', 'a');
    const wrapped = bytes();
    // Any 32 bytes from the middle of the wrapped page.
    const at = wrapped.length - 20_000;
    const before = wrapped.subarray(at, at + 32);
    expect(bytes().includes(before)).toBe(true);
    keys.destroy('a', []);
    expect(bytes().includes(before)).toBe(false);
  });
});

describe('the master secret', () => {
  test('is another after a rotation: all opens that did, in processes that run on, and old copies of the store open with the old one alone', () => {
    const keys = open();
    const before = seal(keys, 'a', 'bound');
    const old = readFileSync(join(folder(), 'master'), 'utf8');
    expect(rotateMaster({ VX_DATA: data, VX_MASTER_KEY: undefined })).toBe(1);
    expect(readFileSync(join(folder(), 'master'), 'utf8')).not.toBe(old);
    // More than the rest of the page: it has to make another.
    const after = Array.from({ length: 1500 }, (_, index) => seal(keys, String(index), 'bound', `q7 ${index}`)).at(-1)!;
    for (const one of [keys, open()]) {
      expect(one.open(before, 'bound')).toEqual({ text: 'a' });
      expect(one.open(after, 'bound')).toEqual({ text: '1499' });
    }
    writeFileSync(join(folder(), 'master'), old);
    expect(open().fault).toContain('another master secret');
  });

  test('a rotation that was cut off before its last step is finished by the secret that lies beside', () => {
    const sealed = seal(open(), 'a', 'bound');
    const old = readFileSync(join(folder(), 'master'), 'utf8');
    rotateMaster({ VX_DATA: data, VX_MASTER_KEY: undefined });
    const next = readFileSync(join(folder(), 'master'), 'utf8');
    writeFileSync(join(folder(), 'master'), old);
    writeFileSync(join(folder(), 'master.next'), next);
    expect(open().open(sealed, 'bound')).toEqual({ text: 'a' });
  });

  test('of the environment wraps the keys, and no file has it', () => {
    const [secret, next] = [randomBytes(32), randomBytes(32)].map((one) => one.toString('base64url'));
    const sealed = seal(open(secret), 'a', 'bound');
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
    const sealed = seal(open(), 'a', 'bound');
    for (const keys of opened.splice(0)) keys.close();
    rmSync(folder(), { recursive: true });
    const keys = open();
    expect(keys.open(seal(keys, 'b', 'bound'), 'bound')).toEqual({ text: 'b' });
    expect(keys.open(sealed, 'bound')).toEqual({ unreadable: 'lost' });
    expect(keys.status().unreadable).toBe(1);
    // It is said after every start from now on, also when nothing was tried to be opened.
    expect([keys, open()].map((one) => stateOfKeys(one)?.lost)).toEqual([true, true]);
  });

  test('the master secret: it is not made anew, nothing is sealed, and the fault is said', () => {
    const sealed = seal(open(), 'a', 'bound');
    rmSync(join(folder(), 'master'));
    const keys = open();
    expect(keys.fault).toContain('master is gone');
    expect(() => seal(keys, 'b', 'bound')).toThrow('master is gone');
    expect(() => keys.destroy('q7 c1', [sealed])).toThrow('master is gone');
    expect(keys.open(sealed, 'bound')).toEqual({ unreadable: 'lost' });
    expect(readdirSync(folder())).not.toContain('master');
  });

  test('a damaged store: the fault is said', () => {
    seal(open(), 'a', 'bound');
    for (const keys of opened.splice(0)) keys.close();
    writeFileSync(join(folder(), 'persons.sqlite'), 'no database, and long enough to be read as one'.repeat(100));
    expect(open().fault).toBeDefined();
  });
});

test('a text opens with its key and what it is bound to, and is no other', () => {
  const [key, text] = [randomBytes(32), Buffer.from('Nguyễn Văn A')];
  const sealed = sealBytes(key, text, 'bound');
  expect(openBytes(key, sealed, 'bound').toString()).toBe('Nguyễn Văn A');
  expect(sealed.includes('Nguy')).toBe(false);
  expect(() => openBytes(key, sealed, 'other')).toThrow();
  expect(() => openBytes(randomBytes(32), sealed, 'bound')).toThrow();
  expect(() => openBytes(key, sealed.subarray(0, 4), 'bound')).toThrow();
  for (const at of [0, 15, sealed.length - 1]) {
    const flipped = Buffer.from(sealed);
    flipped[at]! ^= 1;
    expect(() => openBytes(key, flipped, 'bound')).toThrow();
  }
});
