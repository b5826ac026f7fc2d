import { type District, joinPaths, type Paths, type RunSettings, type Scenario } from '@vungxanh/ml/scenario';
import { type FromWorker, partsOf, type ToWorker } from './quick-task.ts';

/** As much of a Worker as is needed, so that tests need none. */
export interface PathWorker {
  postMessage(message: ToWorker): void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
  terminate(): void;
}

export interface QuickRun {
  /** The place on the screen that the run is for: a newer run for it takes over, an older one ends unseen. */
  place: string;
  scenario: Scenario;
  run: RunSettings;
  done: (paths: Paths) => void;
  failed: (reason: string) => void;
}

interface Running extends QuickRun {
  number: number;
  waiting: { first: number; count: number }[];
  arrived: { first: number; paths: Paths }[];
}

/** Runs scenarios in workers, a few paths at a time; newest wishes first served, and only whole runs told. */
export class QuickRuns {
  #workers: { worker: PathWorker; busyWith: number | undefined }[];
  #runs: Running[] = [];
  #count = 0;

  constructor(makeWorker: () => PathWorker, workers: number) {
    this.#workers = Array.from({ length: workers }, () => ({ worker: makeWorker(), busyWith: undefined }));
    for (const slot of this.#workers) {
      slot.worker.onmessage = ({ data }) => this.#hear(slot, data);
      slot.worker.onerror = ({ message }) =>
        this.#hear(slot, { task: slot.busyWith ?? -1, failure: message || 'the worker did not start' });
    }
  }

  /** From now on runs are of this district; what was running before is dropped. */
  setDistrict(district: District) {
    this.#runs = [];
    for (const { worker } of this.#workers) worker.postMessage({ say: 'district', district });
  }

  start(wanted: QuickRun) {
    this.#count += 1;
    this.#runs = [
      { ...wanted, number: this.#count, waiting: partsOf(wanted.run.paths), arrived: [] },
      ...this.#runs.filter(({ place }) => place !== wanted.place),
    ];
    this.#hand();
  }

  drop(place: string) {
    this.#runs = this.#runs.filter((run) => run.place !== place);
  }

  close() {
    this.#runs = [];
    for (const { worker } of this.#workers) worker.terminate();
  }

  #hand() {
    for (const slot of this.#workers) {
      if (slot.busyWith !== undefined) continue;
      const next = this.#runs.find(({ waiting }) => waiting.length);
      if (!next) return;
      const part = next.waiting.shift()!;
      slot.busyWith = next.number;
      slot.worker.postMessage({ say: 'run', task: next.number, scenario: next.scenario, run: next.run, ...part });
    }
  }

  #hear(slot: { busyWith: number | undefined }, answer: FromWorker) {
    slot.busyWith = undefined;
    const run = this.#runs.find(({ number }) => number === answer.task);
    if (run && 'failure' in answer) {
      this.drop(run.place);
      run.failed(answer.failure);
    } else if (run && 'paths' in answer) {
      run.arrived.push(answer);
      const paths = run.arrived.reduce((sum, part) => sum + part.paths.paths, 0);
      if (paths === run.run.paths) {
        this.drop(run.place);
        const parts = run.arrived.toSorted((a, b) => a.first - b.first).map((part) => part.paths);
        run.done(joinPaths(parts, run.run, answer.paths.wards));
      }
    }
    this.#hand();
  }
}

/** One core is left to the page itself; more than four bring nothing to 200 paths. */
export const workersFor = (cores: number | undefined): number =>
  Math.min(4, Math.max(1, (cores ?? 2) > 2 ? (cores ?? 2) - 1 : 2));
