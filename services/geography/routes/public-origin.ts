import type { Context } from 'hono';

/**
 * Scheme, host and port that the caller used: links in an answer must lead back through the front door. What that says of itself was compared with the product's
 * names before (platform/edge.ts); a header alone leads nowhere.
 */
export const publicOrigin = (context: Context): string => context.var.publicOrigin ?? new URL(context.req.url).origin;
