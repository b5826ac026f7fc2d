import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What each service counts. Names follow the Prometheus conventions: base unit in the name, `_total` for counters. */
export interface Metrics {
  registry: Registry;
  httpSeconds: Histogram<'method' | 'route' | 'status'>;
  /** Time until the journal has acknowledged all messages of a call. */
  publishSeconds: Histogram;
  /** Messages by what became of them: stored, duplicate, or why not. */
  published: Counter<'result'>;
  projectedEvents: Counter<'projection' | 'stream'>;
  projectionLagEvents: Gauge<'projection' | 'stream'>;
  projectionLagSeconds: Gauge<'projection' | 'stream'>;
  projectionBatchSeconds: Histogram<'projection'>;
  /** Moved since the start of the process. */
  parkedEvents: Counter<'projection'>;
  /** That lie there now. */
  parkedNow: Gauge<'projection'>;
  /** Events that are of a newer version than this programme knows: 1 while a projection stands back for them. */
  projectionStandsBack: Gauge<'projection' | 'stream'>;
}

/** Gauges that the library names as counters: `promtool check metrics` refuses them, and the ones by type beside them say the same. */
const misnamed = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const registers = [registry];
  const byStream = ['projection', 'stream'] as const;
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'vx_http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    publishSeconds: new Histogram({
      name: 'vx_publish_acknowledgement_seconds',
      help: 'Time until the journal acknowledged, or refused, all messages of a call',
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    published: new Counter({
      name: 'vx_published_messages_total',
      help: 'Messages sent to the journal, by what became of them',
      labelNames: ['result'],
      registers,
    }),
    projectedEvents: new Counter({
      name: 'vx_projected_events_total',
      help: 'Events committed to PostGIS',
      labelNames: byStream,
      registers,
    }),
    projectionLagEvents: new Gauge({
      name: 'vx_projection_lag_events',
      help: 'Events in the journal not yet committed, asked of the journal itself',
      labelNames: byStream,
      registers,
    }),
    projectionLagSeconds: new Gauge({
      name: 'vx_projection_lag_seconds',
      help: 'How long the oldest event that is not yet committed has stood in the journal; 0 when none does',
      labelNames: byStream,
      registers,
    }),
    projectionBatchSeconds: new Histogram({
      name: 'vx_projection_batch_seconds',
      help: 'Time of one projection transaction',
      labelNames: ['projection'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    parkedEvents: new Counter({
      name: 'vx_parked_events_total',
      help: 'Events moved to the dead-letter stream since the start',
      labelNames: ['projection'],
      registers,
    }),
    parkedNow: new Gauge({
      name: 'vx_parked_events',
      help: 'Events that lie in the dead-letter stream now',
      labelNames: ['projection'],
      registers,
    }),
    projectionStandsBack: new Gauge({
      name: 'vx_projection_stands_back',
      help: '1 while a projection waits before an event of a newer version than this programme knows',
      labelNames: byStream,
      registers,
    }),
  };
}
