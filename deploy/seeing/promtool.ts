import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const kept = fileURLToPath(new URL('../../.servers/promtool', import.meta.url));

/**
 * Prometheus's own checker: that of the PATH, or out of Debian's package, which is unpacked and not installed (it would start a server). Undefined: it is not to be had
 * here.
 */
export function promtool(): string | undefined {
  const there = (process.env.PATH ?? '').split(':').map((folder) => join(folder, 'promtool'));
  const found = [...there, '/usr/bin/promtool', kept].find((path) => existsSync(path));
  if (found) return found;
  const folder = mkdtempSync(join(tmpdir(), 'promtool-'));
  try {
    const quiet = { cwd: folder, stdio: 'ignore', timeout: 240_000 } as const;
    // Without lists of packages there is nothing to be found; who may not make them goes without.
    if (spawnSync('apt-get', ['download', 'prometheus'], quiet).status !== 0) {
      spawnSync('apt-get', ['update', '-qq'], quiet);
      execFileSync('apt-get', ['download', 'prometheus'], quiet);
    }
    const archive = readdirSync(folder).find((name) => name.endsWith('.deb'))!;
    execFileSync('dpkg-deb', ['-x', archive, 'unpacked'], quiet);
    mkdirSync(fileURLToPath(new URL('../../.servers', import.meta.url)), { recursive: true });
    const whole = `${kept}.${process.pid}`;
    execFileSync('cp', [join(folder, 'unpacked/usr/bin/promtool'), whole], quiet);
    renameSync(whole, kept);
    return kept;
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
