import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie } from 'hono/cookie';
import { permissionOf, permittedActions } from '#contracts/access/permissions.ts';
import { asksPurpose, roleIsAsked } from '#contracts/access/purposes.ts';
import { personRoles, type Role } from '#contracts/access/roles.ts';
import {
  accountRow,
  givenGrant,
  invitation,
  madeToken,
  me,
  newAccount,
  newGrant,
  newToken,
  passwordRequest,
  principalAnswer,
  principalRequest,
  purposeRequest,
  sessionRow,
  signInRequest,
  tokenRow,
  welcomeRequest,
} from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import {
  disableAccount,
  enableAccount,
  endSession,
  endSessions,
  findAccount,
  readAccounts,
  readSessions,
} from './accounts.ts';
import { giveGrant, hasAdministrator, readGrants, takeBackGrant } from './grants.ts';
import { giveBackInvitation, keepInvitation, useInvitation } from './invitations.ts';
import { knownPurpose, purposeOf, sayPurpose } from './purposes.ts';
import { type ResolveParts, resolvePrincipal, sessionOf } from './resolve.ts';
import { hashOf, newSecret } from './secret-text.ts';
import { keepToken, readTokens, revokeToken } from './tokens.ts';
import { forgetFailures, lockOf, noteFailure } from './tries.ts';

export interface IdentityParts extends ResolveParts {
  newId: () => string;
}

const json = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  description,
  content: { 'application/json': { schema } },
});
const body = <Schema extends z.ZodType>(schema: Schema) => ({
  required: true,
  content: { 'application/json': { schema } },
});
const idParams = z.object({ id: z.string().min(1).max(80) });
const none = { 204: { description: 'done' }, ...problemResponses };

/** The routes of sign-in, and of those who look after accounts. */
export function addIdentityRoutes(app: App, parts: IdentityParts): void {
  addOwn(app, parts);
  addAccounts(app, parts);
  addTokens(app, parts);
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/principal',
      summary: 'Who shows a cookie or a token; asked by the front door alone',
      request: { body: body(principalRequest) },
      responses: { 200: json('null: nobody', principalAnswer), ...problemResponses },
    }),
    async (context) =>
      context.json({ principal: (await resolvePrincipal(parts, context.req.valid('json'))) ?? null }, 200),
  );
}

/** What everybody does for himself. */
function addOwn(app: App, parts: IdentityParts): void {
  const { database, signIn, now } = parts;
  const cookieOf = (context: Context) => context.req.header('cookie');
  const own = async (context: Context) => {
    const session = await sessionOf(parts, cookieOf(context));
    if (!session) throw new Problem(401, 'Sign in first');
    return session;
  };

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/me',
      summary: 'Who asks, and with which roles',
      responses: { 200: json('who', me), ...problemResponses },
    }),
    async (context) => {
      const { caller } = context.var;
      const session = await sessionOf(parts, cookieOf(context));
      const kinds = {
        user: 'user',
        api_key: 'token',
        service_account: 'programme',
        unauthenticated: 'visitor',
      } as const;
      const grants = session ? await readGrants(database, session.person.id) : [];
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
      const session = await sessionOf(parts, cookieOf(context));
      if (session) await endSession(database, session.person.id, session.sessionId);
      const { name, attributes } = (await signIn.$context).authCookies.sessionToken;
      deleteCookie(context, name, { path: '/', secure: attributes.secure });
      return context.body(null, 204);
    },
  );

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/welcome',
      summary: 'Chooses a password by a one-time code; the first administrator says his name and address too',
      request: { body: body(welcomeRequest) },
      responses: { ...none, 403: { description: 'the code is none, was used, or is too old' } },
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
          userId = await makeUser(parts, { name, email });
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

  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/password',
      summary: 'Changes the own password; all other sessions end',
      request: { body: body(passwordRequest) },
      responses: none,
    }),
    async (context) => {
      const { person, sessionId } = await own(context);
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
      const { sessionId } = await own(context);
      await sayPurpose(database, sessionId, context.req.valid('json').purpose, now());
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
      const { person, sessionId } = await own(context);
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
      const { person } = await own(context);
      if (!(await endSession(database, person.id, context.req.valid('param').id))) throw unknown('session');
      return context.body(null, 204);
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/roles',
      summary: 'Which role may do which action, with data of which class',
      responses: {
        200: json(
          'by action',
          z.object({
            roles: z.array(z.string()),
            actions: z.record(z.string(), z.record(z.string(), z.enum(['public', 'aggregate', 'person']))),
          }),
        ),
        ...problemResponses,
      },
    }),
    (context) => {
      const actions = Object.fromEntries(
        permittedActions().map((action) => [action, { ...permissionOf(action)!.roles } as Record<string, 'public'>]),
      );
      return context.json({ roles: [...personRoles], actions }, 200);
    },
  );
}

/** Accounts, their roles and sessions. */
function addAccounts(app: App, parts: IdentityParts): void {
  const { database, now, newId } = parts;
  const account = async (id: string) => {
    const found = await findAccount(database, id);
    if (!found) throw unknown('account');
    return found;
  };
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
      responses: { 201: json('the code, shown this once', invitation), ...problemResponses },
    }),
    async (context) => {
      const { grants, ...person } = context.req.valid('json');
      const accountId = await makeUser(parts, person);
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
      responses: { 201: json('the code, shown this once', invitation), ...problemResponses },
    }),
    async (context) => context.json(await invite((await account(context.req.valid('param').id)).id), 201),
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
        const { id } = await account(context.req.valid('param').id);
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
      const { id } = await account(context.req.valid('param').id);
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
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/accounts/{id}/grants',
      summary: 'Gives a role in districts, areas and a time',
      request: { params: idParams, body: body(newGrant) },
      responses: { 201: json('the grant', givenGrant), ...problemResponses },
    }),
    async (context) => {
      const { id: accountId } = await account(context.req.valid('param').id);
      const grant = context.req.valid('json');
      const given = { id: newId(), accountId, givenBy: giver(context), now: now() };
      await giveGrant(database, given, grant);
      return context.json({ ...grant, id: given.id, givenBy: given.givenBy, givenAt: given.now.toISOString() }, 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/identity/grants/{id}',
      summary: 'Takes a role back',
      request: { params: z.object({ id: z.uuid() }) },
      responses: none,
    }),
    async (context) => {
      if (!(await takeBackGrant(database, context.req.valid('param').id, now()))) throw unknown('grant');
      return context.body(null, 204);
    },
  );
}

/** Tokens of feeds and integrations. */
function addTokens(app: App, { database, now, newId }: IdentityParts): void {
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/tokens',
      responses: { 200: json('newest first', z.array(tokenRow)), ...problemResponses },
    }),
    async (context) => context.json(await readTokens(database), 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/tokens',
      summary: 'Makes a token for a feed or an integration',
      request: { body: body(newToken) },
      responses: { 201: json('the token, shown this once', madeToken), ...problemResponses },
    }),
    async (context) => {
      const asked = context.req.valid('json');
      if (Date.parse(asked.expiresAt) <= now().getTime())
        throw new Problem(422, 'The request does not fit', {
          errors: [{ field: 'json.expiresAt', value: asked.expiresAt, reason: 'after now' }],
        });
      const token = newSecret('vx_');
      const id = newId();
      await keepToken(database, { id, hash: hashOf(token), madeBy: giver(context), now: now() }, asked);
      return context.json({ id, token }, 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/identity/tokens/{id}',
      request: { params: z.object({ id: z.uuid() }) },
      responses: none,
    }),
    async (context) => {
      if (!(await revokeToken(database, context.req.valid('param').id, now()))) throw unknown('token');
      return context.body(null, 204);
    },
  );
}

/** Some action with rows of persons is permitted to the role once a purpose is said. */
const readsPersons = (role: Role) =>
  permittedActions().some((action) => asksPurpose(action, 'person') && permissionOf(action)!.roles[role] === 'person');

/** A user of better-auth without a password yet. */
async function makeUser({ signIn }: IdentityParts, { name, email }: { name: string; email: string }): Promise<string> {
  const { internalAdapter } = await signIn.$context;
  if (await internalAdapter.findUserByEmail(email.toLowerCase()))
    throw new Problem(409, 'The address has an account already', {
      errors: [{ field: 'json.email', value: email, reason: 'must be new' }],
    });
  const user = await internalAdapter.createUser(
    { name, email: email.toLowerCase(), emailVerified: true },
    { method: 'admin' },
  );
  return user.id;
}

const giver = ({ var: { caller } }: Context): string => `${caller.actor?.authtype}:${caller.actor?.authid ?? ''}`;
const unknown = (what: string) => new Problem(404, `No such ${what}`);

/** Address that the front door saw; it writes the header anew. */
const addressOf = (context: Context) => context.req.header('x-forwarded-for')?.split(',')[0]?.trim() ?? 'unknown';

/** What better-auth notes of a session: address and device. No cookie: a new session begins. */
const signInHeaders = (context: Context, address: string) =>
  new Headers({ 'x-forwarded-for': address, 'user-agent': (context.req.header('user-agent') ?? '').slice(0, 200) });
