import { spawn } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrokerPermissions } from './broker-permissions.ts';
import { freePort } from './free-port.ts';
import type { PrivateServer } from './postgres.ts';
import { findNatsServer, type NatsProgram } from './programs.ts';

/** Somebody whom the broker knows; without `permissions` he may do everything. */
export interface BrokerUser {
  user: string;
  password: string;
  permissions?: BrokerPermissions;
}

/** A private nats-server, and what it can promise. */
export interface PrivateBroker extends PrivateServer {
  version: string;
  /** Seconds of acknowledged facts that a power cut may cost; 0: each is on disk before it is acknowledged. */
  powerCutSeconds: number;
}

/** A node of a cluster, and where its peers listen for each other. */
export interface ClusterNode {
  name: string;
  /** Where this node listens for the others. */
  routePort: number;
  /** Route ports of all nodes. */
  routePorts: readonly number[];
}

/** How often nats-server syncs what it has written when it is not told to do so always (its `sync_interval`, which 2.9 does not let one choose). */
const secondsBetweenSyncs = 120;

/**
 * Starts a private nats-server with JetStream on file storage in `folder`, on a free loopback port (or the one given).
 * Started by root it runs as the owner of its folder. `spawned` is told the process at once, before it answers. A `node` of a cluster waits for nobody: the cluster has its journal when most of its nodes are there. `url` is without a user; who is not among `users` cannot connect. It syncs before it acknowledges when it can (`powerCutSeconds`).
 */
export async function startNats(
  folder: string,
  users: readonly BrokerUser[],
  wantedPort?: number,
  server: NatsProgram | undefined = findNatsServer(),
  spawned: (pid: number) => void = () => {},
  node?: ClusterNode,
): Promise<PrivateBroker> {
  if (!server) throw new Error('nats-server was not found');
  const { program, version, syncs } = server;
  mkdirSync(folder, { recursive: true });
  const port = wantedPort ?? (await freePort());
  const config = join(folder, 'nats.conf');
  // It holds the passwords: made anew, so that the mode holds from the first byte.
  rmSync(config, { force: true });
  writeFileSync(config, natsConfig(port, join(folder, 'jetstream'), users, syncs, node), { mode: 0o600 });
  const as = ownerOf(folder);
  if (as) chownSync(config, as.uid, as.gid);
  const child = spawn(program, ['-c', config, '-l', join(folder, 'nats.log')], {
    stdio: 'ignore',
    detached: true,
    ...(as && { ...as, cwd: tmpdir() }),
  });
  if (child.pid !== undefined) spawned(child.pid);
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
    version,
    powerCutSeconds: syncs ? 0 : secondsBetweenSyncs,
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

/** Whoever the folder belongs to, when we are root and he is not. */
function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const { uid, gid } = statSync(folder);
  return process.getuid?.() === 0 && uid !== 0 ? { uid, gid } : undefined;
}

/** nats-server's configuration: one account, which is the one that journals of earlier versions are in, and its users. */
function natsConfig(
  port: number,
  store: string,
  users: readonly BrokerUser[],
  syncs: boolean,
  node: ClusterNode | undefined,
): string {
  const quoted = (words: readonly string[]) => words.map((word) => JSON.stringify(word)).join(', ');
  const lines = users.map(({ user, password, permissions }) => {
    const name = `user: ${JSON.stringify(user)}, password: ${JSON.stringify(password)}`;
    if (!permissions) return `    { ${name} }`;
    const { publish, subscribe } = permissions;
    return `    { ${name}, permissions: {
      publish: { allow: [${quoted(publish.allow)}], deny: [${quoted(publish.deny)}] }
      subscribe: { allow: [${quoted(subscribe.allow)}] } } }`;
  });
  return `listen: "127.0.0.1:${port}"
max_payload: 1MB
write_deadline: "10s"
jetstream { store_dir: "${store}", max_memory_store: 64MB, max_file_store: 50GB${syncs ? ', sync_interval: always' : ''} }
authorization {
  users: [
${lines.join('\n')}
  ]
}
${node ? clusterConfig(node) : ''}`;
}

const clusterConfig = ({ name, routePort, routePorts }: ClusterNode): string => `server_name: "${name}"
cluster {
  name: vungxanh
  listen: "127.0.0.1:${routePort}"
  routes: [${routePorts.map((port) => `"nats://127.0.0.1:${port}"`).join(', ')}]
}
`;

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
