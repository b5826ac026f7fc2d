import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  assertionResponse,
  creationOptions,
  newPasskey,
  passkeyRow,
  requestOptions,
} from '#contracts/http/passkeys.ts';
import { factorRequest } from '#contracts/http/second-factor.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { findAccount } from './accounts.ts';
import { beginSession, proveSession } from './begin-session.ts';
import { newChallenge, useChallenge } from './challenges.ts';
import { ownSession } from './own-session.ts';
import { findPasskey, keepPasskey, notePasskeyUse, readPasskeys, removePasskey } from './passkeys.ts';
import { assertNotLocked, assertOwnPassword } from './proofs.ts';
import { addressOf, body, type IdentityParts, json, none, triedAnswers, unknown } from './route-shapes.ts';
import { factorState } from './second-factor.ts';
import { noteFailure } from './tries.ts';
import {
  algorithms,
  challengeOf,
  type Expected,
  NotVerified,
  verifyAssertion,
  verifyRegistration,
} from './webauthn.ts';

const timeout = 300_000;

/** Passkeys: making one, signing in with one, the own ones. */
export function addPasskeyRoutes(app: App, parts: IdentityParts): void {
  addOwnPasskeys(app, parts);
  addPasskeySignIn(app, parts);
}

function addOwnPasskeys(app: App, parts: IdentityParts): void {
  const { database, now } = parts;
  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/passkeys',
      summary: 'The own passkeys',
      responses: { 200: json('oldest first', z.array(passkeyRow)), ...problemResponses },
    }),
    async (context) => {
      const { person } = await ownSession(parts, context);
      return context.json(await readPasskeys(database, person.id), 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/passkeys/options',
      summary: 'Begins to make a passkey',
      request: { body: body(factorRequest) },
      responses: { 200: json('for navigator.credentials.create', creationOptions), ...triedAnswers },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      const { enrolled, proven } = await factorState(database, person.id, sessionId);
      if (enrolled && !proven) throw new Problem(403, 'Show the second factor first');
      await assertOwnPassword(parts, context, person, context.req.valid('json').password);
      const { relyingParty } = expectedOf(context);
      const known = await readPasskeys(database, person.id);
      const challenge = await newChallenge(database, {
        purpose: 'passkey-registration',
        userId: person.id,
        now: now(),
      });
      return context.json(
        {
          challenge,
          rp: { id: relyingParty, name: 'Vùng Xanh' },
          user: { id: Buffer.from(person.id).toString('base64url'), name: person.email, displayName: person.name },
          pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key' as const, alg })),
          excludeCredentials: known.map(({ id }) => ({ type: 'public-key' as const, id })),
          authenticatorSelection: { residentKey: 'required' as const, userVerification: 'required' as const },
          attestation: 'none' as const,
          timeout,
        },
        200,
      );
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/passkeys',
      summary: 'Keeps a passkey that the browser made',
      request: { body: body(newPasskey) },
      responses: { 201: json('the passkey', passkeyRow), ...problemResponses },
    }),
    async (context) => {
      const { person, sessionId } = await ownSession(parts, context);
      const { name, ...made } = context.req.valid('json');
      const registered = await verified(async () => {
        const answered = await useChallenge(database, {
          challenge: challengeOf(made.response.clientDataJSON),
          purpose: 'passkey-registration',
          userId: person.id,
          now: now(),
        });
        if (!answered) throw new NotVerified('challenge');
        return verifyRegistration(made, expectedOf(context));
      });
      if (!registered) throw new Problem(422, 'The passkey cannot be verified');
      const at = now();
      if (!(await keepPasskey(database, { id: made.id, userId: person.id, name, now: at }, registered)))
        throw new Problem(409, 'The passkey is known already');
      await proveSession(database, sessionId, 'passkey', at);
      return context.json({ id: made.id, name, madeAt: at.toISOString(), lastUsedAt: null }, 201);
    },
  );
  app.openapi(
    createRoute({
      method: 'delete',
      path: '/api/identity/passkeys/{id}',
      summary: 'Takes one of the own passkeys away',
      request: { params: z.object({ id: z.string().min(1).max(1400) }) },
      responses: none,
    }),
    async (context) => {
      const { person } = await ownSession(parts, context);
      if (!(await removePasskey(database, person.id, context.req.valid('param').id))) throw unknown('passkey');
      return context.body(null, 204);
    },
  );
}

function addPasskeySignIn(app: App, parts: IdentityParts): void {
  const { database, now } = parts;
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/sign-in/passkey/options',
      summary: 'Begins to sign in with a passkey',
      responses: { 200: json('for navigator.credentials.get', requestOptions), ...triedAnswers },
    }),
    async (context) => {
      await assertNotLocked(parts, { address: addressOf(context) });
      const challenge = await newChallenge(database, { purpose: 'passkey-sign-in', now: now() });
      const { relyingParty } = expectedOf(context);
      return context.json({ challenge, rpId: relyingParty, userVerification: 'required' as const, timeout }, 200);
    },
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/sign-in/passkey',
      summary: 'Begins a session by a passkey',
      request: { body: body(assertionResponse) },
      responses: { ...none, ...triedAnswers, 401: { ...none[401], description: 'the passkey is nobody’s' } },
    }),
    async (context) => {
      const one = { address: addressOf(context) };
      await assertNotLocked(parts, one);
      const answer = context.req.valid('json');
      const userId = await verified(async () => {
        const challenge = challengeOf(answer.response.clientDataJSON);
        if (!(await useChallenge(database, { challenge, purpose: 'passkey-sign-in', now: now() })))
          throw new NotVerified('challenge');
        const known = await findPasskey(database, answer.id);
        if (!known) throw new NotVerified('nobody’s');
        const { userHandle } = answer.response;
        if (userHandle !== undefined && Buffer.from(userHandle, 'base64url').toString() !== known.userId)
          throw new NotVerified('another account');
        const signCount = verifyAssertion(answer, expectedOf(context), known);
        if (!(await notePasskeyUse(database, answer.id, { before: known.signCount, signCount, now: now() })))
          throw new NotVerified('count');
        return known.userId;
      });
      const person = userId === undefined ? undefined : await findAccount(database, userId);
      if (!person || person.disabledAt !== null) {
        await noteFailure(database, one, now());
        throw new Problem(401, 'The passkey is not valid here');
      }
      await beginSession(parts, context, person.id, 'passkey');
      return context.body(null, 204);
    },
  );
}

/** What was verified; undefined: it does not hold. */
async function verified<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotVerified) return undefined;
    throw error;
  }
}

/** The name by which the browser reached us, as the front door tells it: passkeys of another are not seen by it. */
function expectedOf(context: Context): Expected {
  const origin = context.var.publicOrigin ?? new URL(context.req.url).origin;
  return { origin, relyingParty: new URL(origin).hostname };
}
