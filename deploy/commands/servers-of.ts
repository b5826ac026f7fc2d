import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRunState } from '../local/run-state.ts';
import { openServers } from '../local/servers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Servers of a data folder for a command: those of a running start, those of the environment, or started for the time of the command. */
export async function serversOf(
  data: string | undefined,
): Promise<{ databaseUrl: string; natsUrl: string; running: boolean; stop: () => Promise<void> }> {
  const dataFolder = data ? resolve(process.env.VX_CALLER_FOLDER ?? process.cwd(), data) : resolve(root, '.data');
  const state = readRunState(dataFolder);
  if (state) return { databaseUrl: state.databaseUrl, natsUrl: state.natsUrl, running: true, stop: async () => {} };
  const servers = await openServers(dataFolder, process.env, (line) => process.stderr.write(`${line}\n`));
  return { ...servers, running: false };
}
