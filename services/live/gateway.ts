import type { Context } from 'hono';
import { proxy } from 'hono/proxy';
import { toldRetention } from '#contracts/access/retention.ts';
import type { Words } from '#contracts/words.ts';
import type { App } from '#platform/app.ts';
import { clientAddress } from '#platform/client-address.ts';
import { type DiskSpace, isFull } from '#platform/disk-space.ts';
import { remoteAddressOf } from '#platform/edge.ts';
import type { Log } from '#platform/log.ts';
import type { KeysState } from '#platform/person-keys.ts';
import { Problem } from '#platform/problem.ts';
import { callerHeader, type SealedRequest } from '#platform/sealed-caller.ts';
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
  /** Of the journal's disk; left out, or undefined: nobody knows. */
  space?: (() => DiskSpace | undefined) | undefined;
  /** What is wrong with the keys of persons here; undefined: nothing. */
  sealed?: (() => KeysState | undefined) | undefined;
  /** Who asks, sealed for the request; left out: services are told of nobody. */
  vouch?: (context: Context, request: SealedRequest) => Promise<Vouched>;
  /** Addresses of proxies whose word of who asks is taken; left out: of none. */
  trustedProxies?: readonly string[];
  /** By which it is told what holds; left out: the machine's. */
  now?: () => Date;
  /** Called after a change at the service that knows who somebody is. */
  rightsChanged?: () => void;
}

/** Of the journal's broker. */
export interface JournalState {
  /** Version of nats-server; undefined while it is away. */
  server: string | undefined;
  /** Seconds of acknowledged facts that a power cut may cost, 0 for none; null: it is somebody else's broker, and nobody knows. */
  powerCutSeconds: number | null;
}

/** What a service is told of who asks. `ownSecret`: he is a programme of the product, whose secret the services know themselves. */
export interface Vouched {
  sealed: string;
  ownSecret: boolean;
}

/** Headers that outside cannot speak with inside: who asks, and from where, is said by the front door alone. */
const notFromOutside = [callerHeader, 'x-forwarded-for', 'forwarded', 'x-real-ip'];
/** Answers to sign-in; to no other service does a cookie go. */
const identity = 'identity';

/** What a service says of itself. */
interface StateOfService {
  status: string;
  reason?: string;
  damage?: string[];
  damageWords?: Words[];
  parked?: number;
  sealed?: KeysState;
}

/** Passes requests on to the services, and shows them as one API. */
export function addGateway(
  app: App,
  {
    services,
    prefixes,
    own,
    log,
    journal,
    vouch,
    rightsChanged,
    space,
    sealed,
    trustedProxies = [],
    now = () => new Date(),
  }: GatewayOptions,
): void {
  for (const [prefix, service] of Object.entries(prefixes)) {
    const handler = async (context: Context) => {
      const base = services[service];
      if (!base)
        throw new Problem(503, 'Not running here', {
          detail: `The service ${service} is not part of this start.`,
          vietnamese: { title: 'Không chạy ở đây', detail: `Lần khởi động này không có phần ${service}.` },
        });
      const url = new URL(context.req.url);
      const address = `${url.pathname}${url.search}`;
      const { requestId, traceparent } = context.var;
      const vouched = await vouch?.(context, { method: context.req.method, address, requestId });
      const headers = Object.fromEntries(context.req.raw.headers);
      for (const name of notFromOutside) delete headers[name];
      if (service !== identity) delete headers.cookie;
      // The token has been judged: the service is told whose it is.
      if (vouched && !vouched.ownSecret) delete headers.authorization;
      // The service is asked by its own name.
      delete headers.host;
      const connection = remoteAddressOf(context);
      const from = connection && clientAddress(connection, context.req.header('x-forwarded-for'), trustedProxies);
      const reachedBy = new URL(context.var.publicOrigin ?? url.origin);
      try {
        return await proxy(`${base}${address}`, {
          raw: context.req.raw,
          // Where a service sends the browser is for the browser to follow.
          redirect: 'manual',
          headers: {
            ...headers,
            ...(vouched ? { [callerHeader]: vouched.sealed } : {}),
            ...(from ? { 'x-forwarded-for': from } : {}),
            'x-request-id': requestId,
            ...(traceparent === undefined ? {} : { traceparent }),
            'x-forwarded-host': reachedBy.host,
            'x-forwarded-proto': reachedBy.protocol.slice(0, -1),
          },
        });
      } catch (error) {
        log.warn({ reason: (error as Error).message, service }, 'service does not answer');
        throw new Problem(503, 'Not available now', {
          detail: `The service ${service} does not answer; it is started again by itself. Nothing that was acknowledged is lost.`,
          vietnamese: {
            detail: `Phần ${service} chưa trả lời; hệ thống tự khởi động lại phần đó. Những gì đã xác nhận không bị mất.`,
          },
          headers: { 'retry-after': '2' },
        });
      } finally {
        if (service === identity && context.req.method !== 'GET') rightsChanged?.();
      }
    };
    app.all(prefix, handler);
    app.all(`${prefix}/*`, handler);
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
          const body = (await answer.json()) as StateOfService;
          return { service, ...body };
        } catch (error) {
          return { service, status: 'not answering', reason: (error as Error).message };
        }
      }),
    );
    const sealedStates = [
      ...states.flatMap((state) => ('sealed' in state && state.sealed) || []),
      ...[sealed?.() ?? []].flat(),
    ];
    const damage = states.flatMap((state) => ('damage' in state && state.damage) || []);
    const damageWords = states.flatMap((state) => ('damageWords' in state && state.damageWords) || []);
    const disk = space?.();
    return context.json({
      services: states,
      // Events that no row has: `npm run dead-letters -- list` says which, and why.
      parked: states.reduce((sum, state) => sum + ('parked' in state ? (state.parked ?? 0) : 0), 0),
      // Facts of persons that nobody can read, for want of their keys.
      ...(sealedStates.length > 0 && {
        persons: {
          unreadable: Math.max(...sealedStates.map(({ unreadable }) => unreadable)),
          // Why not is in the log: it names files.
          usable: sealedStates.every(({ fault }) => fault === undefined),
          lost: sealedStates.some(({ lost }) => lost),
        },
      }),
      // How long who a person is may be kept, and who removes him then.
      retention: toldRetention(now().toISOString()),
      ...(disk && { disk: { ...disk, full: isFull(disk) } }),
      ...(journal && { journal: { ...journal(), ...(damage.length > 0 && { damage, damageWords }) } }),
    });
  });
}
