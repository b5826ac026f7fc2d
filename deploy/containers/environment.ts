import { doorProgrammes } from '../../services/contracts/actor.ts';
import { needsKeys } from '../../services/contracts/seal-event.ts';
import { schemas } from '../../services/migrations.ts';
import { loopbackNames } from '../../services/platform/edge.ts';
import { permissionsOfAll } from '../local/permissions-of-all.ts';

/** Secrets of the whole product, by the names of their files. Those of the programmes bear the programmes' names. */
export const productSecrets = {
  /** Front door and services know each other by it. */
  gate: 'gate',
  /** Wraps the keys of persons. */
  persons: 'persons',
  /** Signs cookies. */
  sessions: 'sessions',
  /** Token of who runs the product. */
  operatorToken: 'admin-token',
  /** Code of the first administrator. */
  firstAdministrator: 'first-administrator',
  /** Password of the operator at the broker. */
  operator: 'operator',
  /** Password of the superuser of the database. */
  databaseOperator: 'database-operator',
} as const;

/** Programmes that have a user and a password at the broker. */
export const usesBroker = (programme: string): boolean => permissionsOfAll()[programme] !== undefined;
/** Programmes that have a role and a password in the database. */
export const usesDatabase = (programme: string): boolean => schemas.some(({ service }) => service === programme);
const knowsSenders = (programme: string): boolean => programme !== 'live' && programme !== 'drill';

/**
 * Names of the secrets that a programme is given; it gets no others.
 *
 * @param programme of services/services.ts
 */
export function secretsOf(programme: string): string[] {
  const { gate, persons, sessions, operatorToken, firstAdministrator } = productSecrets;
  return [
    gate,
    ...(usesBroker(programme) || usesDatabase(programme) || programme === 'drill' ? [programme] : []),
    ...(knowsSenders(programme) ? doorProgrammes : []),
    ...(needsKeys(programme) ? [persons] : []),
    ...(programme === 'identity' ? [sessions, operatorToken, firstAdministrator] : []),
  ];
}

/** What a container is told in plain words. */
export interface Settings {
  /** `HOST:PORT/DATABASE` of PostgreSQL. */
  database: string;
  /** `HOST:PORT` of NATS; of a cluster its nodes, with commas between them. */
  broker: string;
  /** Where browsers reach the product: `https://NAME`, or a loopback address. */
  publicUrl: string;
}

/** @throws Error that names the key which is missing */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const given = (key: string) => {
    const value = env[key];
    if (!value) throw new Error(`${key} is not set`);
    return value;
  };
  return { database: given('VX_DATABASE'), broker: given('VX_BROKER'), publicUrl: given('VX_PUBLIC_URL') };
}

const addressOf = (scheme: string, user: string, password: string, rest: string) =>
  `${scheme}://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${rest}`;

export const databaseUrlOf = ({ database }: Pick<Settings, 'database'>, user: string, password: string): string =>
  addressOf('postgresql', user, password, database);
/** User and password stand with the first node (services/platform/broker-address.ts). */
export function brokerUrlOf({ broker }: Pick<Settings, 'broker'>, user: string, password: string): string {
  const [first = '', ...others] = broker.split(',').map((node) => node.trim());
  return [addressOf('nats', user, password, first), ...others.map((node) => `nats://${node}`)].join(',');
}

/**
 * The environment by which a service of the list finds its servers and proves itself, beside what the container says already (`PORT`, `HOST`, `VX_SERVICES`, `VX_DATA`).
 * The same keys as deploy/local/start.ts gives. Pure.
 *
 * @param secret by name; asked only for those of `secretsOf`
 */
export function environmentOf(
  programme: string,
  settings: Settings,
  secret: (name: string) => string,
): Record<string, string> {
  const { publicUrl } = settings;
  const { gate, persons, sessions, operatorToken, firstAdministrator } = productSecrets;
  return {
    VX_GATE_SECRET: secret(gate),
    VX_HOSTS: JSON.stringify([...loopbackNames, ...(publicUrl.startsWith('https:') ? [publicUrl] : [])]),
    ...(usesDatabase(programme) ? { DATABASE_URL: databaseUrlOf(settings, programme, secret(programme)) } : {}),
    ...(usesBroker(programme) ? { NATS_URL: brokerUrlOf(settings, programme, secret(programme)) } : {}),
    ...(needsKeys(programme) ? { VX_MASTER_KEY: secret(persons) } : {}),
    ...(programme === 'drill' ? { VX_SECRET: secret(programme) } : {}),
    ...(knowsSenders(programme)
      ? { VX_SENDERS: JSON.stringify(Object.fromEntries(doorProgrammes.map((name) => [name, secret(name)]))) }
      : {}),
    ...(programme === 'identity'
      ? {
          VX_SESSION_SECRET: secret(sessions),
          VX_OPERATOR_SECRET: secret(operatorToken),
          VX_FIRST_ADMINISTRATOR_SECRET: secret(firstAdministrator),
          VX_PUBLIC_URL: publicUrl,
        }
      : {}),
  };
}
