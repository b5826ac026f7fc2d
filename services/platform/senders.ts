import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from '@hono/zod-openapi';
import { Problem } from './problem.ts';

/** Programme that a request's `authorization` header proves; undefined: it proves nobody. Throws a 401 Problem for a token that is nobody's. */
export type RecogniseSender = (authorization: string | undefined) => string | undefined;

/** Environment key: JSON object, programme → its secret. */
export const sendersOfEnvironment = z
  .string()
  .default('{}')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.issues.push({ code: 'custom', input: undefined, message: 'a JSON object: programme → secret' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string().min(1), z.string().min(32)));

/**
 * Recognises programmes by their secrets, sent as `authorization: Bearer SECRET`. Another scheme is no token of ours and proves nobody: a proxy
 * before the product may ask for its own. Every secret is compared, each in the same time whatever was sent.
 * Source: RFC 6750, The OAuth 2.0 Authorization Framework: Bearer Token Usage.
 *
 * @param secrets programme → secret
 */
export function recogniseSender(secrets: Record<string, string>): RecogniseSender {
  const known = Object.entries(secrets).map(([programme, secret]) => ({ programme, digest: digestOf(secret) }));
  return (authorization) => {
    if (authorization === undefined || !/^bearer\b/i.test(authorization)) return undefined;
    // Digests are of one length, as the comparison asks for.
    const digest = digestOf(authorization.slice('bearer'.length).trim());
    const found = known.filter((sender) => timingSafeEqual(sender.digest, digest));
    if (found.length === 0)
      throw new Problem(401, 'The token is nobody’s', {
        detail: 'Send the secret of a programme, or no token at all: then you are any feed.',
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
    return found[0]!.programme;
  };
}

const digestOf = (secret: string) => createHash('sha256').update(secret).digest();
