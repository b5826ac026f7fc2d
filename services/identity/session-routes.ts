import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { sessionRow, signInRequest } from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { endSession, endSessions, findAccount, readSessions } from './accounts.ts';
import { ownSession } from './own-session.ts';
import { sessionOf } from './resolve.ts';
import { addressOf, body, type IdentityParts, idParams, json, none, unknown } from './route-shapes.ts';
import { forgetFailures, lockOf, noteFailure } from './tries.ts';

/** Beginning and ending a session, and the list of the own ones. */
export function addSessionRoutes(app: App, parts: IdentityParts): void {
  const { database, signIn, now } = parts;

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/sign-in',
      summary: 'Begins a session, which travels as a cookie',
      request: { body: body(signInRequest) },
      responses: { ...none, 401: { description: 'wrong address or password' }, 429: { description: 'too many tries' } },
    }),
    async (context) => {
      const { email, password } = context.req.valid('json');
      const one = { email, address: addressOf(context) };
      const locked = await lockOf(database, one, now());
      if (locked)
        throw new Problem(429, 'Too many tries', {
          detail: `No try is taken until ${locked.toISOString()}.`,
          extensions: { lockedUntil: locked.toISOString() },
          headers: { 'retry-after': String(Math.ceil((locked.getTime() - now().getTime()) / 1000)) },
        });
      const answer = await signIn.api.signInEmail({
        body: { email, password },
        headers: signInHeaders(context, one.address),
        asResponse: true,
      });
      const person = answer.ok
        ? await findAccount(database, ((await answer.json()) as { user: { id: string } }).user.id)
        : undefined;
      if (!person || person.disabledAt !== null) {
        if (person) await endSessions(database, person.id);
        await noteFailure(database, one, now());
        throw new Problem(401, 'Wrong address or password');
      }
      await forgetFailures(database, email);
      for (const cookie of answer.headers.getSetCookie()) context.header('set-cookie', cookie, { append: true });
      return context.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/sign-out',
      summary: 'Ends the session',
      responses: none,
    }),
    async (context) => {
      const session = await sessionOf(parts, context.req.header('cookie'));
      if (session) await endSession(database, session.person.id, session.sessionId);
      const { name, attributes } = (await signIn.$context).authCookies.sessionToken;
      deleteCookie(context, name, { path: '/', secure: attributes.secure });
      return context.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/sessions',
      summary: 'The own sessions',
      responses: { 200: json('newest first', z.array(sessionRow)), ...problemResponses },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      return context.json(await readSessions(database, person.id, now(), sessionId), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/identity/sessions/{id}',
      summary: 'Ends one of the own sessions',
      request: { params: idParams },
      responses: none,
    }),
    async (context) => {
      const { person } = await ownSession(parts, context);
      if (!(await endSession(database, person.id, context.req.valid('param').id))) throw unknown('session');
      return context.body(null, 204);
    },
  );
}

/** What better-auth notes of a session: address and device. No cookie: a new session begins. */
const signInHeaders = (context: Context, address: string) =>
  new Headers({ 'x-forwarded-for': address, 'user-agent': (context.req.header('user-agent') ?? '').slice(0, 200) });
