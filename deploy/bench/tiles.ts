import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { benchTiles as measureTiles } from '../../services/geography/bench/tiles.ts';
import { openServers } from '../local/servers.ts';
import type { BenchResult } from './result.ts';

/** Tiles over a million points, on an empty database of its own. */
export async function benchTiles(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'vung-xanh-bench-'));
  chmodSync(folder, 0o755);
  const servers = await openServers(folder, {}, () => {});
  try {
    return (await measureTiles(servers.databaseUrl)) as unknown as BenchResult;
  } finally {
    await servers.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
