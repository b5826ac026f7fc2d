import type { Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { serve } from '@hono/node-server';
import type { App } from './app.ts';
import type { Running } from './run.ts';

/** How long senders may take, milliseconds. */
export interface SendingLimits {
  /** Until the head of a request is whole. */
  headersMs: number;
  /** Until all of a request is there. */
  requestMs: number;
  /** How often it is looked for those who took longer. */
  checkMs: number;
}

/**
 * A head is a few kilobytes: who needs longer than 15 s holds a socket and asks nothing. A body may be 64 MB (a file to import), which a line of 2 Mbit/s brings in
 * 268 s: five minutes.
 *
 * @see https://nodejs.org/api/http.html#serverrequesttimeout
 */
const sendingLimits: SendingLimits = { headersMs: 15_000, requestMs: 300_000, checkMs: 5_000 };

/** How it listens. */
export interface Listening {
  /** Certificate (with those above it) and key, PEM; left out: without TLS. */
  tls?: { cert: string; key: string } | undefined;
  /** The supervisor is told of the port; false: of a further address, which it need not know. */
  tells?: boolean;
}

/** Listens, and tells the port it got. Stopping lets requests in flight finish, then cuts idle and streaming connections. */
export function listen(
  app: App,
  port: number,
  host: string,
  { headersMs, requestMs, checkMs } = sendingLimits,
  { tls, tells = true }: Listening = {},
): Promise<Running & { port: number; server: Server }> {
  return new Promise((resolve, reject) => {
    // The front door tells a service who asks, with every area that he may see by name.
    const serverOptions = {
      maxHeaderSize: 128 * 1024,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: checkMs,
    };
    const reached = { fetch: app.fetch, port, hostname: host };
    const withTls = tls && {
      ...reached,
      createServer: createTlsServer,
      // RFC 9325, 3.1.1: TLS 1.2 or newer.
      serverOptions: { ...serverOptions, ...tls, minVersion: 'TLSv1.2' as const },
    };
    const server = serve(withTls ?? { ...reached, serverOptions }, (info) => {
      // Tell the supervisor, if there is one.
      if (tells) process.send?.({ listening: info.port });
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
