import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What each service counts. Names follow the Prometheus conventions: base unit in the name, `_total` for counters. */
export interface Metrics {
  registry: Registry;
  httpSeconds: Histogram<'method' | 'route' | 'status'>;
  projectedEvents: Counter<'projection' | 'stream'>;
  projectionLagEvents: Gauge<'projection' | 'stream'>;
  projectionBatchSeconds: Histogram<'projection'>;
  parkedEvents: Counter<'projection'>;
}

export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'vx_http_request_duration_seconds',
      help: 'Time to answer an HTTP request',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    projectedEvents: new Counter({
      name: 'vx_projected_events_total',
      help: 'Events committed to PostGIS',
      labelNames: ['projection', 'stream'],
      registers,
    }),
    projectionLagEvents: new Gauge({
      name: 'vx_projection_lag_events',
      help: 'Events in the journal not yet committed',
      labelNames: ['projection', 'stream'],
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
      help: 'Events moved to the dead-letter stream',
      labelNames: ['projection'],
      registers,
    }),
  };
}
