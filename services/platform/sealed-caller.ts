import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from 'hono';
import { Problem } from './problem.ts';

/** Header by which the front door tells a service who asks. The front door takes it away from what comes from outside. */
export const callerHeader = 'x-vx-caller';

/** How long after it was sealed a service still takes it. */
const validMs = 30_000;

/** The request that a seal belongs to: for another one it is worth nothing. */
export interface SealedRequest {
  method: string;
  /** Path with its query. */
  address: string;
  requestId: string;
}

/**
 * The header's value: `expires.text.mac`, text as base64url, mac the HMAC-SHA-256 of expiry, request and text under the secret of this start.
 * Source: RFC 2104, HMAC.
 *
 * @param now milliseconds since 1970
 */
export function sealCaller(secret: string, text: string, request: SealedRequest, now: number): string {
  const expires = String(now + validMs);
  const packed = Buffer.from(text).toString('base64url');
  return `${expires}.${packed}.${macOf(secret, expires, packed, request).toString('base64url')}`;
}

/**
 * What was sealed; undefined when there is no header. Throws a 401 Problem when it is another's, of another request, changed, or too old.
 */
export function openCaller(
  secret: string,
  header: string | undefined,
  request: SealedRequest,
  now: number,
): string | undefined {
  if (header === undefined) return undefined;
  const [expires = '', packed = '', mac = ''] = header.split('.');
  const wanted = macOf(secret, expires, packed, request);
  const given = Buffer.from(mac, 'base64url');
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted) || !(Number(expires) >= now))
    throw new Problem(401, 'Nobody vouches for this request', { detail: 'Ask the front door, not the service.' });
  return Buffer.from(packed, 'base64url').toString();
}

const macOf = (secret: string, expires: string, packed: string, { method, address, requestId }: SealedRequest) =>
  createHmac('sha256', secret).update([expires, method, address, requestId, packed].join('\n')).digest();

/** What the front door sealed into a request to this service; undefined: it came by itself. */
export const vouchedFor =
  (secret: string, now: () => number = Date.now) =>
  (context: Context): string | undefined => {
    const { pathname, search } = new URL(context.req.url);
    const { method } = context.req.raw;
    const request = { method, address: `${pathname}${search}`, requestId: context.var.requestId };
    return openCaller(secret, context.req.header(callerHeader), request, now());
  };
