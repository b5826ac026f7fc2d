import type { LiveBatch } from '@vungxanh/services/contracts/live.ts';
import { type LineState, listen } from './connection.ts';
import { emptyWorld, fold, restart, settle, settleFigures, type World } from './world.ts';

/** The stream of the district that is looked at, and the world folded from it. */
export class Line {
  state = $state.raw<LineState | undefined>();
  world = $state.raw<World>(emptyWorld(''));
  /** Counts batches that brought figures. */
  figureBatches = $state(0);
  #end: (() => void) | undefined;

  /** `onReload`: everything has to be loaded again by REST; `onFiguresMissed`: only the figures. */
  connect(district: string, { onReload, onFiguresMissed }: Record<'onReload' | 'onFiguresMissed', () => void>) {
    this.close();
    this.world = emptyWorld(district);
    this.#end = listen({
      district,
      open: (url) => new EventSource(url),
      timers: { now: Date.now, later: (milliseconds, run) => void setTimeout(run, milliseconds) },
      onBatches: (batches) => this.#take(batches),
      onState: (state) => {
        this.state = state;
      },
      onReload: (throughSequence) => {
        if (throughSequence !== undefined) this.world = restart(this.world, throughSequence);
        onReload();
      },
      onFiguresMissed,
    });
  }

  #take(batches: LiveBatch[]) {
    this.world = batches.reduce(fold, this.world);
    if (batches.some((batch) => batch.figures.length)) this.figureBatches += 1;
  }

  /** Rows, or figures, were loaded again and hold everything up to the sequence. */
  settle(through: number) {
    this.world = settle(this.world, through);
  }
  settleFigures(through: number, loadedAsOf: string | undefined) {
    this.world = settleFigures(this.world, through, loadedAsOf);
    this.figureBatches += 1;
  }

  close() {
    this.#end?.();
    this.#end = undefined;
    this.state = undefined;
  }
}
