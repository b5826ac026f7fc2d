import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchCityMap as measureCityMap } from '../../services/epidemic/bench/city-map.ts';
import { openServers } from '../local/servers.ts';
import type { BenchResult } from './result.ts';

/** The map of a city for who may see no rows of persons, on an empty database of its own. */
export async function benchCityMap(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-bench-'));
  chmodSync(folder, 0o755);
  const servers = await openServers(folder, {}, () => {});
  try {
    return await measureCityMap(servers.databaseUrl);
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
