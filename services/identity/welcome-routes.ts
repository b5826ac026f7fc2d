import { createRoute } from '@hono/zod-openapi';
import { welcomeRequest } from '#contracts/http/identity.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { endSessions } from './accounts.ts';
import { giveGrant, hasAdministrator } from './grants.ts';
import { giveBackInvitation, useInvitation } from './invitations.ts';
import { makeUser } from './new-user.ts';
import { body, type IdentityParts, none } from './route-shapes.ts';
import { hashOf } from './secret-text.ts';

/** The one-time code, by which somebody begins. */
export function addWelcomeRoutes(app: App, parts: IdentityParts): void {
  const { database, signIn, now } = parts;

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/welcome',
      summary: 'Chooses a password by a one-time code; the first administrator says his name and address too',
      request: { body: body(welcomeRequest) },
      responses: { ...none, 403: { ...none[403], description: 'the code is none, was used, or is too old' } },
    }),
    async (context) => {
      const { code, password, name, email } = context.req.valid('json');
      const hash = hashOf(code);
      const used = await useInvitation(database, hash, now());
      if (!used)
        throw new Problem(403, 'The code is not valid', { detail: 'It is none, was used before, or is too old.' });
      const { internalAdapter, password: passwords } = await signIn.$context;
      try {
        let userId = used.userId;
        const first = userId === null;
        if (userId === null) {
          if (await hasAdministrator(database)) throw new Problem(403, 'There is an administrator already');
          if (!name || !email)
            throw new Problem(422, 'The request does not fit', {
              errors: [{ field: name ? 'json.email' : 'json.name', reason: 'must be said' }],
            });
          userId = await makeUser(parts.signIn, { name, email });
        }
        await internalAdapter.deleteAccounts(userId);
        await internalAdapter.linkAccount({
          userId,
          providerId: 'credential',
          accountId: userId,
          password: await passwords.hash(password),
        });
        await endSessions(database, userId);
        if (first)
          await giveGrant(
            database,
            { id: parts.newId(), accountId: userId, givenBy: 'start', now: now() },
            { role: 'administrator', districts: 'all', areas: 'all' },
          );
      } catch (error) {
        await giveBackInvitation(database, hash);
        throw error;
      }
      return context.body(null, 204);
    },
  );
}
