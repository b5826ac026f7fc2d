import { identityAccess } from '#contracts/access/identity.ts';
import { personParameter, personsIn } from '#contracts/access/persons.ts';
import { type App, assertAccessDeclared, createApp } from '#platform/app.ts';
import type { Books } from '#platform/audit.ts';
import type { EdgeOptions } from '#platform/edge.ts';
import type { Log } from '#platform/log.ts';
import type { Metrics } from '#platform/metrics.ts';
import type { Permit } from '#platform/permission.ts';
import { type AuditParts, addAuditRoutes } from './audit-routes.ts';
import type { IdentityParts } from './route-shapes.ts';
import { addIdentityRoutes } from './routes.ts';

/** Sign-in, accounts, roles and tokens as an app. */
export function createIdentity(
  options: IdentityParts &
    Partial<AuditParts> & { log: Log; metrics: Metrics; permit?: Permit; books?: Books; edge?: EdgeOptions },
): App {
  const { log, metrics, permit, books, edge, timeZone = 'Asia/Ho_Chi_Minh', ...parts } = options;
  const app = createApp({
    name: 'identity',
    edge,
    log,
    metrics,
    access: identityAccess,
    permit,
    // Lines of lists of persons come here from all services.
    bodyLimitBytes: 32 * 1024 * 1024,
    audit: books && { books, now: parts.now, personsIn, personParameter },
    ready: async () => {
      await parts.database.query('SELECT 1');
    },
  });
  addIdentityRoutes(app, parts);
  addAuditRoutes(app, { database: parts.database, now: parts.now, timeZone });
  assertAccessDeclared(app, identityAccess);
  return app;
}
