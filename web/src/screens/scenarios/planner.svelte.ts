import type { ScenarioRun } from '@vungxanh/services/contracts/scenarios.ts';
import { createContext } from 'svelte';
import { HttpProblem } from '../../api/http.ts';
import { formOf, type PlanForm, planRequestOf, readForm, usualForm } from './plan-form.ts';
import { cancelRun, fetchRun, startPlan, watchRun } from './runs.ts';

const keptUnder = (district: string) => `vungxanh.plan.${district}`;

/** The search for a plan: what is wanted, and how the search goes. */
export class Planner {
  #district: string | undefined;
  form = $state<PlanForm>({});
  run = $state.raw<ScenarioRun | undefined>();
  problem = $state.raw<HttpProblem | undefined>();
  sending = $state(false);
  #stopWatching: (() => void) | undefined;
  readonly searching = $derived(this.sending || this.run?.status === 'queued' || this.run?.status === 'running');

  open(district: string, cuts: readonly number[]) {
    if (district === this.#district) return;
    this.#stopWatching?.();
    this.#district = district;
    this.run = undefined;
    this.problem = undefined;
    this.form = readForm(localStorage.getItem(keptUnder(district))) ?? usualForm(cuts);
  }

  keep() {
    if (this.#district) localStorage.setItem(keptUnder(this.#district), JSON.stringify(this.form));
  }

  async start(asOf: string) {
    if (!this.#district || this.searching) return;
    this.sending = true;
    this.problem = undefined;
    try {
      this.follow(await startPlan(planRequestOf($state.snapshot(this.form), this.#district, asOf)));
    } catch (error) {
      this.problem = error instanceof HttpProblem ? error : new HttpProblem(0, String(error));
    } finally {
      this.sending = false;
    }
  }

  follow(run: ScenarioRun) {
    this.#stopWatching?.();
    this.run = run;
    if (run.endedAt && (run.plan || run.status !== 'completed')) return;
    this.#stopWatching = watchRun(
      run.id,
      (told) => {
        this.run = { ...told, request: told.request ?? run.request };
      },
      (error) => {
        this.run = undefined;
        this.problem = error instanceof HttpProblem ? error : new HttpProblem(0, String(error));
      },
    );
  }

  async cancel() {
    if (!this.run) return;
    const cancelled = await cancelRun(this.run.id).catch(() => undefined);
    if (!cancelled) return;
    this.#stopWatching?.();
    this.run = { ...this.run, ...cancelled };
  }

  async openRun(id: string) {
    const run = await fetchRun(id);
    if (run.request && 'target' in run.request) this.form = formOf(run.request);
    this.follow(run);
  }
}

/** The planner of the scenarios screen that a component is part of. */
export const [getPlanner, setPlanner] = createContext<Planner>();
