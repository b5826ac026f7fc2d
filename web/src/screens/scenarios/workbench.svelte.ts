import type { ScenarioLever, ScenarioModel } from '@vungxanh/services/contracts/scenarios.ts';
import { createContext } from 'svelte';
import { Resource } from '../../api/resource.svelte.ts';
import { type Column, nothingKey } from './columns.ts';
import {
  type Composition,
  type Draft,
  emptyComposition,
  freeKey,
  mostDrafts,
  requestOf,
  withChange,
  withCopy,
  withDraft,
  without,
} from './draft.ts';
import { fullOutcome } from './full-outcome.ts';
import { FullRun } from './full-run.svelte.ts';
import { keptText, readKept, readLink } from './keeping.ts';
import { isRunnable, type RunnableModel } from './lever-days.ts';
import { QuickBands, quickSignature } from './quick-bands.svelte.ts';
import { fetchModel } from './runs.ts';
import { nothingToUndo, remember, stepBack, type Undo } from './undo.ts';

const keptUnder = (district: string) => `vungxanh.scenarios.${district}`;

/** What lies on the leader's table: the model of the moment, scenarios being composed, their quick bands, and the full run. */
export class Workbench {
  district = $state<string | undefined>();
  model = new Resource<ScenarioModel>();
  composition = $state.raw<Composition>(emptyComposition());
  selected = $state<string>(nothingKey);
  #undo = $state.raw<Undo<Composition>>(nothingToUndo());
  openedFromLink = $state(false);
  readonly quick = new QuickBands(() => this.refresh(false));
  readonly fullRun = new FullRun();

  readonly runnable: RunnableModel | undefined = $derived(isRunnable(this.model.data) ? this.model.data : undefined);
  readonly canUndo = $derived(this.#undo.past.length > 0);
  readonly full = $derived(this.composition.drafts.length >= mostDrafts);
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
    this.quick.setModel(runnable);
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
    // the others move up: of all that was refused nothing stands where it was said
    this.fullRun.touched('scenarios');
    this.change(`remove ${key}`, (composition) => without(composition, key));
  }

  /** @param field path below the scenario, such as `levers.1.limit` */
  changeDraft(key: string, field: string, change: (draft: Draft) => Draft, settled = true) {
    const index = this.composition.drafts.findIndex((draft) => draft.key === key);
    this.fullRun.touched(`scenarios.${index}.${field}`);
    this.change(`${key} ${field}`, (composition) => withChange(composition, key, change), settled);
  }

  /** A composition that came with a link; what was here can be had back. */
  async take(link: string) {
    const composition = await readLink(link);
    if (!composition || keptText(composition) === keptText(this.composition)) return;
    this.change('link', () => composition);
    this.selected = composition.drafts[0]?.key ?? nothingKey;
    this.openedFromLink = true;
  }

  /** Computes what is seen first: the chosen one, doing nothing, the others. */
  refresh(settled: boolean) {
    const { runnable, composition, selected } = this;
    if (!runnable) return;
    const wanted = [
      { key: selected, levers: composition.drafts.find(({ key }) => key === selected)?.levers ?? [] },
      { key: nothingKey, levers: [] },
      ...composition.drafts,
    ];
    this.quick.refresh(wanted, runnable, composition.days, settled);
  }

  #columnOf(key: string, draft: Draft | undefined): Column {
    const { runnable: model, fullRun } = this;
    const { days } = this.composition;
    const full = fullOutcome(fullRun.run, draft?.levers, { model, days, opened: fullRun.opened });
    if (full) return { key, draft, ...full, source: 'full', computing: false };
    const quick = this.quick.of(key);
    return {
      key,
      draft,
      outcome: quick?.outcome,
      smallest: quick?.smallest,
      source: 'quick',
      computing: quick?.signature !== quickSignature(model, days, draft?.levers ?? []),
      milliseconds: quick?.milliseconds,
    };
  }

  async startRun() {
    const { district, runnable } = this;
    if (district && runnable) await this.fullRun.start(requestOf(this.composition, district, runnable));
  }

  /**
   * An earlier run again: its scenarios become the composition (what was there can be had back), its data the data. `fromLink`: when it is the run that this very
   * browser worked with last (a reload), what was composed since stays.
   */
  async openRun(id: string, fromLink = false) {
    const { district } = this;
    const ours = fromLink && district !== undefined && FullRun.isLast(district, id);
    const run = await this.fullRun.fetch(id);
    if (!run) return;
    const { request } = run;
    if (!ours) {
      const drafts = request.scenarios.map(({ name, levers }, i) => ({ key: `s${i + 1}`, name, levers }));
      this.change(`run ${id}`, () => ({ days: request.days, drafts }));
      this.selected = drafts[0]?.key ?? nothingKey;
    }
    this.fullRun.opened = id;
    this.fullRun.follow(run, district);
    if (request.asOf) await this.loadModel(request.asOf);
  }

  #forget() {
    this.fullRun.forget();
    this.quick.forget();
    this.#undo = nothingToUndo();
    this.model.clear();
    this.openedFromLink = false;
  }

  /** Nobody looks any more: the threads go, what was composed and computed stays. */
  rest() {
    this.quick.rest();
  }

  /** After a rest. */
  wake() {
    this.refresh(true);
  }
}

/** The workbench of the scenarios screen that a component is part of. */
export const [getWorkbench, setWorkbench] = createContext<Workbench>();
