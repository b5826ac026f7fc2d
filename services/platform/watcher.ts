import type { Log } from '#platform/log.ts';
import { Pauses } from '#platform/pauses.ts';

export interface WatcherOptions {
  /** the work that follows a change; its number of events is logged */
  work: (district: string) => Promise<number>;
  log: Log;
  name: string;
  /** after a change, how long to wait for what comes with it */
  gatherMs: number;
  /** least rest after the work of a district; while a flood comes in, the rest is `restShare` times the work */
  restMs: number;
  restShare: number;
  /** rest after work that had nothing to say */
  quietRestMs: number;
  retryMs: number;
}

interface District {
  changed: boolean;
  running: Promise<void> | undefined;
}

/** Turns announced changes of districts into work: one at a time a district, never polled, and at rest most of the time while a flood comes in. */
export class Watcher {
  private readonly options: WatcherOptions;
  private readonly districts = new Map<string, District>();
  private readonly pauses = new Pauses();
  private stopped = false;

  constructor(options: WatcherOptions) {
    this.options = options;
  }

  /** Returns at once. */
  notify(name: string): void {
    if (this.stopped) return;
    const district = this.districts.get(name) ?? { changed: false, running: undefined };
    this.districts.set(name, district);
    district.changed = true;
    district.running ??= this.run(name, district);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.pauses.stop();
    await Promise.all([...this.districts.values()].map(({ running }) => running));
  }

  private async run(name: string, district: District): Promise<void> {
    const { work, log, gatherMs, restMs, restShare, quietRestMs, retryMs } = this.options;
    await this.pauses.pause(gatherMs);
    while (district.changed && !this.stopped) {
      district.changed = false;
      const start = performance.now();
      let rest = restMs;
      try {
        const events = await work(name);
        const took = performance.now() - start;
        rest = Math.max(events > 0 ? restMs : quietRestMs, restShare * took);
        if (events > 0)
          log.debug({ district: name, work: this.options.name, events, ms: Math.round(took) }, 'said what is new');
      } catch (error) {
        if ((error as { status?: number }).status === 404) break;
        log.warn({ district: name, work: this.options.name, reason: (error as Error).message }, 'tries again');
        district.changed = true;
        rest = retryMs;
      }
      await this.pauses.pause(rest);
    }
    district.running = undefined;
    if (district.changed && !this.stopped) district.running = this.run(name, district);
  }
}
