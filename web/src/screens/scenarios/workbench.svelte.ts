import { smallestArea, summarise } from '@vungxanh/ml/scenario';
import type {
  ScenarioLever,
  ScenarioModel,
  ScenarioOutcome,
  ScenarioResult,
  ScenarioRun,
} from '@vungxanh/services/contracts/scenarios.ts';
import { HttpProblem } from '../../http.ts';
import { Resource } from '../../resource.svelte.ts';
import {
  type Composition,
  clipped,
  type Draft,
  emptyComposition,
  freeKey,
  mostDrafts,
  requestOf,
  seed,
  signatureOf,
  withChange,
  withCopy,
  withDraft,
  without,
} from './draft.ts';
import { errorsBelow } from './field-errors.ts';
import { keptText, readKept, readLink } from './keeping.ts';
import { districtOf, isRunnable, leversOfModel, limitedAreas, type RunnableModel } from './lever-days.ts';
import { type PathWorker, QuickRuns, workersFor } from './quick-run.ts';
import { quickPaths } from './quick-task.ts';
import { cancelRun, fetchModel, fetchRun, fetchRuns, startComparison, watchRun } from './runs.ts';
import { nothingToUndo, remember, stepBack, type Undo } from './undo.ts';

/** The column of doing nothing. */
export const nothingKey = 'nothing';

/** What the browser computed for a column, and of which levers. */
interface Quick {
  signature: string;
  outcome: ScenarioOutcome;
  smallest?: ScenarioOutcome;
  /** From the wish to the bands. */
  milliseconds: number;
}

/** One scenario beside the others. */
export interface Column {
  key: string;
  draft?: Draft;
  outcome?: ScenarioOutcome;
  smallest?: ScenarioOutcome;
  avoided?: ScenarioResult['avoided'][number];
  source: 'full' | 'quick';
  /** What is shown is of an earlier state of the levers, or nothing is there yet. */
  computing: boolean;
  milliseconds?: number;
}

const keptUnder = (district: string) => `vungxanh.scenarios.${district}`;
const lastRunUnder = (district: string) => `vungxanh.scenarios.run.${district}`;

/** What lies on the leader's table: the model of the moment, scenarios being composed, their quick bands, and the full run. */
class Workbench {
  district = $state<string | undefined>();
  model = new Resource<ScenarioModel>();
  composition = $state.raw<Composition>(emptyComposition());
  selected = $state<string>(nothingKey);
  #undo = $state.raw<Undo<Composition>>(nothingToUndo());
  #quick = $state.raw<ReadonlyMap<string, Quick>>(new Map());
  quickFailure = $state<string | undefined>();
  run = $state.raw<ScenarioRun | undefined>();
  runProblem = $state.raw<HttpProblem | undefined>();
  sending = $state(false);
  runs = new Resource<ScenarioRun[]>();
  openedFromLink = $state(false);

  #runs: QuickRuns | undefined;
  #inFlight = new Map<string, string>();
  #stopWatching: (() => void) | undefined;
  /** Id of an earlier run that was opened again. */
  #opened = $state<string | undefined>();

  readonly runnable: RunnableModel | undefined = $derived(isRunnable(this.model.data) ? this.model.data : undefined);
  readonly canUndo = $derived(this.#undo.past.length > 0);
  readonly full = $derived(this.composition.drafts.length >= mostDrafts);
  readonly running = $derived(this.run?.status === 'queued' || this.run?.status === 'running');
  readonly columns: Column[] = $derived([
    this.#columnOf(nothingKey, undefined),
    ...this.composition.drafts.map((draft) => this.#columnOf(draft.key, draft)),
  ]);

  /** Loads a district's model and what was being composed for it. */
  async open(district: string, asOf: string | undefined) {
    const other = district !== this.district;
    if (other) {
      this.#forget();
      this.district = district;
      this.composition = readKept(localStorage.getItem(keptUnder(district))) ?? emptyComposition();
      this.selected = this.composition.drafts[0]?.key ?? nothingKey;
    }
    await this.loadModel(asOf);
  }

  async loadModel(asOf?: string) {
    const { district } = this;
    if (!district) return;
    const before = this.model.data;
    if (!(await this.model.load((signal) => fetchModel(district, asOf, signal)))) return;
    const { runnable } = this;
    if (!runnable || (before?.dataHash && before.dataHash === runnable.dataHash && before.modelId === runnable.modelId))
      return this.refresh(true);
    this.#inFlight.clear();
    this.#runs?.setDistrict(districtOf(runnable));
    this.refresh(true);
  }

  /** Changes what is composed. Changes under one label in quick succession are undone as one; `settled` ones are computed at once. */
  change(label: string, change: (composition: Composition) => Composition, settled = true) {
    const before = this.composition;
    const after = change(before);
    if (after === before) return;
    this.#undo = remember(this.#undo, before, label, performance.now());
    this.#show(after);
    this.refresh(settled);
  }

  undo() {
    const step = stepBack(this.#undo);
    if (!step) return;
    this.#undo = step.undo;
    this.#show(step.state);
    this.openedFromLink = false;
    this.refresh(true);
  }

  #show(composition: Composition) {
    this.composition = composition;
    if (this.selected !== nothingKey && !composition.drafts.some(({ key }) => key === this.selected))
      this.selected = composition.drafts.at(-1)?.key ?? nothingKey;
    if (this.district) localStorage.setItem(keptUnder(this.district), keptText(composition));
  }

  add(name: string, levers: ScenarioLever[]) {
    if (this.full) return;
    const key = freeKey(this.composition.drafts);
    this.change(`add ${key}`, (composition) => withDraft(composition, name, levers));
    this.selected = key;
  }

  duplicate(key: string) {
    if (this.full) return;
    const copy = freeKey(this.composition.drafts);
    this.change(`copy ${key}`, (composition) => withCopy(composition, key));
    this.selected = copy;
  }

  remove(key: string) {
    this.#touched('scenarios');
    this.change(`remove ${key}`, (composition) => without(composition, key));
  }

  /** A field that was refused is touched: what was said of it is out of date. Of a removed lever everything is, as the others move up. */
  #touched(path: string) {
    const { runProblem } = this;
    if (!runProblem?.fields.length) return;
    const errors = runProblem.fields.filter((error) => Object.keys(errorsBelow([error], path)).length === 0);
    this.runProblem = errors.length
      ? new HttpProblem(runProblem.status, runProblem.message, { ...runProblem.body, errors })
      : undefined;
  }

  /** @param field path below the scenario, such as `levers.1.limit` */
  changeDraft(key: string, field: string, change: (draft: Draft) => Draft, settled = true) {
    const index = this.composition.drafts.findIndex((draft) => draft.key === key);
    this.#touched(`scenarios.${index}.${field}`);
    const label = field;
    this.change(`${key} ${label}`, (composition) => withChange(composition, key, change), settled);
  }

  /** A composition that came with a link; what was here can be had back. */
  async take(link: string) {
    const composition = await readLink(link);
    if (!composition || keptText(composition) === keptText(this.composition)) return;
    this.change('link', () => composition);
    this.selected = composition.drafts[0]?.key ?? nothingKey;
    this.openedFromLink = true;
  }

  // Quick bands.

  #signature = (levers: readonly ScenarioLever[]) =>
    `${this.runnable?.modelId} ${this.runnable?.dataHash} ${this.composition.days} ${signatureOf(levers)}`;

  /**
   * Computes the columns whose levers have changed. While a slider is on its way (not settled) a run that has begun is let finish, else the bands would stand still until
   * the hand rests; a settled change takes over at once.
   */
  refresh(settled: boolean) {
    const { runnable } = this;
    if (!runnable) return;
    const wanted = [
      { key: this.selected, levers: this.composition.drafts.find(({ key }) => key === this.selected)?.levers ?? [] },
      { key: nothingKey, levers: [] },
      ...this.composition.drafts,
    ];
    const keys = new Set(wanted.map(({ key }) => key));
    for (const { key, levers } of wanted) {
      const signature = this.#signature(levers);
      if (this.#quick.get(key)?.signature === signature) continue;
      const inFlight = this.#inFlight.get(key);
      if (inFlight === signature || (inFlight !== undefined && !settled)) continue;
      this.#compute(key, levers, signature, runnable);
    }
    for (const key of this.#quick.keys()) if (!keys.has(key)) this.#drop(key);
  }

  #compute(key: string, levers: readonly ScenarioLever[], signature: string, model: RunnableModel) {
    const began = performance.now();
    const { days } = this.composition;
    const district = districtOf(model);
    const kind = key === nothingKey ? 'nothing' : 'given';
    const scenario = { name: key, kind, levers: leversOfModel(levers, model, days) } as const;
    const run = { days, paths: quickPaths, stepDays: 1, seed };
    const failed = (reason: string) => {
      this.#inFlight.delete(key);
      this.quickFailure = reason;
    };
    this.#inFlight.set(key, signature);
    this.#workers(model).drop(`${key} smallest`);
    this.#workers(model).start({
      place: key,
      scenario,
      run,
      failed,
      done: (paths) => {
        const outcome = { ...summarise(district, scenario, paths, model.cuts), areaIds: limitedAreas(levers, model) };
        this.#inFlight.delete(key);
        this.quickFailure = undefined;
        this.#keep(key, { signature, outcome, milliseconds: performance.now() - began });
        const smaller = smallestArea(district, scenario);
        if (smaller)
          this.#workers(model).start({
            place: `${key} smallest`,
            scenario: smaller,
            run,
            failed,
            done: (narrow) => {
              const quick = this.#quick.get(key);
              if (quick?.signature !== signature) return;
              const areaIds = areasOf(smaller.levers, model);
              this.#keep(key, { ...quick, smallest: { ...summarise(district, smaller, narrow, model.cuts), areaIds } });
            },
          });
        this.refresh(false);
      },
    });
  }

  #keep(key: string, quick: Quick) {
    this.#quick = new Map(this.#quick).set(key, quick);
  }

  #drop(key: string) {
    this.#runs?.drop(key);
    this.#runs?.drop(`${key} smallest`);
    this.#inFlight.delete(key);
    const rest = new Map(this.#quick);
    rest.delete(key);
    this.#quick = rest;
  }

  #workers(model: RunnableModel): QuickRuns {
    if (!this.#runs) {
      this.#runs = new QuickRuns(
        () => new Worker(new URL('./quick-worker.ts', import.meta.url), { type: 'module' }) as unknown as PathWorker,
        workersFor(navigator.hardwareConcurrency),
      );
      this.#runs.setDistrict(districtOf(model));
    }
    return this.#runs;
  }

  #columnOf(key: string, draft: Draft | undefined): Column {
    const levers = draft?.levers ?? [];
    const full = this.#fullOutcome(levers, draft === undefined);
    if (full) return { key, draft, ...full, source: 'full', computing: false };
    const quick = this.#quick.get(key);
    return {
      key,
      draft,
      outcome: quick?.outcome,
      smallest: quick?.smallest,
      source: 'quick',
      computing: quick?.signature !== this.#signature(levers),
      milliseconds: quick?.milliseconds,
    };
  }

  /** The finished run's outcome of the very same levers, days and data. */
  #fullOutcome(levers: readonly ScenarioLever[], nothing: boolean) {
    const { run, runnable } = this;
    const { comparison, request } = run ?? {};
    if (!comparison || !request || !('scenarios' in request)) return undefined;
    if (request.days !== this.composition.days || comparison.startDate !== runnable?.startDate) return undefined;
    // An earlier run that was opened is shown as it was found, by whatever version of the model.
    if (comparison.modelId !== runnable.modelId && run?.id !== this.#opened) return undefined;
    const { outcomes, avoided } = comparison;
    if (nothing) return { outcome: outcomes.find(({ kind }) => kind === 'nothing') };
    const signature = signatureOf(clipped(levers, comparison.startDate, request.days));
    const asked = request.scenarios.findIndex((scenario) => signatureOf(scenario.levers) === signature);
    const outcome = outcomes.filter(({ kind }) => kind === 'given')[asked];
    if (!outcome) return undefined;
    return {
      outcome,
      smallest: outcomes.find(({ kind, of }) => kind === 'smallest-area' && of === outcome.name),
      avoided: avoided.find(({ name }) => name === outcome.name),
    };
  }

  // The full run.

  async startRun() {
    const { district, runnable } = this;
    if (!district || !runnable || this.running || this.sending) return;
    this.sending = true;
    this.runProblem = undefined;
    try {
      this.follow(await startComparison(requestOf(this.composition, district, runnable)));
    } catch (error) {
      this.runProblem = problemOf(error);
    } finally {
      this.sending = false;
    }
  }

  /** Shows a run, and how it goes on. */
  follow(run: ScenarioRun) {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.run = run;
    this.runProblem = undefined;
    if (this.district) localStorage.setItem(lastRunUnder(this.district), run.id);
    const { cached } = run;
    if (run.endedAt && (run.comparison || run.status !== 'completed')) return;
    this.#stopWatching = watchRun(
      run.id,
      (told) => {
        this.run = { ...told, request: told.request ?? run.request, cached: cached || told.cached };
      },
      (error) => {
        this.runProblem = problemOf(error);
        this.run = undefined;
      },
    );
  }

  async cancelRun() {
    const { run } = this;
    if (!run) return;
    try {
      const cancelled = await cancelRun(run.id);
      this.#stopWatching?.();
      this.run = { ...run, ...cancelled };
    } catch (error) {
      this.runProblem = problemOf(error);
    }
  }

  loadRuns() {
    const { district } = this;
    return district ? this.runs.load((signal) => fetchRuns(district, signal)) : undefined;
  }

  /**
   * An earlier run again: its scenarios become the composition (what was there can be had back), its data the data. `fromLink`: when it is the run that this very
   * browser worked with last (a reload), what was composed since stays.
   */
  async openRun(id: string, fromLink = false) {
    const { district } = this;
    const ours = fromLink && district !== undefined && localStorage.getItem(lastRunUnder(district)) === id;
    try {
      const run = await fetchRun(id);
      const { request } = run;
      if (run.kind !== 'comparison' || !request || !('scenarios' in request)) return;
      if (!ours) {
        const drafts = request.scenarios.map(({ name, levers }, i) => ({ key: `s${i + 1}`, name, levers }));
        this.change(`run ${id}`, () => ({ days: request.days, drafts }));
        this.selected = drafts[0]?.key ?? nothingKey;
      }
      this.#opened = id;
      this.follow(run);
      if (request.asOf) await this.loadModel(request.asOf);
    } catch (error) {
      this.runProblem = problemOf(error);
    }
  }

  #forget() {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
    this.#runs?.close();
    this.#runs = undefined;
    this.#inFlight.clear();
    this.#quick = new Map();
    this.#undo = nothingToUndo();
    this.model.clear();
    this.runs.clear();
    this.run = undefined;
    this.runProblem = undefined;
    this.openedFromLink = false;
  }

  /** Nobody looks any more: the threads go, what was composed and computed stays. */
  rest() {
    this.#runs?.close();
    this.#runs = undefined;
    this.#inFlight.clear();
  }

  /** After a rest. */
  wake() {
    this.refresh(true);
  }
}

const problemOf = (error: unknown): HttpProblem =>
  error instanceof HttpProblem ? error : new HttpProblem(0, String(error), {}, { cause: error });

/** Wards under limits of levers that are the model's own already. */
function areasOf(levers: readonly { kind: string; wards?: string[] }[], model: RunnableModel): string[] {
  const { wards } = model.model as unknown as { wards: { id: string }[] };
  const limits = levers.filter(({ kind }) => kind === 'movement' || kind === 'business');
  return model.areas.flatMap(({ areaId }, i) =>
    limits.some((lever) => !lever.wards || lever.wards.includes(wards[i]?.id ?? '')) ? [areaId] : [],
  );
}

export const workbench = new Workbench();
