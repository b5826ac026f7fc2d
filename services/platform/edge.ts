import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from './problem.ts';

declare module 'hono' {
  interface ContextVariableMap {
    /** Origin by which the request reached this programme; undefined: it has no edge (a test). */
    publicOrigin: string | undefined;
    /** What a browser is told with every answer, for whoever writes his own head; undefined: there is no edge. */
    securityHeaders: Readonly<Record<string, string>> | undefined;
  }
}

/** Names of this machine to itself. */
export const loopbackNames = ['localhost', '127.0.0.1', '[::1]'] as const;

/** Address that the connection comes from; undefined: it came by none (a test). */
export const remoteAddressOf = ({ env }: Context): string | undefined =>
  (env as Partial<HttpBindings> | undefined)?.incoming?.socket.remoteAddress;

const isLoopback = (address: string) => /^(::ffff:)?127\./.test(address) || address === '::1';

/** Somebody at this machine itself: the connection is from loopback, speaks to a loopback name, and no proxy stands between. */
export function isHere(context: Context): boolean {
  const from = remoteAddressOf(context);
  const forwarded = ['x-forwarded-for', 'forwarded', 'x-real-ip'].some(
    (name) => context.req.header(name) !== undefined,
  );
  return from !== undefined && isIP(from) !== 0 && isLoopback(from) && !forwarded && isNameOf(context, loopbackNames);
}

/** The `Host` of the request, without its port, is one of the names. */
function isNameOf(context: Context, names: readonly string[]): boolean {
  return names.includes(hostOf(context).replace(/:\d+$/, '').toLowerCase());
}

/** Name and port that the request speaks to. */
const hostOf = (context: Context): string => context.req.header('host') ?? new URL(context.req.url).host;

const schemed = /^https?:\/\//;

/**
 * The origin by which browsers reach what a request asks; undefined when it is none of the product's.
 *
 * @param names a bare name is reached by http, or by https where the connection is that, at the port that the connection came to (a loopback name from loopback: at
 *   any); an origin, such as `https://centre.example`, as it stands
 */
function ownOriginOf(context: Context, names: readonly string[]): string | undefined {
  const host = hostOf(context).toLowerCase();
  const incoming = (context.env as Partial<HttpBindings> | undefined)?.incoming;
  // A request may name its whole address (RFC 9112, 3.2.2): then both must be ours.
  const target = incoming?.url ?? '';
  if (schemed.test(target) && URL.parse(target)?.host !== URL.parse(`http://${host}`)?.host) return undefined;
  const port = incoming?.socket.localPort;
  const scheme = (incoming?.socket as TLSSocket | undefined)?.encrypted ? 'https' : 'http';
  for (const name of names) {
    if (schemed.test(name)) {
      const { origin, protocol } = new URL(name);
      if (URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).origin === origin) return origin;
    } else if (
      host.replace(/:\d+$/, '') === name &&
      (isAnyPortOf(name, incoming) || portOf(host, scheme) === String(port))
    )
      return `${scheme}://${host}`;
  }
  return undefined;
}

/**
 * Another port of a loopback name is a tunnel's (`ssh -L`): a browser that speaks to `localhost:9000` and arrives here was led here by who owns this machine. A page
 * cannot bring that about: the name it is read by is not a loopback name (DNS rebinding), or it is another program's, whose own port its requests go to.
 */
const isAnyPortOf = (name: string, incoming: HttpBindings['incoming'] | undefined): boolean =>
  incoming === undefined ||
  ((loopbackNames as readonly string[]).includes(name) && isLoopback(incoming.socket.remoteAddress ?? ''));

const portOf = (host: string, scheme: string): string =>
  URL.parse(`${scheme}://${host}`)?.port || (scheme === 'https' ? '443' : '80');

const readsOnly = ['GET', 'HEAD', 'OPTIONS'];

/** The origin by which the front door was asked, as it tells a service; undefined: it says none, or none of the product's. */
function originAtTheDoor(context: Context, door: readonly string[]): string | undefined {
  const host = context.req.header('x-forwarded-host');
  const told = host === undefined ? null : URL.parse(`${context.req.header('x-forwarded-proto') ?? 'http'}://${host}`);
  if (!told) return undefined;
  const isOurs = door.some((name) =>
    schemed.test(name) ? new URL(name).origin === told.origin : told.protocol === 'http:' && told.hostname === name,
  );
  return isOurs ? told.origin : undefined;
}

/**
 * Refuses what a page of somebody else makes a browser send: another name for this machine (DNS rebinding), and changes that another origin asks for.
 *
 * @param names as `ownOriginOf` has them
 * @param door of a service behind the front door: the names of that, of which it says by which it was asked; nothing else is believed in `x-forwarded-host`
 * @throws Problem 421, 403. Sources: RFC 9110 7.4; Fetch Metadata Request Headers (W3C), 2.3
 */
export function ownOriginOnly(names: readonly string[], door: readonly string[] = []): MiddlewareHandler {
  return async (context, next) => {
    const own = ownOriginOf(context, names);
    if (own === undefined) {
      const list = names.join(', ');
      throw new Problem(421, 'Not the name of this product', {
        detail: `It answers to ${list}.`,
        vietnamese: { detail: `Sản phẩm chỉ trả lời ở ${list}.` },
      });
    }
    const origin = originAtTheDoor(context, door) ?? own;
    context.set('publicOrigin', origin);
    if (!readsOnly.includes(context.req.method) && !isOurOrigin(context, origin))
      throw new Problem(403, 'Another page asks for this', {
        detail: 'Changes are taken from the product’s own pages, and from programmes.',
        vietnamese: { detail: 'Chỉ nhận thay đổi từ trang của chính sản phẩm, và từ chương trình.' },
      });
    await next();
  };
}

/** A browser says where a change comes from, and with a cookie it must; a programme says nothing of the kind. */
function isOurOrigin(context: Context, own: string): boolean {
  const { origin, 'sec-fetch-site': site, cookie } = context.req.header();
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return cookie === undefined;
  return URL.canParse(origin) && new URL(origin).origin === new URL(own).origin;
}

/**
 * What a browser is told of every answer: scripts and styles are our own files, nobody frames us, and a type is what it says.
 * Sources: Content Security Policy Level 3 (W3C); the Fetch standard, 3.6 `nosniff`.
 *
 * @param inlineScripts texts of scripts that stand in a page of ours, by the path of the page
 * @param overTls browsers reach us by https alone
 */
export function ownFilesOnly({
  inlineScripts,
  overTls,
}: {
  inlineScripts: Readonly<Record<string, string>>;
  overTls: boolean | ((context: Context) => boolean);
}): MiddlewareHandler {
  const policy = (script?: string) =>
    [
      "default-src 'self'",
      `script-src 'self' 'wasm-unsafe-eval'${script === undefined ? '' : ` 'sha256-${createHash('sha256').update(script).digest('base64')}'`}`,
      "style-src 'self'",
      // Tiles and marks are drawn from memory; the map works in threads of its own.
      "img-src 'self' data: blob:",
      "worker-src 'self' blob:",
      "font-src 'self' data:",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
    ].join('; ');
  const plain = policy();
  const of = new Map(Object.entries(inlineScripts).map(([path, script]) => [path, policy(script)]));
  return async (context, next) => {
    const securityHeaders = {
      'content-security-policy': of.get(context.req.path) ?? plain,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
      ...((typeof overTls === 'function' ? overTls(context) : overTls)
        ? { 'strict-transport-security': 'max-age=31536000' }
        : {}),
    };
    context.set('securityHeaders', securityHeaders);
    await next();
    const { headers } = context.res;
    // The stream writes its own head.
    if (headers.has('x-hono-already-sent')) return;
    for (const [name, value] of Object.entries(securityHeaders)) headers.set(name, value);
  };
}

/** The edge of a programme that browsers may reach. */
export interface EdgeOptions {
  /** As `ownOriginOf` has them. */
  names: readonly string[];
  /** Of a service behind the front door: the names of that. */
  door?: readonly string[];
  inlineScripts?: Readonly<Record<string, string>>;
}

/**
 * The edge of a service behind the front door: it answers to this machine's own names and to the address by which the others ask it.
 *
 * @param base address of the service on the inside @param door names of the front door
 */
export const insideEdge = (base: string | undefined, door: readonly string[]): EdgeOptions => ({
  names: [...loopbackNames, ...(base === undefined ? [] : [new URL(base).origin])],
  door,
});

/** Browsers reached it by https: its own, or that of the proxy whose name they used. */
const isOverTls =
  (names: readonly string[]) =>
  (context: Context): boolean => {
    const socket = (context.env as Partial<HttpBindings> | undefined)?.incoming?.socket;
    return (
      (socket as TLSSocket | undefined)?.encrypted === true ||
      ownOriginOf(context, names)?.startsWith('https:') === true
    );
  };

/** Both, in the order in which they stand before everything else: what is refused has the headers too. */
export const edgeFirst = ({ names, door, inlineScripts = {} }: EdgeOptions): [MiddlewareHandler, MiddlewareHandler] => [
  ownFilesOnly({ inlineScripts, overTls: isOverTls(names) }),
  ownOriginOnly(names, door),
];
