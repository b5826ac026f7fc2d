import { identityAccess } from '#contracts/access/identity.ts';
import { type App, assertAccessDeclared, createApp } from '#platform/app.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Permit } from '#platform/permission.ts';
import { addIdentityRoutes, type IdentityParts } from './routes.ts';

/** Sign-in, accounts, roles and tokens as an app. */
export function createIdentity(options: IdentityParts & { log: Log; metrics: Metrics; permit?: Permit }): App {
  const { log, metrics, permit, ...parts } = options;
  const app = createApp({
    name: 'identity',
    log,
    metrics,
    access: identityAccess,
    permit,
    ready: async () => {
      await parts.database.query('SELECT 1');
    },
  });
  addIdentityRoutes(app, parts);
  assertAccessDeclared(app, identityAccess);
  return app;
}
