import { proxy } from 'hono/proxy';
import type { App } from '#platform/app.ts';
import type { Log } from '#platform/log.ts';
import { Problem } from '#platform/problem.ts';
import { mergeOpenApi, type OpenApi } from './openapi.ts';
import { swaggerUI } from './reference-page.ts';

export interface GatewayOptions {
  /** Service name → base URL on the inside. */
  services: Record<string, string>;
  /** Beginning of an address → service that answers below it. The longest one wins. */
  prefixes: Record<string, string>;
  own: () => OpenApi;
  log: Log;
  /** What is known of the journal's broker; left out: not told. */
  journal?: () => JournalState;
}

/** Of the journal's broker. */
export interface JournalState {
  /** Version of nats-server; undefined while it is away. */
  server: string | undefined;
  /** Seconds of acknowledged facts that a power cut may cost, 0 for none; null: it is somebody else's broker, and nobody knows. */
  powerCutSeconds: number | null;
}

/** Passes requests on to the services, and shows them as one API. */
export function addGateway(app: App, { services, prefixes, own, log, journal }: GatewayOptions): void {
  for (const [prefix, service] of Object.entries(prefixes)) {
    const handler = async (context: {
      req: { raw: Request; url: string; header: (name: string) => string | undefined };
      get: (key: never) => unknown;
    }) => {
      const base = services[service];
      if (!base)
        throw new Problem(503, 'Not running here', { detail: `The service ${service} is not part of this start.` });
      const url = new URL(context.req.url);
      try {
        return await proxy(`${base}${url.pathname}${url.search}`, {
          raw: context.req.raw,
          headers: {
            ...Object.fromEntries(context.req.raw.headers),
            'x-request-id': String(context.get('requestId' as never)),
            'x-forwarded-host': url.host,
            'x-forwarded-proto': url.protocol.slice(0, -1),
          },
        });
      } catch (error) {
        log.warn({ reason: (error as Error).message, service }, 'service does not answer');
        throw new Problem(503, 'Not available now', {
          detail: `The service ${service} does not answer; it is started again by itself. Nothing that was acknowledged is lost.`,
          headers: { 'retry-after': '2' },
        });
      }
    };
    app.all(prefix, handler as never);
    app.all(`${prefix}/*`, handler as never);
  }

  app.get('/api/openapi.json', async (context) => {
    const documents = await Promise.all(
      Object.entries(services).map(async ([name, base]) => {
        try {
          const answer = await fetch(`${base}/openapi.json`, { signal: AbortSignal.timeout(3000) });
          return (await answer.json()) as OpenApi;
        } catch {
          log.warn({ service: name }, 'service is missing from the API document');
          return undefined;
        }
      }),
    );
    return context.json(mergeOpenApi([own(), ...documents.filter((document) => document !== undefined)]));
  });
  app.get('/api/reference', (context) => context.html(swaggerUI));

  app.get('/api/status', async (context) => {
    const states = await Promise.all(
      Object.entries(services).map(async ([service, base]) => {
        try {
          const answer = await fetch(`${base}/readyz`, { signal: AbortSignal.timeout(3000) });
          const body = (await answer.json()) as { status: string; reason?: string };
          return { service, ...body };
        } catch (error) {
          return { service, status: 'not answering', reason: (error as Error).message };
        }
      }),
    );
    return context.json({ services: states, ...(journal && { journal: journal() }) });
  });
}
