import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { DrillState } from '#contracts/http/drill.ts';
import { type Gateway, GatewayError } from '#platform/gateway.ts';
import type { Log } from '#platform/log.ts';
import type { Exercise } from './district7-wave.ts';
import type { Progress, ProgressFile } from './progress-file.ts';
import type { DrillEvent } from './simulation/simulate-wave.ts';

/** One simulated day in four seconds. */
export const defaultSpeed = 86_400 / 4;
const batchLimit = 2500;
const tickMs = 250;

export interface PlayerOptions {
  exercise: Exercise;
  /** `signal` ends the waiting for a product that does not answer. */
  gateway: (signal: AbortSignal, onRetry: (reason: string) => void) => Gateway;
  file: ProgressFile;
  log: Log;
  /** Milliseconds that only go forward. */
  elapsedMs: () => number;
}

/** Plays an exercise through the product's own door, at a speed, and remembers how far it has come. */
export class Player {
  private readonly options: PlayerOptions;
  private progress: Progress;
  private play: { done: Promise<void>; stop: AbortController } | undefined;
  private waitingFor: string | undefined;

  constructor(options: PlayerOptions) {
    this.options = options;
    this.progress = options.file.read() ?? this.beginning('stopped');
  }

  state(): DrillState {
    const { mode, clock, speed, index } = this.progress;
    const { from, to, registration, prefillUntil } = this.options.exercise;
    return {
      running: mode === 'running' || mode === 'paused',
      paused: mode === 'paused',
      finished: mode === 'finished',
      prefilling: mode === 'running' && clock < prefillUntil,
      speed,
      clock: new Date(clock).toISOString(),
      from,
      to,
      district: registration.districtId,
      sent: index,
      ...(this.waitingFor ? { waitingFor: this.waitingFor } : {}),
    };
  }

  /** From the beginning. One that is over has to be thrown away first: its district holds it whole. */
  start(speed = this.progress.speed): void {
    if (this.progress.mode !== 'stopped') return;
    this.progress = this.beginning('running');
    this.save({ speed });
    this.begin();
  }

  /** After a restart of the service: what ran goes on, what was paused waits, what was stopped stays so. */
  wake(): void {
    if (this.progress.mode === 'running' || this.progress.mode === 'paused') this.begin();
  }

  pause(): void {
    if (this.progress.mode === 'running') this.save({ mode: 'paused' });
  }

  resume(): void {
    if (this.progress.mode === 'paused') this.save({ mode: 'running' });
  }

  setSpeed(speed: number): void {
    this.save({ speed });
  }

  /** Ends the exercise and throws its district away: journal and rows. */
  async stop(): Promise<void> {
    await this.rest();
    this.progress = this.beginning('stopped');
    this.save({});
    const once = this.options.gateway(AbortSignal.timeout(20_000), () => {});
    await once.remove(`/api/districts/${this.options.exercise.registration.districtId}`);
  }

  /** Ends the playing, keeps the place. */
  async rest(): Promise<void> {
    this.play?.stop.abort();
    await this.play?.done;
    this.play = undefined;
  }

  private beginning(mode: Progress['mode']): Progress {
    const clock = Date.parse(`${this.options.exercise.from}T00:00:00Z`);
    return { mode, index: 0, clock, speed: this.progress?.speed ?? defaultSpeed };
  }

  private begin(): void {
    if (this.play) return;
    const stop = new AbortController();
    const done = this.run(stop.signal).catch((error) => {
      if (stop.signal.aborted) return;
      this.waitingFor = (error as Error).message;
      this.options.log.error({ err: error }, 'the exercise stands still');
      this.save({ mode: 'paused' });
      this.play = undefined;
    });
    this.play = { done, stop };
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { log } = this.options;
    const gateway = this.options.gateway(signal, (reason) => {
      this.waitingFor = reason;
    });
    await this.openDistrict(gateway);
    const events = await this.remaining(signal);
    let next = events.next();
    while (!next.done && !signal.aborted) {
      const until = await this.nextMoment(signal);
      const batch: DrillEvent[] = [];
      while (!next.done && next.value.at <= until && batch.length < batchLimit) {
        batch.push(next.value);
        next = events.next();
      }
      if (batch.length) await this.send(gateway, batch, signal);
      // The clock never runs ahead of what was acknowledged.
      const more = !next.done && next.value.at <= until;
      this.save({ clock: more || next.done ? (batch.at(-1)?.at ?? this.progress.clock) : until });
    }
    if (signal.aborted) return;
    log.info({ sent: this.progress.index }, 'the exercise is over');
    this.save({ mode: 'finished' });
    this.play = undefined;
  }

  private get prefilling(): boolean {
    return this.progress.clock < this.options.exercise.prefillUntil;
  }

  /** Waits for the next moment to send, and says up to which time of the exercise. */
  private async nextMoment(signal: AbortSignal): Promise<number> {
    const { elapsedMs, exercise } = this.options;
    const pause = (ms: number) => sleep(ms, undefined, { signal }).catch(() => {});
    while (this.progress.mode === 'paused' && !signal.aborted) await pause(100);
    if (this.prefilling) {
      await nextTurn();
      return exercise.prefillUntil;
    }
    const before = elapsedMs();
    await pause(tickMs);
    // A machine that slept does not catch up in one leap.
    const elapsed = Math.min(1000, elapsedMs() - before);
    return this.progress.clock + (this.progress.mode === 'paused' ? 0 : elapsed * this.progress.speed);
  }

  /** The journal knows best whether the district is there: the rows may be behind. A new journal starts the exercise anew. */
  private async openDistrict(gateway: Gateway): Promise<void> {
    try {
      await gateway.post('/api/districts', this.options.exercise.registration);
      if (this.progress.index > 0)
        this.progress = { ...this.beginning(this.progress.mode), speed: this.progress.speed };
    } catch (error) {
      if (!(error instanceof GatewayError && error.status === 409)) throw error;
    }
    this.waitingFor = undefined;
  }

  /** The stream from where the journal ends. Skipping lets other work in between. */
  private async remaining(signal: AbortSignal): Promise<Iterator<DrillEvent>> {
    const events = this.options.exercise.events()[Symbol.iterator]();
    for (let skipped = 0; skipped < this.progress.index && !signal.aborted; skipped++) {
      events.next();
      if (skipped % 500 === 0) await nextTurn();
    }
    return events;
  }

  private async send(gateway: Gateway, batch: DrillEvent[], signal: AbortSignal): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      const { rejected } = await gateway.sendEvents(batch.map(({ event }) => event));
      this.waitingFor = undefined;
      // The door hears of a new district a moment after it is there.
      const unknown = rejected.find(({ field }) => field === 'district');
      if (unknown && attempt < 40) {
        await sleep(250, undefined, { signal });
        continue;
      }
      if (unknown) throw new Error(`district ${unknown.value}: ${unknown.reason}`);
      // Our own events must fit: a refusal is a defect, told and passed over so that the exercise goes on.
      if (rejected.length)
        this.options.log.error({ rejected: rejected.slice(0, 5) }, 'events of the exercise were refused');
      this.progress = { ...this.progress, index: batch.at(-1)!.index + 1 };
      return;
    }
  }

  private save(change: Partial<Progress>): void {
    this.progress = { ...this.progress, ...change };
    this.options.file.write(this.progress);
  }
}
