import { createServer } from 'node:http';
import type { Metrics } from './metrics.ts';
import type { Running } from './run.ts';

/**
 * Answers GET /metrics and nothing else, on an address of its own: where the service's own address is public, or is reached by its name alone (a pod of a cluster is
 * asked by its number).
 */
export function listenForMetrics(
  { registry }: Pick<Metrics, 'registry'>,
  port: number,
  host: string,
): Promise<Running & { port: number }> {
  const server = createServer(async (request, response) => {
    const isAsked = request.url?.split('?')[0] === '/metrics';
    if (!isAsked || request.method !== 'GET') {
      response.writeHead(isAsked ? 405 : 404).end();
      return;
    }
    try {
      const text = await registry.metrics();
      response.writeHead(200, { 'content-type': registry.contentType }).end(text);
    } catch (error) {
      response.writeHead(500).end((error as Error).message);
    }
  });
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({
        name: 'metrics',
        port: typeof address === 'object' && address ? address.port : port,
        stop: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
