import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import type { PrivateServer } from './postgres.ts';
import { findProgram } from './programs.ts';

/** Starts a private nats-server with JetStream on file storage in `folder`, on a free loopback port (or the one given). */
export async function startNats(folder: string, wantedPort?: number): Promise<PrivateServer> {
  const program = findProgram('nats-server');
  if (!program) throw new Error('nats-server was not found');
  mkdirSync(folder, { recursive: true });
  const port = wantedPort ?? (await freePort());
  const config = join(folder, 'nats.conf');
  writeFileSync(
    config,
    `listen: "127.0.0.1:${port}"
max_payload: 1MB
write_deadline: "10s"
jetstream { store_dir: "${join(folder, 'jetstream')}", max_memory_store: 64MB, max_file_store: 50GB }
`,
  );
  const child = spawn(program, ['-c', config, '-l', join(folder, 'nats.log')], { stdio: 'ignore', detached: true });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const deadline = Date.now() + 30_000;
  while (!(await answers(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`nats-server did not start; see ${join(folder, 'nats.log')}`);
    await sleep(50);
  }
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: child.pid!,
    ended,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(10_000, undefined, { ref: false })]);
      if (child.exitCode === null) child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
