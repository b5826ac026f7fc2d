import { createServer } from 'node:net';

/** `wanted` when it is free, else the next free port above it; 0 asks the system for any. */
export async function freePort(wanted = 0, host = '127.0.0.1'): Promise<number> {
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
