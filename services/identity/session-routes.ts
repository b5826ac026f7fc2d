import { createRoute, z } from '@hono/zod-openapi';
import { deleteCookie } from 'hono/cookie';
import { sessionRow, signInRequest } from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { endSession, findAccount, type Person, readSessions } from './accounts.ts';
import { beginSession } from './begin-session.ts';
import { ownSession } from './own-session.ts';
import { accountOfPassword } from './password-check.ts';
import { assertNotLocked } from './proofs.ts';
import { sessionOf } from './resolve.ts';
import { addressOf, body, type IdentityParts, idParams, json, none, triedAnswers, unknown } from './route-shapes.ts';
import { isEnrolled, useCode } from './second-factor.ts';
import { forgetFailures, noteFailure } from './tries.ts';

/** Beginning and ending a session, and the list of the own ones. */
export function addSessionRoutes(app: App, parts: IdentityParts): void {
  const { database, signIn, now } = parts;

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/sign-in',
      summary: 'Begins a session, which travels as a cookie',
      request: { body: body(signInRequest) },
      responses: { ...none, ...triedAnswers, 401: { ...none[401], description: 'wrong address or password' } },
    }),
    async (context) => {
      const { email, password, code } = context.req.valid('json');
      const one = { email, address: addressOf(context) };
      await assertNotLocked(parts, one);
      const userId = await accountOfPassword(signIn, email, password);
      const person = userId === undefined ? undefined : await findAccount(database, userId);
      if (!person || person.disabledAt !== null) {
        await noteFailure(database, one, now());
        throw new Problem(401, 'Wrong address or password');
      }
      const proof = await proofAtSignIn(parts, person, code);
      if (proof === 'wrong') {
        await noteFailure(database, one, now());
        throw new Problem(401, 'The code is another one', { extensions: { code: 'second-factor-wrong' } });
      }
      await forgetFailures(database, email);
      await beginSession(parts, context, person.id, proof);
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

/** What the code proves, of an account that needs one. @throws Problem 401 it needs one, and none was shown */
async function proofAtSignIn(parts: IdentityParts, { id }: Person, code: string | undefined) {
  if (!(await isEnrolled(parts.database, id))) return undefined;
  if (code === undefined)
    throw new Problem(401, 'A code is needed too', { extensions: { code: 'second-factor-required' } });
  return (await useCode(parts, id, code)) ?? ('wrong' as const);
}
