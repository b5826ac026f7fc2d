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
