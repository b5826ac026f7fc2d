// node deploy/containers/compose-file.ts --write: compose.yaml, from the list of services.
import { readFileSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { services } from '../../services/services.ts';
import { lessFragments, memoryFlags } from '../local/supervisor.ts';
import { packagesOfService } from './imports-of.ts';

const file = new URL('./compose.yaml', import.meta.url);
const head = `# The product on the machine of a district's office: \`podman compose -f deploy/containers/compose.yaml up -d\` (or docker compose).
# Made by \`node deploy/containers/compose-file.ts --write\` from services/services.ts: change it there.
`;
const port = 8080;
const image = 'vung-xanh';

/** The image of a programme: TensorFlow.js is only in the one of who loads it. */
export const imageOf = (programme: string): string =>
  packagesOfService(programme).has('@tensorflow/tfjs-core') ? `${image}-outlook` : image;

/** Words after the image's \`node\`: how V8 uses memory (deploy/local/supervisor.ts), and the programme. */
export const commandOf = (programme: string, memory: Parameters<typeof memoryFlags>[0] = 'small'): string[] => [
  ...memoryFlags(memory),
  'deploy/containers/service.ts',
  programme,
];

const hardened = {
  read_only: true,
  cap_drop: ['ALL'],
  security_opt: ['no-new-privileges:true'],
  restart: 'unless-stopped',
};
const secrets = 'secrets:/run/secrets/vung-xanh:ro';
const servers = { VX_DATABASE: 'postgres:5432/vungxanh', VX_BROKER: 'nats:4222' };
/** A word of the caller's environment. */
const fromOutside = (name: string, otherwise: string) => `\${${name}:-${otherwise}}`;
const publicUrl = fromOutside('VX_PUBLIC_URL', `http://localhost:${port}`);
const build = (target: string) => ({
  context: '../..',
  dockerfile: 'deploy/containers/Containerfile',
  target,
  args: { BASE: fromOutside('BASE', 'debian:bookworm-slim') },
});
const operator = { ...hardened, image: `${image}-operator`, build: build('operator') };
const asOperator = { ...servers, VX_PUBLIC_URL: publicUrl };

/** The composition: PostgreSQL, NATS, the preparation, every service of the list, and the backup. */
export function composition(): Record<string, unknown> {
  const addresses = Object.fromEntries(
    services.filter(({ name }) => name !== 'live').map(({ name }) => [name, `http://${name}:${port}`]),
  );
  const programmes = services.map(({ name, memory }) => [
    name,
    {
      ...hardened,
      image: imageOf(name),
      build: build(imageOf(name) === image ? 'product' : 'outlook'),
      command: commandOf(name, memory),
      environment: {
        ...asOperator,
        VX_SERVICES: JSON.stringify(addresses),
        ...lessFragments(memory ?? 'small'),
        // JSON: the address by which the proxy with TLS comes.
        ...(name === 'live' ? { VX_TRUSTED_PROXIES: fromOutside('VX_TRUSTED_PROXIES', '[]') } : {}),
      },
      volumes: [secrets, 'data:/data'],
      tmpfs: ['/tmp'],
      stop_grace_period: '15s',
      depends_on: { prepare: { condition: 'service_completed_successfully' } },
      // The office's own machine; over the network by a proxy with TLS (README.md).
      ...(name === 'live' ? { ports: [`127.0.0.1:${port}:${port}`] } : {}),
    },
  ]);
  return {
    name: 'vung-xanh',
    services: {
      secrets: {
        ...operator,
        restart: 'no',
        command: ['deploy/containers/secrets.ts', '--folder', '/run/secrets/vung-xanh'],
        volumes: ['secrets:/run/secrets/vung-xanh'],
      },
      postgres: {
        image: fromOutside('POSTGRES_IMAGE', 'postgis/postgis:15-3.4'),
        restart: 'unless-stopped',
        environment: { POSTGRES_DB: 'vungxanh', POSTGRES_PASSWORD_FILE: '/run/secrets/vung-xanh/database-operator' },
        volumes: [secrets, 'postgres:/var/lib/postgresql/data'],
        shm_size: '256m',
        stop_grace_period: '60s',
        healthcheck: {
          test: ['CMD', 'pg_isready', '-h', '127.0.0.1', '-U', 'postgres', '-d', 'vungxanh'],
          interval: '5s',
          timeout: '5s',
          retries: 24,
        },
        depends_on: { secrets: { condition: 'service_completed_successfully' } },
      },
      nats: {
        ...operator,
        entrypoint: ['/app/.servers/nats-server'],
        command: ['-c', '/etc/nats/nats.conf'],
        volumes: [
          './nats.conf:/etc/nats/nats.conf:ro',
          '../../k8s/base/broker-users.conf:/etc/nats/broker-users.conf:ro',
          'secrets:/etc/nats/secrets:ro',
          'nats:/data',
        ],
        stop_grace_period: '60s',
        healthcheck: {
          test: [
            'CMD',
            'node',
            '-e',
            "fetch('http://127.0.0.1:8222/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))",
          ],
          interval: '5s',
          timeout: '5s',
          retries: 24,
        },
        depends_on: { secrets: { condition: 'service_completed_successfully' } },
      },
      prepare: {
        ...operator,
        restart: 'no',
        command: ['deploy/containers/prepare.ts'],
        environment: asOperator,
        volumes: [secrets],
        tmpfs: ['/tmp'],
        depends_on: { postgres: { condition: 'service_healthy' }, nats: { condition: 'service_healthy' } },
      },
      ...Object.fromEntries(programmes),
      backup: {
        ...operator,
        restart: 'no',
        // Not with the others: `compose run --rm backup`.
        profiles: ['backup'],
        command: ['deploy/containers/backup.ts', '/backups'],
        environment: asOperator,
        volumes: [secrets, 'data:/data', `${fromOutside('BACKUPS', 'backups')}:/backups`],
        tmpfs: ['/tmp'],
      },
    },
    volumes: { secrets: null, data: null, nats: null, postgres: null, backups: null },
  };
}

export const composeFile = (): string =>
  `${head}${stringify(composition(), { lineWidth: 160, aliasDuplicateObjects: false })}`;

if (process.argv.includes('--write')) writeFileSync(file, composeFile());
/** As it is kept in the repository. */
export const keptComposeFile = (): string => readFileSync(file, 'utf8');
