import type { MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';

const json = /^application\/([\w.-]+\+)?json/;
const compressed = compress({ encoding: 'gzip', contentTypeFilter: json });

/**
 * JSON that is read goes compressed to whoever takes it: areas and figures of a district are hundreds of kilobytes, and leaders look at them by phone.
 * Left as they are: streams and tiles; answers to changes; and what has a strong ETag, which compression would weaken, so that the next change could not name it (RFC 9110, 13.1.1).
 */
export const compressAnswers: MiddlewareHandler = async (context, next) => {
  if (context.req.method !== 'GET') return next();
  return compressed(context, async () => {
    await next();
    if (!context.res.headers.get('etag')?.startsWith('"')) return;
    const caching = context.res.headers.get('cache-control');
    context.header('cache-control', caching ? `${caching}, no-transform` : 'no-transform');
  });
};
