import { createRoute, z } from '@hono/zod-openapi';
import { madeToken, newToken, tokenRow } from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { Problem } from '#platform/problem.ts';
import { body, giver, type IdentityParts, json, none, unknown } from './route-shapes.ts';
import { hashOf, newSecret } from './secret-text.ts';
import { keepToken, readTokens, revokeToken } from './tokens.ts';

/** Tokens of feeds and integrations. */
export function addTokenRoutes(app: App, { database, now, newId }: IdentityParts): void {
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
