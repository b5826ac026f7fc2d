import type { Log } from './log.ts';
import { Pauses } from './pauses.ts';

/** What is announced after commits: how far, which areas were touched, and their figures, when they could be computed. */
export interface Announcement<Figure> {
  district: string;
  throughSequence: number;
  areaIds: string[];
  figures: Figure[];
}

export interface FigureAnnouncerOptions<Figure> {
  /** Figures of the touched areas and of everything above them, from the rows as they are now. */
  compute: (district: string, areaIds: string[]) => Promise<Figure[]>;
  /** Puts the announcement on the bus. */
  publish: (announcement: Announcement<Figure>) => void;
  log: Log;
  /** Least time between two announcements of one district. */
  intervalMs?: number;
}

interface Waiting {
  areaIds: Set<string>;
  throughSequence: number;
}

/**
 * Announces on the bus what is committed. The first commit after a quiet time is announced at once; later ones are folded into one announcement per
 * district and interval. While history is replayed the computing takes at most half of the time, because the pause is as long as the work.
 * `throughSequence` was committed before the figures were computed, so the figures hold at least that much.
 */
export class FigureAnnouncer<Figure> {
  private readonly options: FigureAnnouncerOptions<Figure>;
  private readonly intervalMs: number;
  private readonly waiting = new Map<string, Waiting>();
  private readonly busy = new Map<string, Promise<void>>();
  private readonly pauses = new Pauses();
  private stopped = false;

  constructor(options: FigureAnnouncerOptions<Figure>) {
    this.options = options;
    this.intervalMs = options.intervalMs ?? 250;
  }

  /** Called after a commit; returns at once. */
  touched(district: string, areaIds: Iterable<string>, throughSequence: number): void {
    if (this.stopped) return;
    const waiting = this.waiting.get(district) ?? { areaIds: new Set<string>(), throughSequence: 0 };
    for (const areaId of areaIds) waiting.areaIds.add(areaId);
    waiting.throughSequence = Math.max(waiting.throughSequence, throughSequence);
    this.waiting.set(district, waiting);
    if (!this.busy.has(district)) this.busy.set(district, this.run(district));
  }

  /** Waits for what is being computed; what is still folded is dropped: the rows hold it, and can be read. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.pauses.stop();
    await Promise.all(this.busy.values());
  }

  private async run(district: string): Promise<void> {
    for (;;) {
      const next = this.waiting.get(district);
      if (!next || this.stopped) break;
      this.waiting.delete(district);
      const start = performance.now();
      await this.announce(district, next);
      await this.pauses.pause(Math.max(this.intervalMs, performance.now() - start));
    }
    this.busy.delete(district);
  }

  private async announce(district: string, { areaIds, throughSequence }: Waiting): Promise<void> {
    const touched = [...areaIds];
    let figures: Figure[] = [];
    try {
      figures = await this.options.compute(district, touched);
    } catch (error) {
      // The commit is announced all the same: who listens can read the figures by HTTP.
      this.options.log.warn({ reason: (error as Error).message, district }, 'figures not computed');
    }
    try {
      this.options.publish({ district, throughSequence, areaIds: touched, figures });
    } catch (error) {
      this.options.log.warn({ err: error, district }, 'not announced');
    }
  }
}
