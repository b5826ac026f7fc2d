import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** What is counted of scenario runs. */
export interface ScenarioMeters {
  ended: (kind: string, status: string) => void;
  ran: (kind: string, seconds: number) => void;
  fitted: (seconds: number) => void;
}

export function scenarioMeters(registry: Registry, queueLength: () => number): ScenarioMeters {
  const registers = [registry];
  const runs = new Counter({
    name: 'vx_scenario_runs_total',
    help: 'Scenario runs by how they stand: requested, cached, completed, cancelled, failed',
    labelNames: ['kind', 'status'],
    registers,
  });
  const buckets = [0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180];
  const seconds = new Histogram({
    name: 'vx_scenario_run_seconds',
    help: 'Time to compute a scenario run, waiting apart',
    labelNames: ['kind'],
    buckets,
    registers,
  });
  const fits = new Histogram({
    name: 'vx_scenario_fit_seconds',
    help: 'Time to fit a model of a district',
    buckets,
    registers,
  });
  new Gauge({
    name: 'vx_scenario_queue_length',
    help: 'Scenario runs that wait for their turn',
    registers,
    collect() {
      this.set(queueLength());
    },
  });
  return {
    ended: (kind, status) => runs.inc({ kind, status }),
    ran: (kind, duration) => seconds.observe({ kind }, duration),
    fitted: (duration) => fits.observe(duration),
  };
}
