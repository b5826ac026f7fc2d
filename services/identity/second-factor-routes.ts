import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  backupCodes,
  codeRequest,
  factorBegun,
  factorPolicy,
  factorRequest,
  ownFactor,
} from '#contracts/http/second-factor.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { endSessions, knownAccount, type Person } from './accounts.ts';
import { proveSession } from './begin-session.ts';
import { readGrants } from './grants.ts';
import { ownSession } from './own-session.ts';
import { countPasskeys, removePasskeysOf } from './passkeys.ts';
import { assertNotLocked, assertOwnPassword, wrongCode } from './proofs.ts';
import {
  addressOf,
  body,
  giver,
  type IdentityParts,
  idParams,
  json,
  none,
  triedAnswers,
  unknown,
} from './route-shapes.ts';
import {
  backupCodesLeft,
  beginFactor,
  confirmFactor,
  factorState,
  removeFactor,
  requiredRoles,
  requireFactorOf,
  roleCounts,
  useCode,
} from './second-factor.ts';
import { addressOfSecret } from './time-code.ts';

/** The second factor: the own one, which roles need one, and taking away that of who lost it. */
export function addSecondFactorRoutes(app: App, parts: IdentityParts): void {
  addOwn(app, parts);
  addPolicy(app, parts);
}

function addOwn(app: App, parts: IdentityParts): void {
  const { database, now } = parts;
  const codeOf = async (context: Context, person: Person, code: string) => {
    await assertNotLocked(parts, { email: person.email, address: addressOf(context) });
    const proof = await useCode(parts, person.id, code);
    if (!proof) throw await wrongCode(parts, context, person);
    return proof;
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/second-factor',
      summary: 'How the own account and session stand to the second factor',
      responses: { 200: json('state', ownFactor), ...problemResponses },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      const state = await factorState(database, person.id, sessionId);
      const grants = await readGrants(database, person.id);
      return context.json(
        {
          enrolled: state.enrolled,
          proven: state.proven,
          withheld: [...new Set(grants.filter((grant) => !roleCounts(state, grant)).map(({ role }) => role))],
          backupCodesLeft: await backupCodesLeft(database, person.id),
          passkeys: await countPasskeys(database, person.id),
        },
        200,
      );
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/second-factor',
      summary: 'Begins the enrolment of an authenticator application',
      request: { body: body(factorRequest) },
      responses: { 201: json('what the application needs, shown this once', factorBegun), ...triedAnswers },
    }),
    async (context) => {
      const { person } = await ownSession(parts, context);
      await assertOwnPassword(parts, context, person, context.req.valid('json').password);
      const secret = await beginFactor(parts, person.id);
      if (secret === undefined) throw new Problem(409, 'There is a second factor already');
      const address = addressOfSecret(secret, person.email);
      context.header('cache-control', 'no-store');
      return context.json({ address, secret: new URL(address).searchParams.get('secret')! }, 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/second-factor/confirm',
      summary: 'Ends the enrolment by a code of the application; all other sessions end',
      request: { body: body(codeRequest) },
      responses: {
        201: json('codes for who loses the application, shown this once', backupCodes),
        ...triedAnswers,
      },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      await assertNotLocked(parts, { email: person.email, address: addressOf(context) });
      const codes = await confirmFactor(parts, person.id, context.req.valid('json').code);
      if (!codes) throw await wrongCode(parts, context, person);
      await proveSession(database, sessionId, 'time-code', now());
      await endSessions(database, person.id, sessionId);
      context.header('cache-control', 'no-store');
      return context.json({ codes }, 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/second-factor/prove',
      summary: 'Shows a code in a session that was begun without one',
      request: { body: body(codeRequest) },
      responses: { ...none, ...triedAnswers },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      await proveSession(database, sessionId, await codeOf(context, person, context.req.valid('json').code), now());
      return context.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/second-factor/remove',
      summary: 'Takes the own application away, by a code of it',
      request: { body: body(codeRequest) },
      responses: { ...none, ...triedAnswers },
    }),
    async (context) => {
      const { person } = await ownSession(parts, context);
      await codeOf(context, person, context.req.valid('json').code);
      await removeFactor(database, person.id);
      return context.body(null, 204);
    },
  );
}

function addPolicy(app: App, parts: IdentityParts): void {
  const { database, now } = parts;
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/factor-policy',
      summary: 'Roles that count only with a second factor',
      responses: { 200: json('policy', factorPolicy), ...problemResponses },
    }),
    async (context) => context.json(factorPolicy.parse({ roles: await requiredRoles(database) }), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/factor-policy',
      summary: 'Says which roles count only with a second factor',
      request: { body: body(factorPolicy) },
      responses: none,
    }),
    async (context) => {
      await requireFactorOf(database, context.req.valid('json').roles, { by: giver(context), now: now() });
      return context.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/identity/accounts/{id}/second-factor',
      summary: 'Takes second factor and passkeys of an account away; its sessions end',
      request: { params: idParams },
      responses: none,
    }),
    async (context) => {
      const { id } = await knownAccount(database, context.req.valid('param').id);
      const had = await removeFactor(database, id);
      const keys = await removePasskeysOf(database, id);
      if (!had && keys === 0) throw unknown('second factor');
      await endSessions(database, id);
      return context.body(null, 204);
    },
  );
}
