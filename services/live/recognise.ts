import { createHash, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { LRUCache } from 'lru-cache';
import { type Grant, nobody, type Principal, principal } from '#contracts/access/principal.ts';
import { frontDoor } from '#contracts/access/product-permit.ts';
import { isHere } from '#platform/edge.ts';
import { Problem } from '#platform/problem.ts';
import { callerHeader, type SealedRequest, sealCaller } from '#platform/sealed-caller.ts';

/** What somebody shows: a session's cookie, or a token. */
export interface Credentials {
  cookie?: string | undefined;
  authorization?: string | undefined;
}

/** Asks identity; null: nobody's. Throws a 401 Problem for a token that is nobody's, anything else when identity does not answer. */
export type AskIdentity = (credentials: Credentials) => Promise<Principal | null>;

/** An answer is good for so long: a session that is revoked is refused after it at the latest. */
const freshMs = 5000;
/** While identity does not answer, whoever was known is known for so long: facts come in while the database is away. */
const staleMs = 10 * 60_000;

export interface Recogniser {
  known: (credentials: Credentials) => Promise<Principal | null>;
  /** Somebody signed out, or was given or denied something: everybody is asked for anew. */
  forget: () => void;
}

/**
 * Who shows these credentials, kept for a moment. An answer that is asked for twice at once is asked for once.
 *
 * @param now milliseconds since 1970
 */
export function recognise(ask: AskIdentity, now: () => number): Recogniser {
  const kept = new LRUCache<string, { answer: Promise<Principal | null>; at: number }>({ max: 5000 });
  const known: Recogniser['known'] = async ({ cookie, authorization }) => {
    // Another scheme is no token of ours: a proxy before the product may ask for its own.
    const token = authorization !== undefined && /^bearer\b/i.test(authorization) ? authorization : undefined;
    if (token === undefined && cookie === undefined) return null;
    const key = createHash('sha256')
      .update(token ?? `cookie ${cookie}`)
      .digest('base64');
    const before = kept.get(key);
    if (before && now() - before.at < freshMs) return before.answer;
    const answer = ask(token === undefined ? { cookie } : { authorization: token }).catch((error: unknown) => {
      if (error instanceof Problem && error.status === 401) throw error;
      if (before && now() - before.at < staleMs) {
        kept.set(key, { answer: before.answer, at: before.at });
        return before.answer;
      }
      kept.delete(key);
      throw error;
    });
    kept.set(key, { answer, at: now() });
    return answer;
  };
  return { known, forget: () => kept.clear() };
}

const sessionCookie = /(^|;\s*)(__Secure-)?vung-xanh\./;

/**
 * Who asks by a request to the front door: who signed in or whose token it is. Who has neither looks at exercises, at this machine, and at nothing else; people who
 * signed in may look at them too.
 *
 * @param exercises the districts that are exercises now
 */
export const whoAsks =
  (known: (credentials: Credentials) => Promise<Principal | null>, exercises: () => string[]) =>
  async (context: Context): Promise<Principal> => {
    const looks = (): Grant => ({ role: 'visitor', districts: exercises(), areas: 'all' });
    // Other programmes of this machine have cookies under the same name of it.
    const cookie = context.req.header('cookie');
    const found = await known({
      authorization: context.req.header('authorization'),
      ...(cookie && sessionCookie.test(cookie) ? { cookie } : {}),
    });
    if (found) return found.actor?.authtype === 'user' ? { ...found, grants: [...found.grants, looks()] } : found;
    return isHere(context) ? { ...nobody, grants: [looks()] } : nobody;
  };

/** What a service is told of who asks. */
export const vouchFor = (who: Principal, secret: string, request: SealedRequest) => ({
  sealed: sealCaller(secret, JSON.stringify(who), request, Date.now()),
  ownSecret: who.grants.some(({ role }) => role === 'programme'),
});

/** Asks identity by HTTP, as the front door. */
export const askOver =
  (base: string | undefined, secret: string): AskIdentity =>
  async (credentials) => {
    if (base === undefined) throw unavailable();
    const answer = (await askOnce(base, secret, credentials)) ?? (await askOnce(base, secret, credentials));
    if (answer?.status === 401)
      throw new Problem(401, 'The token is nobody’s', {
        detail: 'It was never given, was revoked, or has expired.',
        headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
      });
    if (!answer?.ok) throw unavailable();
    const { principal: found } = (await answer.json()) as { principal: unknown };
    return found === null ? null : principal.parse(found);
  };

const principalPath = '/api/identity/principal';

/**
 * Undefined: no answer came. Asking changes nothing, so it is asked again: a connection that was kept open may be closed by the other end just as a question goes out on it.
 */
async function askOnce(base: string, secret: string, credentials: Credentials): Promise<Response | undefined> {
  const requestId = randomUUID();
  const request = { method: 'POST', address: principalPath, requestId };
  try {
    return await fetch(`${base}${principalPath}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-request-id': requestId,
        [callerHeader]: vouchFor(frontDoor, secret, request).sealed,
      },
      body: JSON.stringify(credentials),
      signal: AbortSignal.timeout(5000),
    });
  } catch (error) {
    // Who is slow is not helped by a second question.
    if ((error as Error).name === 'TimeoutError') throw unavailable();
    return undefined;
  }
}

const unavailable = () =>
  new Problem(503, 'Not available now', {
    detail: 'Who you are cannot be told now: the service identity does not answer; it is started again by itself.',
    vietnamese: {
      detail: 'Hiện chưa biết được bạn là ai: phần identity chưa trả lời; hệ thống tự khởi động lại phần đó.',
    },
    headers: { 'retry-after': '2' },
  });
