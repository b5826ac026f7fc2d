import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { holdOnLeash } from './deploy/local/leash.ts';
import { startNats } from './deploy/local/nats.ts';
import { ensureDatabase, startPostgres } from './deploy/local/postgres.ts';
import { secretOf } from './deploy/local/secrets.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string;
    natsUrl: string;
  }
}

/** One private PostgreSQL and one private nats-server for the whole run, in a temporary folder that is taken away. */
export default async function setup(project: TestProject) {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-test-'));
  chmodSync(folder, 0o755);
  const operator = { user: 'operator', password: secretOf(folder, 'operator') };
  const [postgres, nats] = await Promise.all([
    startPostgres(join(folder, 'postgres'), operator.password),
    startNats(join(folder, 'nats'), [operator]),
  ]);
  // A run that is killed takes its servers with it.
  const leash = holdOnLeash({ postgres: postgres.pid, nats: nats.pid });
  await ensureDatabase(postgres, 'template_vungxanh');
  project.provide('postgresUrl', postgres.url);
  project.provide('natsUrl', nats.url.replace('//', `//${operator.user}:${operator.password}@`));
  return async () => {
    leash.release();
    await Promise.all([postgres.stop(), nats.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}
