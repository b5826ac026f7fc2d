import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is running on a data folder, for the other commands and against a second start on the same data. */
export interface RunState {
  pid: number;
  url: string;
  /** The operator's addresses, with its password. */
  databaseUrl: string;
  natsUrl: string;
  services: Record<string, string>;
  /** Process ids as they were when the start was ready. */
  pids: Record<string, number>;
}

const fileOf = (dataFolder: string) => join(dataFolder, 'run.json');

export function writeRunState(dataFolder: string, state: RunState): void {
  mkdirSync(dataFolder, { recursive: true });
  // It holds a password: made anew, so that the mode holds from the first byte.
  clearRunState(dataFolder);
  writeFileSync(fileOf(dataFolder), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}

/** The state of a start that is alive, or undefined. */
export function readRunState(dataFolder: string): RunState | undefined {
  if (!existsSync(fileOf(dataFolder))) return undefined;
  const state = JSON.parse(readFileSync(fileOf(dataFolder), 'utf8')) as RunState;
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
