import { createRoute, z } from '@hono/zod-openapi';
import { permissionOf, permittedActions } from '#contracts/access/permissions.ts';
import { personRoles } from '#contracts/access/roles.ts';
import { givenGrant, newGrant } from '#contracts/http/identity.ts';
import { problemResponses } from '#contracts/http.ts';
import type { App } from '#platform/app.ts';
import { knownAccount } from './accounts.ts';
import { giveGrant, takeBackGrant } from './grants.ts';
import { body, giver, type IdentityParts, idParams, json, none, unknown } from './route-shapes.ts';

/** Which role may do what, and roles that are given and taken back. */
export function addGrantRoutes(app: App, { database, now, newId }: IdentityParts): void {
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
  app.openapi(
    createRoute({
      method: 'post',
      path: '/api/identity/accounts/{id}/grants',
      summary: 'Gives a role in districts, areas and a time',
      request: { params: idParams, body: body(newGrant) },
      responses: { 201: json('the grant', givenGrant), ...problemResponses },
    }),
    async (context) => {
      const { id: accountId } = await knownAccount(database, context.req.valid('param').id);
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
