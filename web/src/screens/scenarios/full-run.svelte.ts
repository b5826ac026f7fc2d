import type { ScenarioRequest, ScenarioRun } from '@vungxanh/services/contracts/scenarios.ts';
import { HttpProblem } from '../../api/http.ts';
import { Resource } from '../../api/resource.svelte.ts';
import { errorsBelow } from './field-errors.ts';
import { cancelRun, fetchRun, fetchRuns, startComparison, watchRun } from './runs.ts';

const lastRunUnder = (district: string) => `vungxanh.scenarios.run.${district}`;

/** The run on the server that is looked at, how it goes on, and the district's others. */
export class FullRun {
  run = $state.raw<ScenarioRun | undefined>();
  problem = $state.raw<HttpProblem | undefined>();
  sending = $state(false);
  runs = new Resource<ScenarioRun[]>();
  /** Id of an earlier run that was opened again. */
  opened = $state<string | undefined>();
  #stopWatching: (() => void) | undefined;

  readonly running = $derived(this.run?.status === 'queued' || this.run?.status === 'running');

  async start(request: ScenarioRequest) {
    if (this.running || this.sending) return;
    this.sending = true;
    this.problem = undefined;
    try {
      this.follow(await startComparison(request));
    } catch (error) {
      this.problem = problemOf(error);
    } finally {
      this.sending = false;
    }
  }

  /** Shows a run, and how it goes on; it is then the last one that this browser worked with for the district. */
  follow(run: ScenarioRun, district = run.district) {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.run = run;
    this.problem = undefined;
    localStorage.setItem(lastRunUnder(district), run.id);
    const { cached } = run;
    if (run.endedAt && (run.comparison || run.status !== 'completed')) return;
    this.#stopWatching = watchRun(
      run.id,
      (told) => {
        this.run = { ...told, request: told.request ?? run.request, cached: cached || told.cached };
      },
      (error) => {
        this.problem = problemOf(error);
        this.run = undefined;
      },
    );
  }

  async cancel() {
    const { run } = this;
    if (!run) return;
    try {
      const cancelled = await cancelRun(run.id);
      this.#stopWatching?.();
      this.run = { ...run, ...cancelled };
    } catch (error) {
      this.problem = problemOf(error);
    }
  }

  /** Whether a run is the one that this very browser worked with last. */
  static isLast(district: string, id: string): boolean {
    return localStorage.getItem(lastRunUnder(district)) === id;
  }

  /** An earlier comparison, whole; undefined when it is none, or when it cannot be had (`problem` says why). */
  async fetch(id: string): Promise<(ScenarioRun & { request: ScenarioRequest }) | undefined> {
    try {
      const run = await fetchRun(id);
      const { request } = run;
      return run.kind === 'comparison' && request && 'scenarios' in request ? { ...run, request } : undefined;
    } catch (error) {
      this.problem = problemOf(error);
      return undefined;
    }
  }

  loadRuns(district: string) {
    return this.runs.load((signal) => fetchRuns(district, signal));
  }

  /** A field that was refused is touched: what was said of it is out of date. */
  touched(path: string) {
    const { problem } = this;
    if (!problem?.fields.length) return;
    const errors = problem.fields.filter((error) => Object.keys(errorsBelow([error], path)).length === 0);
    this.problem = errors.length
      ? new HttpProblem(problem.status, problem.message, { ...problem.body, errors })
      : undefined;
  }

  forget() {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.runs.clear();
    this.run = undefined;
    this.problem = undefined;
  }
}

const problemOf = (error: unknown): HttpProblem =>
  error instanceof HttpProblem ? error : new HttpProblem(0, String(error), {}, { cause: error });
