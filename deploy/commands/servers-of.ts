import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRunState } from '../local/run-state.ts';
import { openServers, syncDisk } from '../local/servers.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Servers of a data folder for a command: those of a running start, those of the environment, or started for the time of the command; `filled`: as openServers has it. */
export async function serversOf(
  data: string | undefined,
  { filled = false }: { filled?: boolean } = {},
): Promise<{ databaseUrl: string; natsUrl: string; running: boolean; stop: () => Promise<void> }> {
  const dataFolder = data ? resolve(process.env.VX_CALLER_FOLDER ?? process.cwd(), data) : resolve(root, '.data');
  const state = readRunState(dataFolder);
  if (state) return { databaseUrl: state.databaseUrl, natsUrl: state.natsUrl, running: true, stop: async () => {} };
  const say = (line: string) => void process.stderr.write(`${line}\n`);
  const servers = await openServers(dataFolder, process.env, say, undefined, { filled });
  return {
    ...servers,
    running: false,
    stop: async () => {
      await servers.stop();
      if (filled) syncDisk(dataFolder);
    },
  };
}
