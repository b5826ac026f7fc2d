import { stringify } from 'yaml';
import { brokerUsers } from '../deploy/containers/broker-users.ts';
import { commandOf, imageOf } from '../deploy/containers/compose-file.ts';
import { secretsOf, usesBroker, usesDatabase } from '../deploy/containers/environment.ts';
import { lessFragments } from '../deploy/local/supervisor.ts';
import type { MemoryClass, Subsystem } from '../services/contracts/subsystem.ts';
import { services } from '../services/services.ts';
import { askersOf, asksOf, ownProgramme, usesDisk } from './arrows.ts';

/** A Kubernetes object. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; labels?: Record<string, string> };
  spec: Record<string, unknown>;
}

const port = 8080;
/** Answers /metrics alone, by the pod's own address: the other one answers to names. */
const metricsPort = 9464;
const partOf = { 'app.kubernetes.io/part-of': 'vung-xanh' };
const nameLabel = 'app.kubernetes.io/name';
/** Marks pods for the policies of the servers, and for the node of the common disk. */
export const marks = {
  database: 'vung-xanh/uses-database',
  broker: 'vung-xanh/uses-broker',
  disk: 'vung-xanh/uses-disk',
  several: 'vung-xanh/copies',
} as const;

/** Front doors: more copies when many ask. They keep nothing but what is on the common disk. */
const scaled: Readonly<Record<string, { least: number; most: number }>> = {
  intake: { least: 2, most: 4 },
  live: { least: 2, most: 4 },
};
/** Its queue of scenarios is in the process: progress and cancel of a run are known to the copy that has it, and to no other. */
const oneQueue = 'ml';

/**
 * Whether a service may have several copies at once: of those that services/main.ts starts, one copy writes the rows of a district (services/platform/leadership.ts).
 * Who starts himself is asked for by name.
 */
export const maySeveral = (name: string): boolean =>
  name in scaled || (ownProgramme(name) === undefined && name !== oneQueue);

/**
 * What a service is given. Memory at work was 67 to 210 MB a service on one machine (README.md, 2026-11-29/30); the limit leaves V8 room for a flood, and for ml a year of fits.
 */
const resourcesOf = (name: string, memory: MemoryClass) => {
  if (name === oneQueue) return { requests: { cpu: '250m', memory: '384Mi' }, limits: { cpu: '2', memory: '1536Mi' } };
  return {
    flood: { requests: { cpu: '500m', memory: '384Mi' }, limits: { cpu: '2', memory: '1Gi' } },
    beside: { requests: { cpu: '250m', memory: '256Mi' }, limits: { cpu: '2', memory: '768Mi' } },
    small: { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '1', memory: '512Mi' } },
  }[memory];
};

/** The product answers to its own names alone, and a pod's address is none of them. */
const probe = (path: string, more: Record<string, number>) => ({
  httpGet: { path, port: 'http', httpHeaders: [{ name: 'Host', value: `localhost:${port}` }] },
  timeoutSeconds: 5,
  ...more,
});

export const containerSecurity = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: 10001,
  runAsGroup: 10001,
  fsGroup: 10001,
  seccompProfile: { type: 'RuntimeDefault' },
};

const labelsOf = (name: string) => ({ [nameLabel]: name, ...partOf });

/** The disk is one node's: all who use it are there. The first of them goes where it likes. */
const besideTheDisk = {
  podAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: [
      { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { [marks.disk]: 'true' } } },
    ],
  },
};

/** For a Prometheus that finds pods by their annotations; podmonitor.yaml is for the operator's. */
const scraped = {
  'prometheus.io/scrape': 'true',
  'prometheus.io/port': String(metricsPort),
  'prometheus.io/path': '/metrics',
};

function deployment({ name, memory = 'small' }: Subsystem): Manifest {
  const disk = usesDisk(name);
  const asked = [name, ...asksOf(name)].filter((one) => one !== 'live');
  const labels = {
    ...labelsOf(name),
    ...(usesDatabase(name) ? { [marks.database]: 'true' } : {}),
    ...(usesBroker(name) ? { [marks.broker]: 'true' } : {}),
    ...(disk ? { [marks.disk]: 'true' } : {}),
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { ...labelsOf(name), [marks.several]: maySeveral(name) ? 'several' : 'one' } },
    spec: {
      // How many there are of those that are scaled is for their scaler to say.
      ...(name in scaled ? {} : { replicas: 1 }),
      selector: { matchLabels: { [nameLabel]: name } },
      strategy: maySeveral(name)
        ? { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } }
        : { type: 'Recreate' },
      template: {
        metadata: { labels, annotations: scraped },
        spec: {
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          terminationGracePeriodSeconds: 30,
          securityContext: podSecurity,
          ...(disk
            ? { affinity: besideTheDisk }
            : {
                topologySpreadConstraints: [
                  {
                    maxSkew: 1,
                    topologyKey: 'kubernetes.io/hostname',
                    whenUnsatisfiable: 'ScheduleAnyway',
                    labelSelector: { matchLabels: { [nameLabel]: name } },
                  },
                ],
              }),
          containers: [
            {
              name,
              image: imageOf(name),
              args: commandOf(name, memory),
              ports: [
                { name: 'http', containerPort: port },
                { name: 'metrics', containerPort: metricsPort },
              ],
              envFrom: [{ configMapRef: { name: 'vung-xanh' } }],
              env: Object.entries({
                PORT: String(port),
                VX_METRICS_PORT: String(metricsPort),
                ...(name === 'live' ? { VX_METRICS_HOST: '0.0.0.0' } : {}),
                VX_SERVICES: JSON.stringify(Object.fromEntries(asked.map((one) => [one, `http://${one}:${port}`]))),
                ...lessFragments(memory),
              }).map(([key, value]) => ({ name: key, value })),
              securityContext: containerSecurity,
              resources: resourcesOf(name, memory),
              // Migrations and the wait for the servers may take two minutes.
              startupProbe: probe('/healthz', { periodSeconds: 2, failureThreshold: 60 }),
              livenessProbe: probe('/healthz', { periodSeconds: 10, failureThreshold: 6 }),
              // Not /readyz: with the broker away a service still answers reads, and says in /api/status what it lacks.
              readinessProbe: probe('/healthz', { periodSeconds: 5, failureThreshold: 2 }),
              // Until everybody has heard that this copy goes, it still answers.
              lifecycle: { preStop: { exec: { command: ['node', '-e', 'setTimeout(() => {}, 5000)'] } } },
              volumeMounts: [
                { name: 'secrets', mountPath: '/run/secrets/vung-xanh', readOnly: true },
                { name: 'tmp', mountPath: '/tmp' },
                ...(disk ? [{ name: 'data', mountPath: '/data' }] : []),
              ],
            },
          ],
          volumes: [
            {
              name: 'secrets',
              secret: {
                secretName: 'vung-xanh',
                defaultMode: 0o440,
                items: secretsOf(name).map((secret) => ({ key: secret, path: secret })),
              },
            },
            { name: 'tmp', emptyDir: { sizeLimit: '1Gi' } },
            ...(disk ? [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] : []),
          ],
        },
      },
    },
  };
}

const service = ({ name }: Subsystem): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name, labels: labelsOf(name) },
  spec: {
    selector: { [nameLabel]: name },
    ports: [{ name: 'http', port, targetPort: 'http', appProtocol: 'http' }],
  },
});

const disruptionBudget = ({ name }: Subsystem): Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name, labels: labelsOf(name) },
  // Of one copy nothing can be kept: a node must be able to go all the same.
  spec: {
    ...(name in scaled ? { minAvailable: 1 } : { maxUnavailable: 1 }),
    selector: { matchLabels: { [nameLabel]: name } },
  },
});

const pods = (matchLabels: Record<string, string>) => ({ podSelector: { matchLabels } });
const tcp = (...ports: number[]) => ports.map((one) => ({ protocol: 'TCP', port: one }));

/** Who may talk to whom: by the arrows of the house, and what a service needs of the servers. Everything else is closed by policies.yaml. */
const networkPolicy = ({ name }: Subsystem): Manifest => {
  const from = askersOf(name).map((asker) => pods({ [nameLabel]: asker }));
  const to = asksOf(name).map((one) => pods({ [nameLabel]: one }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, labels: labelsOf(name) },
    spec: {
      podSelector: { matchLabels: { [nameLabel]: name } },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from:
            name === 'live'
              ? [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }]
              : from,
          ports: tcp(port),
        },
        // Whoever gathers metrics, by the port that answers nothing else.
        {
          from: [{ namespaceSelector: { matchLabels: { 'vung-xanh/gathers-metrics': 'true' } } }],
          ports: tcp(metricsPort),
        },
      ],
      egress: [
        ...(to.length > 0 ? [{ to, ports: tcp(port) }] : []),
        ...(usesBroker(name) ? [{ to: [pods({ [nameLabel]: 'nats' })], ports: tcp(4222) }] : []),
        // The pods of the local overlay's PostgreSQL, and those of CloudNativePG.
        ...(usesDatabase(name)
          ? [
              {
                to: [pods({ [nameLabel]: 'postgres' }), pods({ 'cnpg.io/cluster': 'postgres' })],
                ports: tcp(5432),
              },
            ]
          : []),
      ],
    },
  };
};

const scaler = ({ name }: Subsystem): Manifest[] => {
  const limits = scaled[name];
  if (!limits) return [];
  return [
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name, labels: labelsOf(name) },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
        minReplicas: limits.least,
        maxReplicas: limits.most,
        metrics: [
          { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 70 } } },
        ],
        // Stream clients of a copy that goes come back by themselves, all at once: not for a moment's quiet.
        behavior: {
          scaleDown: { stabilizationWindowSeconds: 900, policies: [{ type: 'Pods', value: 1, periodSeconds: 300 }] },
        },
      },
    },
  ];
};

/** Everything of one service. */
export const manifestsOf = (subsystem: Subsystem): Manifest[] => [
  deployment(subsystem),
  service(subsystem),
  disruptionBudget(subsystem),
  networkPolicy(subsystem),
  ...scaler(subsystem),
];

const head = '# Made by `node k8s/write.ts` from services/services.ts: change k8s/manifests.ts.\n';

/** Files below k8s/ that are made from the list, with what stands in them. */
export function madeFiles(): Map<string, string> {
  const yaml = (documents: readonly unknown[]) =>
    `${head}${documents.map((one) => stringify(one, { lineWidth: 160, aliasDuplicateObjects: false })).join('---\n')}`;
  return new Map([
    ...services.map((one) => [`base/services/${one.name}.yaml`, yaml(manifestsOf(one))] as const),
    [
      'base/services/kustomization.yaml',
      yaml([
        {
          apiVersion: 'kustomize.config.k8s.io/v1beta1',
          kind: 'Kustomization',
          resources: services.map(({ name }) => `${name}.yaml`),
        },
      ]),
    ],
    ['base/broker-users.conf', brokerUsers()],
  ]);
}
