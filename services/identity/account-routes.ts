import { createRoute, z } from '@hono/zod-openapi';
import { accountRow, invitation, newAccount, sessionRow } from '#contracts/http/identity.ts';
import { conflictResponses, problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { disableAccount, enableAccount, endSession, knownAccount, readAccounts, readSessions } from './accounts.ts';
import { giveGrant } from './grants.ts';
import { keepInvitation } from './invitations.ts';
import { makeUser } from './new-user.ts';
import { body, giver, type IdentityParts, idParams, json, none, unknown } from './route-shapes.ts';
import { hashOf, newSecret } from './secret-text.ts';

/** Accounts and their sessions, for those who look after them. */
export function addAccountRoutes(app: App, parts: IdentityParts): void {
  const { database, now, newId } = parts;
  const invite = async (userId: string) => {
    const code = newSecret();
    const expiresAt = await keepInvitation(database, { hash: hashOf(code), userId, now: now() });
    return { accountId: userId, code, expiresAt };
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/accounts',
      summary: 'Accounts with their roles',
      responses: { 200: json('by name', z.array(accountRow)), ...problemResponses },
    }),
    async (context) => context.json(await readAccounts(database, now()), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/accounts',
      summary: 'Makes an account, and a one-time code by which its person chooses a password',
      request: { body: body(newAccount) },
      responses: {
        201: json('the code, shown this once', invitation),
        ...problemResponses,
        409: conflictResponses[409],
      },
    }),
    async (context) => {
      const { grants, ...person } = context.req.valid('json');
      const accountId = await makeUser(parts.signIn, person);
      for (const grant of grants)
        await giveGrant(database, { id: newId(), accountId, givenBy: giver(context), now: now() }, grant);
      return context.json(await invite(accountId), 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/accounts/{id}/invitation',
      summary: 'A new one-time code: for a password that was forgotten',
      request: { params: idParams },
      responses: {
        201: json('the code, shown this once', invitation),
        ...problemResponses,
        409: conflictResponses[409],
      },
    }),
    async (context) =>
      context.json(await invite((await knownAccount(database, context.req.valid('param').id)).id), 201),
  );
  for (const [step, change] of [
    ['disable', (id: string) => disableAccount(database, id, now())],
    ['enable', (id: string) => enableAccount(database, id)],
  ] as const)
    app.openapi(
      createRoute({
        method: 'post',
        path: `/api/identity/accounts/{id}/${step}`,
        request: { params: idParams },
        responses: none,
      }),
      async (context) => {
        const { id } = await knownAccount(database, context.req.valid('param').id);
        if (step === 'disable' && id === context.var.caller.actor?.authid)
          throw new Problem(409, 'Nobody disables the own account');
        await change(id);
        return context.body(null, 204);
      },
    );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/accounts/{id}/sessions',
      request: { params: idParams },
      responses: { 200: json('newest first', z.array(sessionRow)), ...problemResponses },
    }),
    async (context) => {
      const { id } = await knownAccount(database, context.req.valid('param').id);
      return context.json(await readSessions(database, id, now()), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/identity/accounts/{id}/sessions/{sessionId}',
      request: { params: idParams.extend({ sessionId: z.string().min(1).max(80) }) },
      responses: none,
    }),
    async (context) => {
      const { id, sessionId } = context.req.valid('param');
      if (!(await endSession(database, id, sessionId))) throw unknown('session');
      return context.body(null, 204);
    },
  );
}
