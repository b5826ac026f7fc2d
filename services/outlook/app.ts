import { mlAccess } from '#contracts/access/ml.ts';
import { type Committed, committedSubject } from '#contracts/live.ts';
import type { App } from '#platform/app.ts';
import type { FollowedProjection } from '#platform/projections.ts';
import type { Running } from '#platform/run.ts';
import type { ServiceDefinition, ServiceParts } from '#platform/service.ts';
import { Watcher } from '#platform/watcher.ts';
import { announceCommitted } from '../district/announce.ts';
import { addScenarioRoutes } from '../scenarios/api/scenarios.ts';
import { ScenarioRuns } from '../scenarios/scenario-runs.ts';
import { raiseClusters } from './clusters/raise-clusters.ts';
import { addClusterRoute } from './clusters/routes.ts';
import { forecastDistrict } from './forecast/forecast-district.ts';
import { addForecastRoutes } from './forecast/routes.ts';
import { NeighbourMemory } from './history/level-history.ts';
import { ModelMetrics } from './models/model-metrics.ts';
import { addModelRoutes } from './models/routes.ts';
import { mlProjection } from './projection.ts';
import { ContextMemory } from './risk/context.ts';
import { addRiskRoute } from './risk/routes.ts';
import { scoreDistrict } from './risk/score-district.ts';
import { addStatisticsRoute } from './statistics/routes.ts';
import { Thread } from './thread.ts';

interface Timing {
  forecastRestMs?: number;
  clusterRestMs?: number;
  /** least rest between two looks whether a run of "do nothing" is due; Infinity: none is kept */
  recordRestMs?: number;
}

/** The service as data: what it owns, what it follows, which routes it answers. main.ts and the tests start the same. */
export function ml(timing: Timing = {}): ServiceDefinition {
  return {
    name: 'ml',
    schema: 'ml',
    migrations: new URL('./migrations/', import.meta.url),
    access: mlAccess,
    compose: (parts) => ({
      projections: [
        mlProjection((district, areaIds, throughSequence) =>
          announceCommitted(parts.broker, { district, service: 'ml', throughSequence, areaIds: [...areaIds] }),
        ),
      ],
      build: (app, [projection]) => startWork(app, parts, projection!, timing),
    }),
  };
}

/** Adds the routes, and works on every district of which something new is announced. */
function startWork(app: App, parts: ServiceParts, projection: FollowedProjection, timing: Timing): Running {
  const { broker, database, log } = parts;
  // forecasts come every now and then: their thread gives its memory back at once
  const [quick, slow] = [new Thread(), new Thread(1000)];
  const memory = new NeighbourMemory();
  const contexts = new ContextMemory();
  const modelMetrics = new ModelMetrics(parts.metrics.registry, parts.now, {
    quick: () => quick.waitingCount,
    slow: () => slow.waitingCount,
  });
  const work = { ...parts, projection, memory, contexts, quick, slow, modelMetrics };
  /** Of several copies one says what is new of a district: whoever writes its rows. */
  const ifLeading = (say: (district: string) => Promise<number>) => (district: string) =>
    projection.leads(district) ? say(district) : Promise.resolve(0);
  /** Runs of scenarios begin after the routes; until then there is nobody to tell. */
  let recordDue: (district: string) => void = () => {};
  const forecasts = new Watcher({
    name: 'forecast',
    work: ifLeading((district) => forecastDistrict(work, district)),
    log,
    gatherMs: 500,
    restMs: timing.forecastRestMs ?? 20_000,
    quietRestMs: 1000,
    restShare: 2,
    retryMs: 5000,
  });
  const clusters = new Watcher({
    name: 'clusters',
    work: ifLeading((district) => raiseClusters(work, district)),
    log,
    gatherMs: 1000,
    restMs: timing.clusterRestMs ?? 5000,
    quietRestMs: timing.clusterRestMs ?? 5000,
    restShare: 6,
    retryMs: 5000,
  });
  const risks = new Watcher({
    name: 'risk',
    work: ifLeading(async (district) => {
      const events = await scoreDistrict(work, district);
      forecasts.notify(district);
      clusters.notify(district);
      recordDue(district);
      return events;
    }),
    log,
    gatherMs: 50,
    restMs: 900,
    quietRestMs: 900,
    restShare: 4,
    retryMs: 3000,
  });
  const listen = (service: string, notify: (district: string) => void) =>
    broker.connection.subscribe(committedSubject('*', service), {
      callback: (_error, message) => notify(message.json<Committed>().district),
    });
  const subscriptions = [
    listen('epidemic', (district) => risks.notify(district)),
    listen('economy', (district) => forecasts.notify(district)),
    listen('geography', (district) => {
      memory.forget(district);
      contexts.forget(district);
      risks.notify(district);
    }),
  ];
  addRiskRoute(app, work);
  addForecastRoutes(app, work);
  addModelRoutes(app, work, (district) => {
    risks.notify(district);
    forecasts.notify(district);
  });
  addStatisticsRoute(app, work);
  addClusterRoute(app, work);
  const scenarios = new ScenarioRuns(work);
  addScenarioRoutes(app, work, scenarios);
  void scenarios.resume();
  const recordRestMs = timing.recordRestMs ?? 60_000;
  const records = new Watcher({
    name: 'record of doing nothing',
    work: ifLeading((district) => scenarios.keepRecord(district)),
    log,
    gatherMs: 2000,
    restMs: recordRestMs,
    quietRestMs: recordRestMs,
    restShare: 10,
    retryMs: 60_000,
  });
  if (Number.isFinite(recordRestMs)) recordDue = (district) => records.notify(district);
  // What was committed while another copy led, which may have died before it said what is new.
  projection.onLead((district) => risks.notify(district));
  // What was committed while this service was away: announcements are not kept.
  void database
    .query<{ district: string }>('SELECT district FROM geography.published_districts')
    .then(({ rows }) => {
      for (const { district } of rows) risks.notify(district);
    })
    .catch((error) => log.warn({ reason: (error as Error).message }, 'districts not read at the start'));
  return {
    name: 'risk and forecasts',
    stop: async () => {
      for (const subscription of subscriptions) subscription.unsubscribe();
      await Promise.all([
        risks.stop(),
        forecasts.stop(),
        clusters.stop(),
        records.stop(),
        quick.stop(),
        slow.stop(),
        scenarios.stop(),
      ]);
    },
  };
}

export default ml;
