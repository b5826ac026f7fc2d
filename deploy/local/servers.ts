import { join } from 'node:path';
import { holdOnLeash } from './leash.ts';
import { startNats } from './nats.ts';
import { ensureDatabase, type PrivateServer, startPostgres } from './postgres.ts';

export interface Servers {
  databaseUrl: string;
  natsUrl: string;
  pids: Record<string, number>;
  /** Resolves with the name of a private server that ended although nobody stopped it. */
  lost: Promise<string>;
  stop: () => Promise<void>;
}

/** The private PostgreSQL and nats-server of a data folder, or those that DATABASE_URL and NATS_URL name. */
export async function openServers(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<Servers> {
  const [postgres, nats] = await Promise.all([
    env.DATABASE_URL ? undefined : startPostgres(join(dataFolder, 'postgres'), say),
    env.NATS_URL ? undefined : startNats(join(dataFolder, 'nats')),
  ]);
  const leash = holdOnLeash({ postgres: postgres?.pid, nats: nats?.pid });
  let stopping = false;
  const watch = (name: string, server: PrivateServer | undefined) =>
    new Promise<string>((resolve) => void server?.ended.then(() => !stopping && resolve(name)));
  return {
    databaseUrl: env.DATABASE_URL ?? (await ensureDatabase(postgres!, 'vungxanh')),
    natsUrl: env.NATS_URL ?? nats!.url,
    pids: { ...(postgres ? { postgres: postgres.pid } : {}), ...(nats ? { nats: nats.pid } : {}) },
    lost: Promise.race([watch('postgres', postgres), watch('nats-server', nats)]),
    stop: async () => {
      stopping = true;
      leash.release();
      await Promise.all([postgres?.stop(), nats?.stop()]);
    },
  };
}
