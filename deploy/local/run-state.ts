import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from '@hono/zod-openapi';
import { readStateFile, writeStateFile } from '../../services/platform/state-file.ts';

const runState = z.object({
  pid: z.int().positive(),
  url: z.string(),
  /** The operator's addresses, with its password. */
  databaseUrl: z.string(),
  natsUrl: z.string(),
  services: z.record(z.string(), z.string()),
  /** Process ids as they were when the start was ready. */
  pids: z.record(z.string(), z.number()),
});

/** What is running on a data folder, for the other commands and against a second start on the same data. */
export type RunState = z.infer<typeof runState>;

const fileOf = (dataFolder: string) => join(dataFolder, 'run.json');

/** It holds a password: only the owner may read it. */
export function writeRunState(dataFolder: string, state: RunState): void {
  writeStateFile(fileOf(dataFolder), `${JSON.stringify(state, null, 2)}\n`);
}

/** The state of a start that is alive, or undefined. A damaged file is of none: it is said, and the next start writes another. */
export function readRunState(
  dataFolder: string,
  say: (line: string) => void = (line) => process.stderr.write(`${line}\n`),
): RunState | undefined {
  const state = readStateFile(fileOf(dataFolder), (text) => runState.parse(JSON.parse(text)), say);
  if (!state) return undefined;
  try {
    process.kill(state.pid, 0);
    return state;
  } catch {
    return undefined;
  }
}

export function clearRunState(dataFolder: string): void {
  rmSync(fileOf(dataFolder), { force: true });
}
