import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../local/free-port.ts';
import { adminTokenOf } from '../local/secrets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The product on a data folder of its own, which goes with it: what a run tells would stay in a journal for ever. */
export async function startedProduct(
  say: (chunk: Uint8Array) => void,
): Promise<{ url: string; token: string; stop: () => Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'vung-xanh-load-'));
  // PostgreSQL may run as another user.
  chmodSync(data, 0o755);
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      ...[
        join(root, 'deploy/local/start.ts'),
        '--data',
        data,
        '--port',
        String(await freePort()),
        '--no-drill',
        '--no-web',
      ],
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const url = await new Promise<string>((ready, fail) => {
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      say(chunk);
      said += chunk.toString();
      const found = /^ready (\S+)$/m.exec(said)?.[1];
      if (found) ready(found);
    });
    void ended.then(() => fail(new Error('the product did not start: see above')));
  });
  return {
    url,
    token: adminTokenOf(data),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(data, { recursive: true, force: true });
    },
  };
}
