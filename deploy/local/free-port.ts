import { createServer } from 'node:net';

/**
 * Ports below those that the system gives to outgoing connections (from 32768 on Linux): one of those that is free now may be the near end of somebody's connection
 * by the time that a server wants it, for as long as that lasts.
 */
const ofServers = { from: 15_000, to: 32_000 };

/** `wanted` when it is free, else the next free port above it; 0: any. */
export async function freePort(wanted = 0, host = '127.0.0.1', random = Math.random): Promise<number> {
  for (let attempt = 0; wanted === 0 && attempt < 100; attempt++) {
    const port = ofServers.from + Math.floor(random() * (ofServers.to - ofServers.from));
    if ((await listenOnce(port, host)) !== undefined) return port;
  }
  for (let port = wanted; port < 65536; port++) {
    const got = await listenOnce(port, host);
    if (got !== undefined) return got;
  }
  throw new Error(`no free port from ${wanted} up on ${host}`);
}

function listenOnce(port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, host, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}
