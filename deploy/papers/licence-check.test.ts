import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { allowedBy, type LicencePolicy, licenceFaults } from './licence-check.ts';
import { type LockFile, lockedPackages } from './locked-packages.ts';

const policy: LicencePolicy = { product: ['MIT', 'ISC'], development: ['MPL-2.0'], exceptions: [] };
const lockOf = (packages: LockFile['packages']) => lockedPackages({ packages });
const faultsOf = (packages: LockFile['packages'], more: Partial<LicencePolicy> = {}) =>
  licenceFaults(lockOf(packages), { ...policy, ...more });

test('every package of the project has a licence that is allowed, and no exception is left over', () => {
  const read = (file: string) => JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));
  const packages = lockedPackages(read('../../package-lock.json'));
  expect(packages.length).toBeGreaterThan(500);
  expect(licenceFaults(packages, read('allowed-licences.json'))).toEqual([]);
});

test('a package that names no licence, or another, is told by its name', () => {
  expect(
    faultsOf({
      '': { version: '1.0.0' },
      services: { version: '1.0.0' },
      'node_modules/ours': { link: true, resolved: 'services' },
      'node_modules/good': { version: '1.0.0', license: 'MIT' },
      'node_modules/@of/none': { version: '2.0.0' },
      'node_modules/good/node_modules/strict': { version: '3.0.0', license: 'AGPL-3.0-only', dev: true },
    }),
  ).toEqual(['@of/none 2.0.0 (product) names no licence', 'strict 3.0.0 (development): AGPL-3.0-only is not allowed']);
});

test('what only development may have is refused in the product', () => {
  const tool = { version: '1.0.0', license: 'MPL-2.0' };
  expect(faultsOf({ 'node_modules/tool': { ...tool, dev: true } })).toEqual([]);
  expect(faultsOf({ 'node_modules/tool': tool })).toEqual(['tool 1.0.0 (product): MPL-2.0 is not allowed']);
});

test('an exception holds for what the package said when it was written, and is told when nothing needs it', () => {
  const exceptions = [{ package: 'arc', names: null, is: 'MIT', reason: 'its text' }];
  expect(faultsOf({ 'node_modules/arc': { version: '1.0.0' } }, { exceptions })).toEqual([]);
  expect(faultsOf({ 'node_modules/arc': { version: '2.0.0', license: 'GPL-3.0-only' } }, { exceptions })).toEqual([
    'arc 2.0.0 (product): GPL-3.0-only is not allowed',
    'the exception for arc (no licence) is of no package',
  ]);
});

test('an exception for a family of names', () => {
  const exceptions = [{ package: 'css*', names: 'MPL-2.0', is: 'MPL-2.0', reason: 'builds only' }];
  const css = { version: '1.0.0', license: 'MPL-2.0' };
  expect(faultsOf({ 'node_modules/css-linux': css }, { exceptions })).toEqual([]);
  expect(faultsOf({ 'node_modules/css-linux': css, 'node_modules/less': css }, { exceptions })).toEqual([
    'less 1.0.0 (product): MPL-2.0 is not allowed',
  ]);
});

test.each([
  ['MIT', true],
  ['GPL-3.0-only', false],
  ['MIT OR GPL-3.0-only', true],
  ['(GPL-3.0-only OR MIT)', true],
  ['MIT AND GPL-3.0-only', false],
  ['MIT AND ISC', true],
  ['GPL-3.0-only OR MIT AND ISC', true],
  ['(GPL-3.0-only OR MIT) AND AGPL-3.0-only', false],
  ['SEE LICENSE IN LICENSE.md', false],
  ['MIT OR', false],
  ['(MIT', false],
  ['MIT)', false],
  ['MIT ISC', false],
  ['mit', false],
  ['', false],
])('%s is allowed: %s', (expression, wanted) => {
  expect(allowedBy(expression, new Set(['MIT', 'ISC']))).toBe(wanted);
});
