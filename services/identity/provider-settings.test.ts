import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readProvider } from './provider-settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-provider-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'provider.json');
const write = (settings: unknown) =>
  writeFileSync(path, typeof settings === 'string' ? settings : JSON.stringify(settings));
const least = { name: 'Sở Y tế', issuer: 'https://id.example', clientId: 'vung-xanh' };

test('the secret stands in a file of its own, beside the settings', () => {
  writeFileSync(join(folder, 'secret'), 'a secret\n');
  write({ ...least, clientSecretFile: 'secret', roles: [{ value: 'epi', role: 'epidemiologist', districts: ['q7'] }] });
  expect(readProvider(path)).toEqual({
    ...least,
    clientSecret: 'a secret',
    scopes: ['openid', 'profile', 'email'],
    claim: 'groups',
    roles: [{ value: 'epi', role: 'epidemiologist', districts: ['q7'], areas: 'all' }],
    makesAccounts: false,
    strongMethods: [],
  });
});

test.each([
  ['{', 'JSON'],
  [{ ...least, issuer: 'http://id.example' }, 'issuer'],
  [{ ...least, clientSecret: 'in the open' }, 'clientSecret'],
  [{ ...least, clientSecretFile: 'none' }, 'cannot be read'],
  [{ ...least, roles: [{ value: 'x', role: 'operator', districts: 'all' }] }, 'role'],
  [{ name: 'x' }, 'issuer'],
])('%j is told to be wrong', (settings, told) => {
  write(settings);
  expect(() => readProvider(path)).toThrow(told);
  expect(() => readProvider(path)).not.toThrow('in the open');
});
