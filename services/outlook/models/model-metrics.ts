import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

interface Said {
  abstention?: { reason: string };
  card?: Record<string, unknown>;
}

interface Track {
  of: number;
  held50: number;
  held95: number;
}

/**
 * What each model did, for /metrics. `model` is forecast or risk, `target` what it is of. Times are instants of our own clock: the age of the last run is
 * time() - vx_model_last_run_timestamp_seconds.
 */
export class ModelMetrics {
  private readonly lastRun: Gauge<'model' | 'district' | 'target'>;
  private readonly seconds: Histogram<'model' | 'target'>;
  private readonly runs: Counter<'model' | 'target' | 'outcome'>;
  private readonly areas: Gauge<'model' | 'district' | 'target'>;
  private readonly withheld: Gauge<'model' | 'district' | 'target' | 'reason'>;
  private readonly relative: Gauge<'model' | 'district' | 'target'>;
  private readonly coverage: Gauge<'district' | 'target' | 'weeks' | 'band'>;
  private readonly scored: Gauge<'district' | 'target' | 'weeks'>;
  private readonly now: () => Date;
  private readonly reasons = new Map<string, Set<string>>();

  constructor(registry: Registry, now: () => Date, waiting: Record<string, () => number>) {
    this.now = now;
    const registers = [registry];
    const labelNames = ['model', 'district', 'target'] as const;
    this.lastRun = new Gauge({
      name: 'vx_model_last_run_timestamp_seconds',
      help: 'When a model last ran to its end',
      labelNames,
      registers,
    });
    this.seconds = new Histogram({
      name: 'vx_model_run_seconds',
      help: 'Time of a run, waiting for the thread included',
      labelNames: ['model', 'target'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 120],
      registers,
    });
    this.runs = new Counter({
      name: 'vx_model_runs_total',
      help: 'Runs of a model',
      labelNames: ['model', 'target', 'outcome'],
      registers,
    });
    this.areas = new Gauge({
      name: 'vx_model_areas',
      help: 'Areas with an answer in the last run',
      labelNames,
      registers,
    });
    this.withheld = new Gauge({
      name: 'vx_model_abstentions',
      help: 'Areas of the last run that abstained, by reason',
      labelNames: [...labelNames, 'reason'],
      registers,
    });
    this.relative = new Gauge({
      name: 'vx_model_relative_score',
      help: "Score of the last card over its baseline's on recent data (WIS; ranked probability score for risk); below 1 is better",
      labelNames,
      registers,
    });
    this.coverage = new Gauge({
      name: 'vx_model_band_coverage_ratio',
      help: 'Of the last issued and settled bands of the district, the share that held',
      labelNames: ['district', 'target', 'weeks', 'band'],
      registers,
    });
    this.scored = new Gauge({
      name: 'vx_model_bands_scored',
      help: 'Issued bands of the district that are settled, at most 40',
      labelNames: ['district', 'target', 'weeks'],
      registers,
    });
    new Gauge({
      name: 'vx_model_thread_waiting',
      help: 'Questions that a thread has not answered',
      labelNames: ['thread'],
      registers,
      collect() {
        for (const [thread, count] of Object.entries(waiting)) this.set({ thread }, count());
      },
    });
  }

  /** Runs a model and counts what came of it. */
  async timed<Answer extends Said>(
    model: string,
    district: string,
    target: string,
    run: () => Promise<Answer[]>,
  ): Promise<Answer[]> {
    const start = performance.now();
    try {
      const answers = await run();
      this.runs.inc({ model, target, outcome: 'done' });
      this.ran({ model, district, target }, answers);
      return answers;
    } catch (error) {
      this.runs.inc({ model, target, outcome: 'failed' });
      throw error;
    } finally {
      this.seconds.observe({ model, target }, (performance.now() - start) / 1000);
    }
  }

  /** What became of issued forecasts of the whole district, by week ahead. */
  settled(district: string, target: string, byWeek: readonly (Track & { weeks: number })[]): void {
    for (const { weeks, of, held50, held95 } of byWeek) {
      this.scored.set({ district, target, weeks }, of);
      if (of === 0) continue;
      this.coverage.set({ district, target, weeks, band: '50' }, held50 / of);
      this.coverage.set({ district, target, weeks, band: '95' }, held95 / of);
    }
  }

  private ran(labels: { model: string; district: string; target: string }, answers: readonly Said[]): void {
    this.lastRun.set(labels, this.now().getTime() / 1000);
    const counts = new Map<string, number>();
    for (const { abstention } of answers)
      if (abstention) counts.set(abstention.reason, (counts.get(abstention.reason) ?? 0) + 1);
    const withheld = [...counts.values()].reduce((a, b) => a + b, 0);
    this.areas.set(labels, answers.length - withheld);
    const key = Object.values(labels).join(' ');
    const before = this.reasons.get(key) ?? new Set();
    for (const reason of before) if (!counts.has(reason)) this.withheld.set({ ...labels, reason }, 0);
    for (const [reason, count] of counts) this.withheld.set({ ...labels, reason }, count);
    this.reasons.set(key, new Set([...before, ...counts.keys()]));
    const relative = relativeScore(answers.find(({ card }) => card !== undefined)?.card);
    if (relative !== undefined) this.relative.set(labels, relative);
  }
}

function relativeScore(card: Record<string, unknown> | undefined): number | undefined {
  const recent = card?.recent as { relativeWis?: number } | null | undefined;
  const value = recent?.relativeWis ?? card?.relativeScore;
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
