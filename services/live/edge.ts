import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { Problem } from '#platform/problem.ts';

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
  const host = context.req.header('host') ?? new URL(context.req.url).host;
  return names.includes(host.replace(/:\d+$/, '').toLowerCase());
}

const readsOnly = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Refuses what a page of somebody else makes a browser send: another name for this machine (DNS rebinding), and changes that another origin asks for.
 *
 * @param names by which browsers may reach the product, without port
 * @throws Problem 421, 403. Sources: RFC 9110 7.4; Fetch Metadata Request Headers (W3C), 2.3
 */
export function ownOriginOnly(names: readonly string[]): MiddlewareHandler {
  return async (context, next) => {
    if (!isNameOf(context, names))
      throw new Problem(421, 'Not the name of this product', { detail: `It answers to ${names.join(', ')}.` });
    if (!readsOnly.includes(context.req.method) && !isOurOrigin(context))
      throw new Problem(403, 'Another page asks for this', {
        detail: 'Changes are taken from the product’s own pages, and from programmes.',
      });
    await next();
  };
}

/** A browser says where a change comes from, and with a cookie it must; a programme says nothing of the kind. */
function isOurOrigin(context: Context): boolean {
  const { host, origin, 'sec-fetch-site': site, cookie } = context.req.header();
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false;
  if (origin === undefined) return cookie === undefined;
  return URL.canParse(origin) && new URL(origin).host === host;
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
  overTls: boolean;
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
    await next();
    const { headers } = context.res;
    // The stream writes its own head.
    if (headers.has('x-hono-already-sent')) return;
    headers.set('content-security-policy', of.get(context.req.path) ?? plain);
    headers.set('x-content-type-options', 'nosniff');
    headers.set('referrer-policy', 'same-origin');
    headers.set('cross-origin-opener-policy', 'same-origin');
    if (overTls) headers.set('strict-transport-security', 'max-age=31536000');
  };
}
