import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { schemas } from '../../services/migrations.ts';
import { holdOnLeash } from './leash.ts';
import { type BrokerUser, type PrivateBroker, startNats } from './nats.ts';
import { permissionsOfAll } from './permissions-of-all.ts';
import { ensureDatabase, type PrivateServer, startPostgres } from './postgres.ts';
import { withoutSyncs } from './programs.ts';
import { secretOf } from './secrets.ts';

/** What a programme finds its servers by, in its environment. A key that it has no use for is not there. */
export interface Addresses {
  DATABASE_URL?: string;
  NATS_URL?: string;
}

export interface Servers {
  /** The operator's address: every right, for set-up and commands. */
  databaseUrl: string;
  natsUrl: string;
  /** Each programme as the user that it is there. */
  addressesOf: (programme: string) => Addresses;
  /** False where the environment names a server: then one address serves all, and nobody is kept from anything. */
  keptApart: { database: boolean; broker: boolean };
  /** What the private broker promises; undefined where NATS_URL names another, which is set up by somebody else. */
  journal: { version: string; powerCutSeconds: number } | undefined;
  /** Process ids of the private servers now. */
  pids: () => Record<string, number>;
  /** Starts the private broker anew; whoever is connected comes back by himself. */
  restartBroker: () => Promise<void>;
  stop: () => Promise<void>;
}

/** A server that is started again on its own port when it ends without being asked to. */
export class Kept<Server extends Omit<PrivateServer, 'url'>> {
  server: Server | undefined;
  /** Its process, from the first moment on. */
  pid: number | undefined;
  private stopping = false;
  private readonly name: string;
  private readonly start: (port: number | undefined, spawned: (pid: number) => void) => Promise<Server>;
  private readonly say: (line: string) => void;
  private readonly changed: (pid: number) => void;
  private readonly awayMs: number;

  /** @param awayMs how long it stays away first, as a machine that starts anew does */
  constructor(
    name: string,
    start: (port: number | undefined, spawned: (pid: number) => void) => Promise<Server>,
    say: (line: string) => void,
    changed: (pid: number) => void,
    awayMs = 0,
  ) {
    this.name = name;
    this.start = start;
    this.say = say;
    this.changed = changed;
    this.awayMs = awayMs;
  }

  async open(port?: number): Promise<Server> {
    const server = await this.start(port, (pid) => {
      this.pid = pid;
      this.changed(pid);
    });
    this.server = server;
    void server.ended.then(() => this.again(server.port));
    return server;
  }

  /** Ends it; it comes back by itself, on its port. */
  async restart(): Promise<void> {
    await this.server?.stop();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.server?.stop();
  }

  private async again(port: number): Promise<void> {
    if (this.awayMs > 0 && !this.stopping) {
      this.say(`${this.name} ended by itself: it is away for ${this.awayMs / 1000} s`);
      await new Promise((done) => setTimeout(done, this.awayMs).unref());
    }
    for (let waitMs = 200; !this.stopping; waitMs = Math.min(waitMs * 2, 10_000)) {
      this.say(`${this.name} ended by itself: started again; nothing that was acknowledged is lost`);
      try {
        await this.open(port);
        return;
      } catch (error) {
        this.say(`${this.name} does not start: ${(error as Error).message}`);
        await new Promise((done) => setTimeout(done, waitMs));
      }
    }
  }
}

/**
 * `spawned` is told each server's process. `filled`: journals are given to the private broker that can be given again, so it does not sync each message; who stops it
 * afterwards writes everything to the disk (`syncDisk`). The private PostgreSQL and nats-server of a data folder, or those that DATABASE_URL and NATS_URL name.
 */
export async function openServers(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
  spawned: (name: string, pid: number) => void = () => {},
  { filled = false }: { filled?: boolean } = {},
): Promise<Servers> {
  let leash: { release: () => void } | undefined;
  const hold = (name: string) => (pid: number) => {
    spawned(name, pid);
    const next = holdOnLeash({ postgres: postgres?.pid, nats: nats?.pid });
    leash?.release();
    leash = next;
  };
  const operator = secretOf(dataFolder, 'operator');
  const permissions = permissionsOfAll();
  const users: BrokerUser[] = [
    { user: 'operator', password: operator },
    ...Object.entries(permissions).map(([user, own]) => ({
      user,
      password: secretOf(dataFolder, user),
      permissions: own,
    })),
  ];
  const postgres: Kept<PrivateServer> | undefined = env.DATABASE_URL
    ? undefined
    : new Kept(
        'PostgreSQL',
        (port, started) => startPostgres(join(dataFolder, 'postgres'), operator, say, port, started),
        say,
        hold('postgres'),
      );
  const nats: Kept<PrivateBroker> | undefined = env.NATS_URL
    ? undefined
    : new Kept(
        'nats-server',
        (port, started) =>
          startNats(join(dataFolder, 'nats'), users, port, filled ? withoutSyncs() : undefined, started),
        say,
        hold('nats'),
      );
  const [postgresServer, natsServer] = await Promise.all([postgres?.open(), nats?.open()]);
  const databaseUrl = env.DATABASE_URL || (await ensureDatabase(postgresServer!, 'vungxanh'));
  const natsUrl = env.NATS_URL || as(natsServer!.url, 'operator', operator);
  return {
    databaseUrl,
    natsUrl,
    keptApart: { database: postgres !== undefined, broker: nats !== undefined },
    journal: natsServer && { version: natsServer.version, powerCutSeconds: natsServer.powerCutSeconds },
    addressesOf: (programme) => ({
      ...(schemas.some(({ service }) => service === programme)
        ? { DATABASE_URL: postgres ? as(databaseUrl, programme, secretOf(dataFolder, programme)) : databaseUrl }
        : {}),
      ...(permissions[programme]
        ? { NATS_URL: nats ? as(natsUrl, programme, secretOf(dataFolder, programme)) : natsUrl }
        : {}),
    }),
    pids: () => ({
      ...(postgres?.server ? { postgres: postgres.server.pid } : {}),
      ...(nats?.server ? { nats: nats.server.pid } : {}),
    }),
    restartBroker: async () => nats?.restart(),
    stop: async () => {
      leash?.release();
      await Promise.all([postgres?.stop(), nats?.stop()]);
    },
  };
}

/** Writes everything of a folder's disk to it. Source: sync(1) of coreutils. */
export const syncDisk = (folder: string): void => void execFileSync('sync', ['--file-system', folder]);

/** The same address as another user. */
function as(address: string, user: string, password: string): string {
  const url = new URL(address);
  url.username = user;
  url.password = password;
  return url.href;
}
