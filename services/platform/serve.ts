import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import type { App } from './app.ts';
import type { Running } from './run.ts';

/** Listens, and tells the port it got. Stopping lets requests in flight finish, then cuts idle and streaming connections. */
export function listen(app: App, port: number, host: string): Promise<Running & { port: number; server: Server }> {
  return new Promise((resolve, reject) => {
    // The front door tells a service who asks, with every area that he may see by name.
    const serverOptions = { maxHeaderSize: 128 * 1024 };
    const server = serve({ fetch: app.fetch, port, hostname: host, serverOptions }, (info) => {
      // Tell the supervisor, if there is one.
      process.send?.({ listening: info.port });
      resolve({
        name: 'http',
        port: info.port,
        server,
        stop: () =>
          new Promise<void>((done) => {
            server.close(() => done());
            server.closeIdleConnections();
            setTimeout(() => server.closeAllConnections(), 3000).unref();
          }),
      });
    }) as Server;
    // Longer than clients and proxies keep theirs: a connection closed by us just as a request comes is an error nobody can explain.
    server.keepAliveTimeout = 75_000;
    server.on('error', reject);
  });
}
