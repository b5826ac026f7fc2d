import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { providerAddress, providerName } from '#contracts/http/provider.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { beginSession } from './begin-session.ts';
import { newChallenge, useChallenge } from './challenges.ts';
import { accountOfClaims, giveClaimedRoles } from './claimed-account.ts';
import { assertNotLocked } from './proofs.ts';
import { type Begun, NotTaken, ProviderAway } from './provider.ts';
import { addressOf, type IdentityParts, json, triedAnswers } from './route-shapes.ts';
import { hashOf, newSecret } from './secret-text.ts';
import { noteFailure } from './tries.ts';

const callback = '/api/identity/sign-in/provider/callback';
const goodForSeconds = 600;

/** Signing in at an identity provider of others. */
export function addProviderRoutes(app: App, parts: IdentityParts): void {
  const { database, provider, now } = parts;

  app.openapi(
    createRoute({
      method: 'get',
      path: '/api/identity/provider',
      summary: 'The identity provider by which one may sign in',
      responses: { 200: json('its name; null: there is none', providerName), ...problemResponses },
    }),
    (context) => context.json({ name: provider?.settings.name ?? null }, 200),
  );
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/sign-in/provider',
      summary: 'Begins to sign in at the identity provider',
      responses: { 200: json('where the browser goes', providerAddress), ...triedAnswers },
    }),
    async (context) => {
      if (!provider) throw new Problem(404, 'There is no identity provider');
      await assertNotLocked(parts, { address: addressOf(context) });
      const origin = originOf(context);
      // Of the browser that begins: nobody is signed in by an answer that somebody else began.
      const browser = newSecret();
      const begun: Begun = { verifier: newSecret(), nonce: newSecret(), redirectUri: `${origin}${callback}` };
      const kept = { ...begun, browserHash: hashOf(browser) };
      const state = await newChallenge(database, { purpose: 'provider-sign-in', kept, now: now() });
      try {
        const address = await provider.address(begun, state);
        setCookie(context, cookieName(origin), browser, { ...cookieOptions(origin), maxAge: goodForSeconds });
        return context.json({ address }, 200);
      } catch (error) {
        if (!(error instanceof ProviderAway)) throw error;
        parts.noteProvider?.(error.message);
        throw new Problem(503, 'The identity provider does not answer', { headers: { 'retry-after': '5' } });
      }
    },
  );
  app.openapi(
    createRoute({
      method: 'get',
      path: callback,
      summary: 'Where the identity provider sends the browser back to',
      request: {
        query: z.object({
          code: z.string().max(4000).optional(),
          state: z.string().max(400).optional(),
          iss: z.string().max(1000).optional(),
          error: z.string().max(400).optional(),
        }),
      },
      responses: {
        303: { description: 'to the app: signed in, or with the reason in the address' },
        ...triedAnswers,
      },
    }),
    async (context) => {
      const origin = originOf(context);
      const browser = getCookie(context, cookieName(origin));
      deleteCookie(context, cookieName(origin), cookieOptions(origin));
      context.header('cache-control', 'no-store');
      const back = (refused?: 'provider' | 'provider-away' | 'provider-cancelled' | 'provider-no-account') =>
        context.redirect(refused ? `/#screen=account&refused=${refused}` : '/#screen=account', 303);
      const one = { address: addressOf(context) };
      await assertNotLocked(parts, one);
      try {
        const { code, state, iss, error } = context.req.valid('query');
        if (!provider || !state || !browser) throw new NotTaken('nothing was begun');
        const challenge = { challenge: state, purpose: 'provider-sign-in' as const, now: now() };
        const begun = (await useChallenge(database, challenge))?.kept as (Begun & { browserHash: string }) | undefined;
        if (!begun || begun.browserHash !== hashOf(browser)) throw new NotTaken('state');
        if (error !== undefined) return back('provider-cancelled');
        if (!code) throw new NotTaken('no code');
        const claimed = await provider.claimed(code, begun, iss);
        const person = await accountOfClaims(parts, provider.settings, claimed).catch((reason: unknown) => {
          if (reason instanceof NotTaken) parts.noteProvider?.(reason.message);
          else throw reason;
        });
        if (!person) return back('provider-no-account');
        await giveClaimedRoles(parts, provider.settings, person.id, claimed.values);
        await beginSession(parts, context, person.id, claimed.strong ? 'provider' : undefined);
        return back();
      } catch (error) {
        if (error instanceof ProviderAway) {
          parts.noteProvider?.(error.message);
          return back('provider-away');
        }
        if (!(error instanceof NotTaken)) throw error;
        parts.noteProvider?.(error.message);
        await noteFailure(database, one, now());
        return back('provider');
      }
    },
  );
}

/** By which the browser reached us, as the front door tells it. */
const originOf = (context: Context): string => context.var.publicOrigin ?? new URL(context.req.url).origin;
const cookieName = (origin: string): string => `${origin.startsWith('https:') ? '__Secure-' : ''}vung-xanh.provider`;
/** Lax: the provider's redirect, which comes from another site, brings it along. */
const cookieOptions = (origin: string) =>
  ({ path: callback, httpOnly: true, sameSite: 'Lax', secure: origin.startsWith('https:') }) as const;
