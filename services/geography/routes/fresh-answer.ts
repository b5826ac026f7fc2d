import { createHash } from 'node:crypto';
import type { Context } from 'hono';

/**
 * Answers with an ETag that follows from `version` (what the answer is made of) and the address, and with 304, without the work, when the
 * caller has it already. `no-cache`: kept by the caller, asked about every time, so that a committed row shows at once.
 */
export async function freshAnswer(
  context: Context,
  version: string,
  mediaType: string,
  make: () => Promise<string | Uint8Array<ArrayBuffer>>,
): Promise<Response> {
  const etag = `"${createHash('sha256').update(`${version} ${context.req.url}`).digest('base64url').slice(0, 22)}"`;
  const headers = { etag, 'cache-control': 'no-cache' };
  if (hasTag(context.req.header('if-none-match'), etag)) return new Response(null, { status: 304, headers });
  return new Response(await make(), { headers: { ...headers, 'content-type': mediaType } });
}

/** Weak comparison, as RFC 9110 asks of If-None-Match. */
export function hasTag(ifNoneMatch: string | undefined, etag: string): boolean {
  return (
    ifNoneMatch
      ?.split(',')
      .map((tag) => tag.trim().replace(/^W\//, ''))
      .some((tag) => tag === etag || tag === '*') ?? false
  );
}
