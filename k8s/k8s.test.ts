import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { imageOf } from '../deploy/containers/compose-file.ts';
import { secretsOf, usesBroker, usesDatabase } from '../deploy/containers/environment.ts';
import { allSecrets, brokerPasswords, secretNames } from '../deploy/containers/secret-files.ts';
import { findNatsServer, findProgram } from '../deploy/local/programs.ts';
import { services } from '../services/services.ts';
import { asksOf, ownProgramme, usesDisk } from './arrows.ts';
import { madeFiles, maySeveral } from './manifests.ts';

const folder = fileURLToPath(new URL('./', import.meta.url));
const names = services.map(({ name }) => name);

interface Container {
  name: string;
  image: string;
  args?: string[];
  command?: string[];
  env?: { name: string; value?: string }[];
  securityContext?: Record<string, unknown>;
  resources?: Record<'requests' | 'limits', { cpu?: string; memory?: string }>;
  startupProbe?: unknown;
  livenessProbe?: unknown;
  readinessProbe?: unknown;
}
interface Item {
  key: string;
  path: string;
}
interface PodSpec {
  containers: Container[];
  securityContext?: { runAsNonRoot?: boolean };
  automountServiceAccountToken?: boolean;
  volumes?: {
    name: string;
    secret?: { secretName: string; items?: Item[] };
    projected?: { sources: { secret?: { name: string; items?: Item[] } }[] };
    persistentVolumeClaim?: { claimName: string };
  }[];
}
interface Peer {
  podSelector?: { matchLabels: Record<string, string> };
  namespaceSelector?: { matchLabels: Record<string, string> };
}
interface Document {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec: {
    replicas?: number;
    selector?: { matchLabels: Record<string, string> } & Record<string, string>;
    podSelector?: { matchLabels: Record<string, string> };
    strategy?: { type: string };
    template?: { metadata: { labels: Record<string, string> }; spec: PodSpec };
    jobTemplate?: { spec: { template: { spec: PodSpec } } };
    ingress?: { from: Peer[] }[];
    egress?: { to: Peer[]; ports: { port: number }[] }[];
    minReplicas?: number;
  };
  resources?: string[];
}

const documentsIn = (text: string) =>
  parseAllDocuments(text).map((document) => {
    expect(document.errors).toEqual([]);
    return document.toJS() as Document;
  });
const read = (path: string) => documentsIn(readFileSync(join(folder, path), 'utf8'));
const filesBelow = (path: string): string[] =>
  readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)],
  );
const yamlFiles = ['base', 'overlays'].flatMap(filesBelow).filter((file) => file.endsWith('.yaml'));
const everything = yamlFiles.flatMap(read);
const podOf = ({ spec }: Document): PodSpec | undefined =>
  spec?.template?.spec ?? spec?.jobTemplate?.spec.template.spec;

test('the files of the services are what the list makes, and there are no others', () => {
  for (const [path, text] of madeFiles())
    expect(
      existsSync(join(folder, path)) && readFileSync(join(folder, path), 'utf8'),
      `${path}: run node k8s/write.ts`,
    ).toBe(text);
  expect(readdirSync(join(folder, 'base/services')).sort()).toEqual(
    ['kustomization.yaml', ...names.map((name) => `${name}.yaml`)].sort(),
  );
});

test.each(names)('%s has a deployment, a service, a budget and a policy, and cannot do more than it must', (name) => {
  const documents = read(`base/services/${name}.yaml`);
  const of = (kind: string) => documents.find((one) => one.kind === kind && one.metadata.name === name)!;
  const label = { 'app.kubernetes.io/name': name };
  const { spec } = of('Deployment');
  expect(spec.template!.metadata.labels).toMatchObject(label);
  expect(spec.selector!.matchLabels).toEqual(label);
  expect(of('Service').spec.selector).toEqual(label);
  expect(of('PodDisruptionBudget').spec.selector!.matchLabels).toEqual(label);
  expect(of('NetworkPolicy').spec.podSelector!.matchLabels).toEqual(label);

  const pod = spec.template!.spec;
  const [container] = pod.containers;
  expect(container!.image).toBe(imageOf(name));
  expect(container!.args!.slice(-2)).toEqual(['deploy/containers/service.ts', name]);
  for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'] as const)
    expect(container![probe], probe).toMatchObject({
      httpGet: { path: '/healthz', httpHeaders: [{ name: 'Host', value: 'localhost:8080' }] },
    });
  for (const amount of ['requests', 'limits'] as const)
    expect(container!.resources![amount]).toEqual({ cpu: expect.any(String), memory: expect.any(String) });
  // Its own secrets, and no other's.
  const secret = pod.volumes!.find((volume) => volume.secret)!.secret!;
  expect(secret.items!.map(({ key, path }) => [key, path])).toEqual(secretsOf(name).map((one) => [one, one]));
  expect(pod.volumes!.some((volume) => volume.persistentVolumeClaim?.claimName === 'data')).toBe(usesDisk(name));
  const addresses = JSON.parse(container!.env!.find((one) => one.name === 'VX_SERVICES')!.value!) as object;
  expect(Object.keys(addresses).sort()).toEqual([name, ...asksOf(name)].filter((one) => one !== 'live').sort());
});

test.each(names)('what %s names of others in its code is among those that it may ask', (name) => {
  const named = [...(ownProgramme(name) ?? '').matchAll(/(?:VX_SERVICES|\bservices)\.(\w+)/g)].map(([, one]) => one!);
  // What services/main.ts starts asks identity alone (services/platform/service.ts).
  expect([...asksOf(name), name]).toEqual(expect.arrayContaining(named.filter((one) => names.includes(one))));
  if (name !== 'identity') expect(asksOf(name)).toContain('identity');
});

test('each arrow is open at both ends, and nothing else is', () => {
  const policies = new Map(
    names.map((name) => [name, read(`base/services/${name}.yaml`).find(({ kind }) => kind === 'NetworkPolicy')!.spec]),
  );
  const named = (peers: Peer[]) => peers.map(({ podSelector }) => podSelector?.matchLabels['app.kubernetes.io/name']);
  for (const from of names) {
    const to = policies
      .get(from)!
      .egress!.flatMap((rule) => rule.ports.flatMap(({ port }) => (port === 8080 ? named(rule.to) : [])));
    expect(to, from).toEqual(asksOf(from));
    for (const name of names)
      if (name !== 'live')
        expect(named(policies.get(name)!.ingress![0]!.from).includes(from), `${from} → ${name}`).toBe(
          asksOf(from).includes(name),
        );
    const ports = policies.get(from)!.egress!.flatMap((rule) => rule.ports.map(({ port }) => port));
    expect([ports.includes(4222), ports.includes(5432)], from).toEqual([usesBroker(from), usesDatabase(from)]);
  }
  // From outside there is one door.
  expect(policies.get('live')!.ingress![0]!.from).toEqual([
    { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } },
  ]);
});

test('who may have several copies at once', () => {
  // Of the others: files of one process (chain, drill), a queue in the process (ml), not tried (identity).
  expect(names.filter((name) => !maySeveral(name))).toEqual(['ml', 'drill', 'identity', 'chain']);
  for (const name of names) {
    const { spec } = read(`base/services/${name}.yaml`)[0]!;
    expect(spec.strategy!.type, name).toBe(maySeveral(name) ? 'RollingUpdate' : 'Recreate');
  }
  const scaled = everything
    .filter(({ kind }) => kind === 'HorizontalPodAutoscaler')
    .map(({ metadata }) => metadata.name);
  expect(scaled.sort()).toEqual(['intake', 'live']);
});

test('no pod runs as root, writes its own file system, or may ask the cluster', () => {
  const pods = everything.flatMap((one) => podOf(one) ?? []);
  expect(pods.length).toBe(names.length + 4);
  for (const pod of pods) {
    expect(pod.securityContext?.runAsNonRoot).toBe(true);
    expect(pod.automountServiceAccountToken).toBe(false);
    for (const { name, securityContext, resources } of pod.containers) {
      expect(securityContext, name).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
      // PostgreSQL's image writes beside its data.
      if (name !== 'postgres') expect(securityContext, name).toMatchObject({ readOnlyRootFilesystem: true });
      expect(resources?.limits.memory, name).toBeDefined();
    }
  }
});

test('no secret stands in the files, and each that is named is made', () => {
  expect(everything.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  const items = everything.flatMap((one) =>
    (podOf(one)?.volumes ?? []).flatMap(({ secret, projected }) => [
      ...(secret?.items ?? []),
      ...(projected?.sources ?? []).flatMap((source) => source.secret?.items ?? []),
    ]),
  );
  expect(items.length).toBeGreaterThan(names.length);
  for (const { key } of items) expect([...secretNames, brokerPasswords]).toContain(key);
});

test('every file is in the list of its folder', () => {
  for (const file of yamlFiles) {
    const name = file.slice(dirname(file).length + 1);
    if (name === 'kustomization.yaml') continue;
    const [{ resources = [] } = {}] = read(join(dirname(file), 'kustomization.yaml'));
    expect(resources, file).toContain(name);
  }
});

const nats = findNatsServer();
test.skipIf(!nats?.syncs).each(['local', 'city'])('nats-server reads the configuration of %s', (overlay) => {
  const etc = mkdtempSync(join(tmpdir(), 'nats-conf-'));
  onTestFinished(() => rmSync(etc, { recursive: true }));
  mkdirSync(join(etc, 'secrets'));
  const secrets = allSecrets(
    () => undefined,
    () => 'a',
  );
  writeFileSync(join(etc, 'secrets', brokerPasswords), secrets[brokerPasswords]!);
  copyFileSync(join(folder, 'base/broker-users.conf'), join(etc, 'broker-users.conf'));
  copyFileSync(join(folder, 'overlays', overlay, 'nats.conf'), join(etc, 'nats.conf'));
  const env = { ...process.env, POD_NAME: 'nats-0' };
  const { stderr } = spawnSync(nats!.program, ['-t', '-c', join(etc, 'nats.conf')], { encoding: 'utf8', env });
  expect(stderr).toContain('is valid');
});

const kubectl = findProgram('kubectl');
test.skipIf(!kubectl).each(['local', 'city'])('kubectl puts %s together', (overlay) => {
  const { stdout, stderr, status } = spawnSync(kubectl!, ['kustomize', join(folder, 'overlays', overlay)], {
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const built = documentsIn(stdout);
  for (const { kind, metadata } of built)
    if (kind !== 'Namespace') expect(metadata.namespace, `${kind} ${metadata.name}`).toBe('vung-xanh');
  const copies = Object.fromEntries(
    built.flatMap(({ kind, metadata, spec }) =>
      ['Deployment', 'StatefulSet'].includes(kind) ? [[metadata.name, spec.replicas]] : [],
    ),
  );
  const several = overlay === 'city' ? 2 : 1;
  expect(copies).toMatchObject({
    geography: several,
    epidemic: several,
    economy: several,
    ml: 1,
    drill: 1,
    chain: 1,
    identity: 1,
  });
  // A scaler counts these.
  expect([copies.intake, copies.live]).toEqual([undefined, undefined]);
  expect(copies.nats).toBe(overlay === 'city' ? 3 : 1);
});
