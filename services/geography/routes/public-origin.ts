import type { Context } from 'hono';

/** Scheme, host and port that the caller used: links in an answer must lead back through the gateway. */
export function publicOrigin(context: Context): string {
  const url = new URL(context.req.url);
  const host = context.req.header('x-forwarded-host') ?? context.req.header('host') ?? url.host;
  const scheme = context.req.header('x-forwarded-proto')?.split(',')[0]?.trim() ?? url.protocol.replace(':', '');
  return `${scheme}://${host.split(',')[0]!.trim()}`;
}
