import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeStateFile } from '../../services/platform/state-file.ts';
import { firstClosed, mayListen, ownUserOf, settingsFiles } from './own-user.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-own-user-'));
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const isRoot = process.getuid?.() === 0;
const other = { uid: 4711, gid: 4712 };
const ownerOf = (path: string) => {
  const { uid, gid } = statSync(path);
  return { uid, gid };
};

test.runIf(!isRoot)('a plain user stays who he is, and nothing is changed', () => {
  expect(ownUserOf(join(folder, 'plain'), [])).toEqual({});
});

test.runIf(isRoot)("root's data folder stays root's; what services write is theirs, and what was there too", () => {
  const data = join(folder, 'data');
  mkdirSync(join(data, 'keys'), { recursive: true });
  writeFileSync(join(data, 'keys', 'master'), 'x', { mode: 0o600 });
  writeFileSync(join(data, 'keys-known'), 'x', { mode: 0o600 });
  mkdirSync(join(data, 'secrets'), { mode: 0o700 });
  expect(ownUserOf(data, [], () => other)).toEqual({ user: other });
  for (const name of ['nats', 'keys', 'keys/master', 'keys-known', 'chain', 'imports', 'drill'])
    expect([name, ownerOf(join(data, name))]).toEqual([name, other]);
  expect(ownerOf(data)).toEqual({ uid: 0, gid: other.gid });
  expect((statSync(data).mode & 0o7777).toString(8)).toBe('1775');
  expect(ownerOf(join(data, 'secrets'))).toEqual({ uid: 0, gid: 0 });
  // A command of root's that writes the file anew leaves it to its owner, and a new one beside it too.
  writeStateFile(join(data, 'keys', 'master'), 'y');
  writeStateFile(join(data, 'keys', 'next'), 'y');
  writeStateFile(join(data, 'run.json'), '{}');
  expect(['keys/master', 'keys/next', 'run.json'].map((name) => ownerOf(join(data, name)).uid)).toEqual([
    other.uid,
    other.uid,
    0,
  ]);
});

test.runIf(isRoot)('a data folder of somebody else is run as him', () => {
  const data = join(folder, 'of-somebody');
  mkdirSync(data);
  chownSync(data, other.uid, other.gid);
  expect(ownUserOf(data, [], () => ({ uid: 1, gid: 1 }))).toEqual({ user: other });
  expect(ownerOf(data)).toEqual(other);
});

test.runIf(isRoot)('code that root alone may enter, or no other user: it stays root, and says why', () => {
  const closed = join(folder, 'closed');
  mkdirSync(closed, { mode: 0o700 });
  const code = join(closed, 'main.ts');
  writeFileSync(code, '');
  const data = join(folder, 'stays');
  expect(ownUserOf(data, [code], () => other)).toEqual({ why: `user ${other.uid} may not read ${code}` });
  expect(ownerOf(data)).toEqual({ uid: 0, gid: 0 });
  chmodSync(closed, 0o755);
  expect(firstClosed(other, [code])).toBeUndefined();
  expect(ownUserOf(data, [], () => undefined)).toEqual({ why: 'there is no other user' });
  const noUser = () => {
    throw new Error('no such user');
  };
  expect(ownUserOf(data, [], noUser)).toEqual({ why: 'no such user' });
});

test('settings and the secret that they name, beside them', () => {
  const path = join(folder, 'provider.json');
  writeFileSync(path, '{"clientSecretFile": "secret.txt"}');
  expect(settingsFiles(path, 'clientSecretFile')).toEqual([path, join(folder, 'secret.txt')]);
  expect(settingsFiles(path, 'secretFile')).toEqual([path]);
  expect(settingsFiles(undefined, 'secretFile')).toEqual([]);
});

test('high ports are for everybody', () => expect(mayListen(65_535)).toBe(true));
