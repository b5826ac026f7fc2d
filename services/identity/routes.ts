import { createRoute } from '@hono/zod-openapi';
import { principalAnswer, principalRequest } from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { addAccountRoutes } from './account-routes.ts';
import { addGrantRoutes } from './grant-routes.ts';
import { addOwnAccountRoutes } from './own-account-routes.ts';
import { addPasskeyRoutes } from './passkey-routes.ts';
import { addProviderRoutes } from './provider-routes.ts';
import { resolvePrincipal } from './resolve.ts';
import { body, type IdentityParts, json } from './route-shapes.ts';
import { addSecondFactorRoutes } from './second-factor-routes.ts';
import { addSessionRoutes } from './session-routes.ts';
import { addTokenRoutes } from './token-routes.ts';
import { addWelcomeRoutes } from './welcome-routes.ts';

/** The routes of sign-in, and of those who look after accounts. */
export function addIdentityRoutes(app: App, parts: IdentityParts): void {
  addOwnAccountRoutes(app, parts);
  addSessionRoutes(app, parts);
  addWelcomeRoutes(app, parts);
  addAccountRoutes(app, parts);
  addGrantRoutes(app, parts);
  addTokenRoutes(app, parts);
  addSecondFactorRoutes(app, parts);
  addPasskeyRoutes(app, parts);
  addProviderRoutes(app, parts);
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
