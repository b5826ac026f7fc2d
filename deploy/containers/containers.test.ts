import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { brokerAddress } from '../../services/platform/broker-address.ts';
import { services } from '../../services/services.ts';
import { composeFile, composition, imageOf, keptComposeFile } from './compose-file.ts';
import { environmentOf, productSecrets, readSettings, secretsOf } from './environment.ts';
import { packagesOf, packagesOfService } from './imports-of.ts';
import { allSecrets, brokerPasswords, completeFolder, secretIn, secretNames } from './secret-files.ts';
import { kubernetesSecrets } from './secret-objects.ts';

const settings = { database: 'db:5432/vungxanh', broker: 'nats:4222', publicUrl: 'https://centre.example' };
const names = services.map(({ name }) => name);
const numbered = () => {
  let made = 0;
  return () => `secret-${String(++made).padStart(36, '0')}`;
};

test.each(names)('%s asks for the secrets that it is given, and for no others', (name) => {
  const asked = new Set<string>();
  const environment = environmentOf(name, settings, (secret) => {
    asked.add(secret);
    return `the ${secret}`;
  });
  expect([...asked].sort()).toEqual([...secretsOf(name)].sort());
  expect(environment.VX_GATE_SECRET).toBe('the gate');
  expect(JSON.parse(environment.VX_HOSTS!)).toContain('https://centre.example');
});

test('a secret of another, of the operator or of persons is given to nobody who has no use for it', () => {
  const own = Object.fromEntries(names.map((name) => [name, secretsOf(name)]));
  for (const [name, given] of Object.entries(own)) {
    expect(given.filter((secret) => names.includes(secret) && secret !== name && secret !== 'drill')).toEqual([]);
    expect(given).not.toContain(productSecrets.operator);
    expect(given).not.toContain(productSecrets.databaseOperator);
  }
  expect(own.live).toEqual(['gate', 'live', 'persons']);
  expect(own.economy).toEqual(['gate', 'economy', 'drill', 'import', 'replay']);
  expect(own.identity).toEqual(expect.arrayContaining(['sessions', 'admin-token', 'first-administrator']));
});

test('the door reaches no database; a password of any characters is read again as it is', () => {
  expect(environmentOf('intake', settings, () => 'x').DATABASE_URL).toBeUndefined();
  const cluster = { ...settings, broker: 'n1:4222, n2:4222,n3:4222' };
  const { NATS_URL, DATABASE_URL } = environmentOf('epidemic', cluster, () => 'a:b@c/d e');
  expect(brokerAddress(NATS_URL!)).toEqual({
    servers: ['nats://n1:4222', 'nats://n2:4222', 'nats://n3:4222'],
    user: 'epidemic',
    password: 'a:b@c/d e',
  });
  expect(decodeURIComponent(new URL(DATABASE_URL!).password)).toBe('a:b@c/d e');
});

test('what a container is not told is said by its name', () => {
  expect(() => readSettings({ VX_DATABASE: 'x', VX_BROKER: 'y' })).toThrow('VX_PUBLIC_URL is not set');
});

test('secrets that are there stay; those of a new version are added, and the broker hears of them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const make = numbered();
  expect(completeFolder(folder, make)).toEqual(secretNames);
  const before = secretIn(folder)('intake');
  expect(statSync(join(folder, 'intake')).mode & 0o777).toBe(0o400);
  rmSync(join(folder, 'economy'));
  expect(completeFolder(folder, make)).toEqual(['economy']);
  expect(secretIn(folder)('intake')).toBe(before);
  const passwords = readFileSync(join(folder, brokerPasswords), 'utf8');
  expect(passwords).toContain(`PASSWORD_economy: "${secretIn(folder)('economy')}"`);
  expect(passwords).toContain('PASSWORD_urban_order: "');
  expect(readdirSync(folder)).toHaveLength(secretNames.length + 1);
});

test('no two secrets are the same', () => {
  const { [brokerPasswords]: _, ...secrets } = allSecrets(() => undefined, numbered());
  expect(new Set(Object.values(secrets)).size).toBe(secretNames.length);
});

test('TensorFlow.js is loaded by ml alone, so one other image has it', () => {
  expect(names.filter((name) => packagesOfService(name).has('@tensorflow/tfjs-core'))).toEqual(['ml']);
  expect(names.filter((name) => imageOf(name) !== 'vung-xanh')).toEqual(['ml']);
  // The way is followed at all.
  for (const name of names) expect(packagesOfService(name).has('hono'), name).toBe(true);
});

test('what is loaded at run time is among what the image installs', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
    packages: Record<string, { dependencies?: Record<string, string> }>;
  };
  // What the two workspaces need, and what that needs; peers and what may be left out are left out.
  const installed = new Set<string>();
  const open = ['services', 'ml'];
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const name of Object.keys(lock.packages[at]?.dependencies ?? {})) {
      if (installed.has(name)) continue;
      installed.add(name);
      open.push(`node_modules/${name}`);
    }
  const programmes = ['service', 'prepare', 'backup', 'secrets'].map((name) => `deploy/containers/${name}.ts`);
  const loaded = new Set([...packagesOf(programmes), ...names.flatMap((name) => [...packagesOfService(name)])]);
  expect([...loaded].filter((name) => !installed.has(name))).toEqual([]);
  expect(loaded.size).toBeGreaterThan(10);
});

interface Composed {
  image: string;
  read_only?: boolean;
  ports?: string[];
  command?: string[];
  cap_drop?: string[];
}

test('compose.yaml is what the list of services makes', () => {
  expect(keptComposeFile(), 'run: node deploy/containers/compose-file.ts --write').toBe(composeFile());
  const { services: composed } = parse(composeFile()) as { services: Record<string, Composed> };
  for (const name of names) {
    expect(composed[name]?.command?.slice(-2), name).toEqual(['deploy/containers/service.ts', name]);
    expect(composed[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
  }
  // One door, on this machine alone.
  expect(Object.values(composed).flatMap(({ ports = [] }) => ports)).toEqual(['127.0.0.1:8080:8080']);
  expect(Object.keys(composition().volumes as object)).toEqual(['secrets', 'data', 'nats', 'postgres', 'backups']);
});

test('the image runs as somebody who owns nothing, hears SIGTERM itself, and has every target that is asked for', () => {
  const containerfile = readFileSync(new URL('./Containerfile', import.meta.url), 'utf8');
  const stages = [...containerfile.matchAll(/^FROM (\S+) AS (\S+)$/gm)].map(([, , stage]) => stage);
  const { services: composed } = composition() as { services: Record<string, { build?: { target: string } }> };
  for (const { build } of Object.values(composed)) if (build) expect(stages).toContain(build.target);
  for (const stage of ['product', 'operator']) {
    const text = containerfile.slice(containerfile.indexOf(` AS ${stage}\n`)).split(/^FROM /m)[0]!;
    expect([...text.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1], stage).toBe('10001:10001');
  }
  expect(containerfile).toMatch(/^ENTRYPOINT \["node"/m);
  expect(containerfile).toMatch(/^ARG BASE=/m);
});

test('secrets of Kubernetes that are there stay, and what is no secret of before is refused', () => {
  const [first] = kubernetesSecrets(undefined, numbered()).items;
  const printed = {
    kind: 'Secret',
    data: Object.fromEntries(
      Object.entries(first!.stringData).map(([name, text]) => [name, Buffer.from(text).toString('base64')]),
    ),
  };
  const again = kubernetesSecrets(printed, () => 'another');
  expect(again.items[0]!.stringData).toEqual(first!.stringData);
  expect(again.items[1]!.stringData).toEqual({
    username: 'postgres',
    password: first!.stringData['database-operator'],
  });
  expect(() => kubernetesSecrets({ kind: 'Status', status: 'Failure' }, numbered())).toThrow();
});
