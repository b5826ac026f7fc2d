import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchLevels as measureLevels } from '../../services/levels/bench/city-levels.ts';
import { openServers } from '../local/servers.ts';
import type { BenchResult } from './result.ts';

/** Official levels of all neighbourhoods of a city, on an empty database of its own. */
export async function benchLevels(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-bench-'));
  chmodSync(folder, 0o755);
  const servers = await openServers(folder, {}, () => {});
  try {
    return await measureLevels(servers.databaseUrl);
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
