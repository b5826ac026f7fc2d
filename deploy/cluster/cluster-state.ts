import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { readStateFile, writeStateFile } from '../../services/platform/state-file.ts';

const clusterState = z.object({
  /** Of the command that holds it. */
  pid: z.int().positive(),
  /** The entry. */
  url: z.string(),
  /** The operator's addresses, with its password: of the primary, and of all brokers. */
  databaseUrl: z.string(),
  natsUrl: z.string(),
  brokers: z.array(z.object({ name: z.string(), port: z.int(), pid: z.int() })),
  databases: z.array(
    z.object({ name: z.string(), port: z.int(), restPort: z.int(), folder: z.string(), pid: z.int() }),
  ),
  /** Each copy of each service. */
  copies: z.array(z.object({ service: z.string(), name: z.string(), url: z.string(), pid: z.int() })),
  /** Address of each service at the entry. */
  services: z.record(z.string(), z.string()),
});

/** What runs of a cluster on this machine, for the other commands. */
export type ClusterState = z.infer<typeof clusterState>;

const fileOf = (dataFolder: string) => join(dataFolder, 'cluster.json');

/** It holds a password: only the owner may read it. */
export function writeClusterState(dataFolder: string, state: ClusterState): void {
  writeStateFile(fileOf(dataFolder), `${JSON.stringify(state, null, 2)}\n`);
}

/** The state of a cluster whose command is alive, or undefined. */
export function readClusterState(dataFolder: string): ClusterState | undefined {
  const state = readStateFile(
    fileOf(dataFolder),
    (text) => clusterState.parse(JSON.parse(text)),
    (line) => process.stderr.write(`${line}\n`),
  );
  if (!state) return undefined;
  try {
    process.kill(state.pid, 0);
    return state;
  } catch {
    return undefined;
  }
}

export function clearClusterState(dataFolder: string): void {
  rmSync(fileOf(dataFolder), { force: true });
}
