import type { App } from '#platform/app.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { ServiceParts } from '#platform/service.ts';
import { addCommandRoutes } from './commands-api.ts';
import { addReadRoutes } from './reads-api.ts';

/** All routes of epidemic. */
export function addEpidemicRoutes(app: App, parts: ServiceParts, projection: FollowedProjection): void {
  addReadRoutes(app, parts);
  addCommandRoutes(app, parts, projection);
}
