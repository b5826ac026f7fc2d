import { type Committed, committedSubject } from '#contracts/live.ts';
import type { App } from '#platform/app.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { Watcher } from '#platform/watcher.ts';
import { announceCommitted } from '../district/announce.ts';
import { levelsAccess } from './access.ts';
import { assessDistrict } from './assess-district.ts';
import { levelsProjection } from './projection.ts';
import { addDeclarationRoutes } from './routes/declarations.ts';
import { addLevelRoutes } from './routes/levels.ts';
import { addPolicyRoutes } from './routes/policies.ts';

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function levelsService({ restMs = 2000 }: { restMs?: number } = {}): ServiceDefinition {
  return {
    name: 'levels',
    schema: 'levels',
    migrations: new URL('./migrations/', import.meta.url),
    access: levelsAccess,
    compose: (parts) => ({
      projections: [
        levelsProjection((district, areaIds, throughSequence) =>
          announceCommitted(parts.broker, { district, service: 'levels', throughSequence, areaIds: [...areaIds] }),
        ),
      ],
      build: (app, [projection]) => startWork(app, parts, projection!, restMs),
    }),
  };
}

/** Adds the routes, and computes the levels of a district anew when its cases, people or risk have changed. */
function startWork(app: App, parts: ServiceParts, projection: FollowedProjection, restMs: number): Running {
  const { broker, log } = parts;
  const work = { ...parts, projection };
  const assessments = new Watcher({
    name: 'levels',
    // Of several copies one says what is new of a district: whoever writes its rows.
    work: (district) => (projection.leads(district) ? assessDistrict(work, district) : Promise.resolve(0)),
    log,
    gatherMs: 200,
    restMs,
    quietRestMs: restMs,
    restShare: 6,
    retryMs: 5000,
  });
  const subscriptions = ['epidemic', 'geography', 'levels'].map((service) =>
    broker.connection.subscribe(committedSubject('*', service), {
      callback: (_error, message) => assessments.notify(message.json<Committed>().district),
    }),
  );
  addLevelRoutes(app, work);
  addDeclarationRoutes(app, work);
  addPolicyRoutes(app, work);
  projection.onLead((district) => assessments.notify(district));
  return {
    name: 'assessments of levels',
    stop: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      await assessments.stop();
    },
  };
}

export default () => levelsService();
