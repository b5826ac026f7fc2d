import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { drillCommand } from '../services/contracts/http/drill.ts';
import { folderOf } from '../services/contracts/subsystem.ts';
import { services } from '../services/services.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const tiltfile = readFileSync(join(root, 'Tiltfile'), 'utf8');
const folders = services.map(folderOf);

test('the Tiltfile names every service with its folder, and every folder that several of them load', () => {
  const dictionary = /^SERVICES = \{\n([^}]*)\}/m.exec(tiltfile)![1]!;
  const named = [...dictionary.matchAll(/'([\w-]+)': '([\w-]+)',/g)].map(([, name, folder]) => [name, folder]);
  expect(named).toEqual(services.map((service) => [service.name, folderOf(service)]));
  const common = [.../^COMMON = \[([^\]]*)\]/m.exec(tiltfile)![1]!.matchAll(/'([\w-]+)'/g)].map(([, folder]) => folder);
  const there = readdirSync(join(root, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules')
    .map(({ name }) => name);
  expect([...folders, ...common].sort()).toEqual(there.sort());
});

test('its buttons say what the exercise understands', () => {
  const bodies = [...tiltfile.matchAll(/^drill_button\(.*'(\{.*\})'\)$/gm)].map(
    ([, body]) => JSON.parse(body!) as unknown,
  );
  expect(bodies.length).toBeGreaterThanOrEqual(3);
  for (const body of bodies) expect(drillCommand.safeParse(body).success, JSON.stringify(body)).toBe(true);
});

interface Call {
  args: (string | string[])[];
  named: Record<string, unknown>;
}

const { status, stdout, stderr } = spawnSync(
  'python3',
  [join(root, 'k8s/evaluate-tiltfile.py'), join(root, 'Tiltfile')],
  {
    encoding: 'utf8',
  },
);
/** python3 is not there, or starlark-pyo3 is not (`pip install starlark-pyo3`). */
const cannot = status === null || status === 3;

test.skipIf(cannot)('evaluated, it has a resource and tests for each service, and syncs folders that are there', () => {
  expect([status, stderr]).toEqual([0, '']);
  const calls = JSON.parse(stdout) as Record<string, Call[]>;
  const resources = calls.k8s_resource!.map(({ args }) => args[0]);
  expect(resources).toEqual(
    expect.arrayContaining([...services.map(({ name }) => name), 'nats', 'postgres', 'prepare']),
  );
  expect(calls.k8s_yaml).toHaveLength(1);
  expect(calls.kustomize![0]!.args).toEqual(['k8s/overlays/tilt']);
  for (const { args } of calls.sync!) {
    const [here, there] = args as [string, string];
    expect([here, existsSync(join(root, here)), there]).toEqual([here, true, `/app/${here}`]);
  }
  const containerfile = readFileSync(join(root, 'deploy/containers/Containerfile'), 'utf8');
  for (const { named } of calls.docker_build!) {
    expect(containerfile).toContain(` AS ${named.target}\n`);
    for (const one of named.only as string[]) expect(existsSync(join(root, one)), one).toBe(true);
  }
  expect(calls.docker_build!.map(({ args }) => args[0])).toEqual([
    'vung-xanh',
    'vung-xanh-outlook',
    'vung-xanh-operator',
  ]);
  const tests = calls.local_resource!.filter(({ named }) => (named.labels as string[]).includes('tests'));
  expect(tests.map(({ args }) => String(args[1]).split('/').at(-1))).toEqual(folders);
  // Each port of this machine once.
  const ports = calls.k8s_resource!.flatMap(({ named }) => (named.port_forwards as string[] | undefined) ?? []);
  expect(ports).toEqual(['8080:8080']);
});
