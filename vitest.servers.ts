import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startNats } from './deploy/local/nats.ts';
import { ensureDatabase, startPostgres } from './deploy/local/postgres.ts';

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
  const [postgres, nats] = await Promise.all([
    startPostgres(join(folder, 'postgres')),
    startNats(join(folder, 'nats')),
  ]);
  await ensureDatabase(postgres, 'template_vungxanh');
  project.provide('postgresUrl', postgres.url);
  project.provide('natsUrl', nats.url);
  return async () => {
    await Promise.all([postgres.stop(), nats.stop()]);
    rmSync(folder, { recursive: true, force: true });
  };
}
