import { createRoute } from '@hono/zod-openapi';
import { permissionOf, permittedActions } from '#contracts/access/permissions.ts';
import { asksPurpose, roleIsAsked } from '#contracts/access/purposes.ts';
import type { Role } from '#contracts/access/roles.ts';
import { me, passwordRequest, purposeRequest } from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { endSessions } from './accounts.ts';
import { hasAdministrator, readGrants } from './grants.ts';
import { ownSession } from './own-session.ts';
import { knownPurpose, purposeOf, sayPurpose } from './purposes.ts';
import { sessionOf } from './resolve.ts';
import { addressOf, body, type IdentityParts, json, none, triedAnswers } from './route-shapes.ts';
import { factorState, roleCounts } from './second-factor.ts';
import { lockOf, noteFailure } from './tries.ts';

/** Who asks, the own password, and for what he reads rows of persons. */
export function addOwnAccountRoutes(app: App, parts: IdentityParts): void {
  const { database, signIn, now } = parts;

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/me',
      summary: 'Who asks, and with which roles',
      responses: { 200: json('who', me), ...problemResponses },
    }),
    async (context) => {
      const { caller } = context.var;
      const session = await sessionOf(parts, context.req.header('cookie'));
      const kinds = {
        user: 'user',
        api_key: 'token',
        service_account: 'programme',
        unauthenticated: 'visitor',
      } as const;
      const grants = session ? await readGrants(database, session.person.id) : [];
      const factor = session && (await factorState(database, session.person.id, session.sessionId));
      const purpose = session ? await purposeOf(database, session.sessionId) : (caller.purpose ?? null);
      context.header('cache-control', 'no-store');
      return context.json(
        {
          known: caller.known,
          kind: kinds[caller.actor?.authtype ?? 'unauthenticated'],
          id: caller.actor?.authid ?? null,
          name: session?.person.name ?? null,
          email: session?.person.email ?? null,
          grants: grants.map(({ role, districts, areas, from, until }) => ({
            role,
            districts,
            areas,
            ...(from ? { from } : {}),
            ...(until ? { until } : {}),
          })),
          purpose: knownPurpose(purpose),
          asksPurpose: grants.some(({ role }) => roleIsAsked(role) && readsPersons(role)),
          needsFactor: factor ? grants.some((grant) => !roleCounts(factor, grant)) : false,
          manages: caller.may('account.manage', 'person', { everywhere: true }),
          firstAdministrator: !(await hasAdministrator(database)),
        },
        200,
      );
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/password',
      summary: 'Changes the own password; all other sessions end',
      request: { body: body(passwordRequest) },
      responses: { ...none, ...triedAnswers },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      const { current, password } = context.req.valid('json');
      const one = { email: person.email, address: addressOf(context) };
      if (await lockOf(database, one, now())) throw new Problem(429, 'Too many tries');
      const { internalAdapter, password: passwords } = await signIn.$context;
      const account = await internalAdapter.findCredentialAccount(person.id);
      if (!account?.password || !(await passwords.verify({ hash: account.password, password: current }))) {
        await noteFailure(database, one, now());
        throw new Problem(403, 'The password is another one');
      }
      await internalAdapter.updatePassword(person.id, await passwords.hash(password));
      await endSessions(database, person.id, sessionId);
      return context.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/purpose',
      summary: 'Says for what rows of persons are read, for the rest of the session',
      request: { body: body(purposeRequest) },
      responses: none,
    }),
    async (context) => {
      const { sessionId } = await ownSession(parts, context);
      await sayPurpose(database, sessionId, context.req.valid('json').purpose, now());
      return context.body(null, 204);
    },
  );
}

/** Some action with rows of persons is permitted to the role once a purpose is said. */
const readsPersons = (role: Role) =>
  permittedActions().some((action) => asksPurpose(action, 'person') && permissionOf(action)!.roles[role] === 'person');
