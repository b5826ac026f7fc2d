import { smallestArea, summarise, wardChancesOf } from '@vungxanh/ml/scenario';
import type { ScenarioLever, ScenarioOutcome } from '@vungxanh/services/contracts/scenarios.ts';
import { nothingKey } from './columns.ts';
import { seed, signatureOf } from './draft.ts';
import { districtOf, leversOfModel, limitedAreas, type RunnableModel } from './lever-days.ts';
import { QuickRuns, workersFor } from './quick-run.ts';
import { quickPaths } from './quick-task.ts';

/** What the browser computed for a column, and of which levers. */
export interface Quick {
  signature: string;
  outcome: ScenarioOutcome;
  smallest?: ScenarioOutcome;
  /** From the wish to the bands. */
  milliseconds: number;
}

/** A column that is to be computed. */
export interface Wish {
  key: string;
  levers: readonly ScenarioLever[];
}

/** The same signature, the same bands. */
export const quickSignature = (
  model: RunnableModel | undefined,
  days: number,
  levers: readonly ScenarioLever[],
): string => `${model?.modelId} ${model?.dataHash} ${days} ${signatureOf(levers)}`;

/** Bands of a few paths for each column, computed in the browser's own workers while somebody looks. */
export class QuickBands {
  #quick = $state.raw<ReadonlyMap<string, Quick>>(new Map());
  failure = $state<string | undefined>();
  #runs: QuickRuns | undefined;
  #inFlight = new Map<string, string>();
  readonly #arrived: () => void;

  /** @param arrived hears of each column that is there: levers may have moved on since */
  constructor(arrived: () => void) {
    this.#arrived = arrived;
  }

  of(key: string): Quick | undefined {
    return this.#quick.get(key);
  }

  setModel(model: RunnableModel) {
    this.#inFlight.clear();
    this.#runs?.setDistrict(districtOf(model));
  }

  /**
   * Computes the columns whose levers have changed, first wishes first, and drops those that nobody wishes for. While a slider is on its way (not settled) a run that has begun is let
   * finish, else the bands would stand still until the hand rests; a settled change takes over at once.
   */
  refresh(wanted: readonly Wish[], model: RunnableModel, days: number, settled: boolean) {
    const keys = new Set(wanted.map(({ key }) => key));
    for (const { key, levers } of wanted) {
      const signature = quickSignature(model, days, levers);
      if (this.#quick.get(key)?.signature === signature) continue;
      const inFlight = this.#inFlight.get(key);
      if (inFlight === signature || (inFlight !== undefined && !settled)) continue;
      this.#compute({ key, levers }, signature, model, days);
    }
    for (const key of this.#quick.keys()) if (!keys.has(key)) this.#drop(key);
  }

  #compute({ key, levers }: Wish, signature: string, model: RunnableModel, days: number) {
    const began = performance.now();
    const district = districtOf(model);
    const kind = key === nothingKey ? 'nothing' : 'given';
    const scenario = { name: key, kind, levers: leversOfModel(levers, model, days) } as const;
    const run = { days, paths: quickPaths, stepDays: 1, seed };
    const failed = (reason: string) => {
      this.#inFlight.delete(key);
      this.failure = reason;
    };
    const outcomeOf = (...[of, paths]: [Parameters<typeof summarise>[1], Parameters<typeof summarise>[2]]) => {
      const outcome = summarise(district, of, paths, model.cuts);
      return { ...outcome, wards: wardChancesOf(outcome.wards) };
    };
    this.#inFlight.set(key, signature);
    this.#workers(model).drop(`${key} smallest`);
    this.#workers(model).start({
      place: key,
      scenario,
      run,
      failed,
      done: (paths) => {
        const outcome = { ...outcomeOf(scenario, paths), areaIds: limitedAreas(levers, model) };
        this.#inFlight.delete(key);
        this.failure = undefined;
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
              this.#keep(key, { ...quick, smallest: { ...outcomeOf(smaller, narrow), areaIds } });
            },
          });
        this.#arrived();
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
        () => new Worker(new URL('./quick-worker.ts', import.meta.url), { type: 'module' }),
        workersFor(navigator.hardwareConcurrency),
      );
      this.#runs.setDistrict(districtOf(model));
    }
    return this.#runs;
  }

  /** Nobody looks any more: the threads go, what was computed stays. */
  rest() {
    this.#runs?.close();
    this.#runs = undefined;
    this.#inFlight.clear();
  }

  forget() {
    this.rest();
    this.#quick = new Map();
  }
}

/** Wards under limits of levers that are the model's own already. */
function areasOf(levers: readonly { kind: string; wards?: string[] }[], model: RunnableModel): string[] {
  const { wards } = model.model;
  const limits = levers.filter(({ kind }) => kind === 'movement' || kind === 'business');
  return model.areas.flatMap(({ areaId }, i) =>
    limits.some((lever) => !lever.wards || lever.wards.includes(wards[i]?.id ?? '')) ? [areaId] : [],
  );
}
