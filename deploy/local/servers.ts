import { join } from 'node:path';
import { holdOnLeash } from './leash.ts';
import { startNats } from './nats.ts';
import { ensureDatabase, type PrivateServer, startPostgres } from './postgres.ts';

export interface Servers {
  databaseUrl: string;
  natsUrl: string;
  /** Process ids of the private servers now. */
  pids: () => Record<string, number>;
  stop: () => Promise<void>;
}

/** A server that is started again on its own port when it ends without being asked to. */
class Kept {
  server: PrivateServer | undefined;
  private stopping = false;
  private readonly name: string;
  private readonly start: (port?: number) => Promise<PrivateServer>;
  private readonly say: (line: string) => void;
  private readonly changed: () => void;

  constructor(
    name: string,
    start: (port?: number) => Promise<PrivateServer>,
    say: (line: string) => void,
    changed: () => void,
  ) {
    this.name = name;
    this.start = start;
    this.say = say;
    this.changed = changed;
  }

  async open(port?: number): Promise<PrivateServer> {
    const server = await this.start(port);
    this.server = server;
    this.changed();
    void server.ended.then(() => this.again(server.port));
    return server;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.server?.stop();
  }

  private async again(port: number): Promise<void> {
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

/** The private PostgreSQL and nats-server of a data folder, or those that DATABASE_URL and NATS_URL name. */
export async function openServers(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<Servers> {
  let leash: { release: () => void } | undefined;
  const hold = () => {
    const next = holdOnLeash({ postgres: postgres?.server?.pid, nats: nats?.server?.pid });
    leash?.release();
    leash = next;
  };
  const postgres: Kept | undefined = env.DATABASE_URL
    ? undefined
    : new Kept('PostgreSQL', (port) => startPostgres(join(dataFolder, 'postgres'), say, port), say, hold);
  const nats: Kept | undefined = env.NATS_URL
    ? undefined
    : new Kept('nats-server', (port) => startNats(join(dataFolder, 'nats'), port), say, hold);
  const [postgresServer, natsServer] = await Promise.all([postgres?.open(), nats?.open()]);
  return {
    databaseUrl: env.DATABASE_URL || (await ensureDatabase(postgresServer!, 'vungxanh')),
    natsUrl: env.NATS_URL || natsServer!.url,
    pids: () => ({
      ...(postgres?.server ? { postgres: postgres.server.pid } : {}),
      ...(nats?.server ? { nats: nats.server.pid } : {}),
    }),
    stop: async () => {
      leash?.release();
      await Promise.all([postgres?.stop(), nats?.stop()]);
    },
  };
}
