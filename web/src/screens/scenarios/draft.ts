import { dateAfter } from '@vungxanh/ml/scenario';
import type { ScenarioLever, ScenarioRequest } from '@vungxanh/services/contracts/scenarios.ts';

/** A scenario as somebody is composing it. `key` stays the same while name and levers change. */
export interface Draft {
  key: string;
  name: string;
  levers: ScenarioLever[];
}

/** Everything that is composed: kept, shared, undone as one. Doing nothing is always there and needs no draft. */
export interface Composition {
  days: number;
  drafts: Draft[];
}

export const mostDrafts = 3;
export const mostLevers = 30;
export const horizons = [30, 60, 90, 120] as const;
/** Randomness of every run, quick and full: path 17 here is path 17 there. */
export const seed = 2021;
export const fullPaths = 1000;

export const emptyComposition = (): Composition => ({ days: 60, drafts: [] });

/** A key that no draft has. */
export function freeKey(drafts: readonly Draft[]): string {
  for (let i = 1; ; i++) if (!drafts.some(({ key }) => key === `s${i}`)) return `s${i}`;
}

/** A name that no draft has: as given, or with a number after it. */
export function freeName(wanted: string, drafts: readonly Draft[]): string {
  const taken = (name: string) => drafts.some((draft) => draft.name === name);
  const base = wanted.trim().slice(0, 80) || '?';
  if (!taken(base)) return base;
  for (let i = 2; ; i++) if (!taken(`${base} (${i})`)) return `${base} (${i})`;
}

export function withDraft(composition: Composition, name: string, levers: ScenarioLever[]): Composition {
  const { drafts } = composition;
  if (drafts.length >= mostDrafts) return composition;
  const added = { key: freeKey(drafts), name: freeName(name, drafts), levers: structuredClone(levers) };
  return { ...composition, drafts: [...drafts, added] };
}

export function withCopy(composition: Composition, key: string): Composition {
  const original = composition.drafts.find((draft) => draft.key === key);
  return original ? withDraft(composition, original.name, original.levers) : composition;
}

export const without = (composition: Composition, key: string): Composition => ({
  ...composition,
  drafts: composition.drafts.filter((draft) => draft.key !== key),
});

export const withChange = (composition: Composition, key: string, change: (draft: Draft) => Draft): Composition => ({
  ...composition,
  drafts: composition.drafts.map((draft) => (draft.key === key ? change(draft) : draft)),
});

/** Two scenarios with the same signature have the same outcome. A list of wards in another order is the same list. */
export const signatureOf = (levers: readonly ScenarioLever[]): string =>
  JSON.stringify(
    levers.map((lever) => ({
      ...Object.fromEntries(Object.entries(lever).sort()),
      areaIds: lever.areaIds?.toSorted(),
    })),
  );

/** What begins before the first day begins on it, what lasts beyond the last ends with it: the model computes no others. What lies wholly outside stays, to be refused by name. */
export const clipped = (levers: readonly ScenarioLever[], startDate: string, days: number): ScenarioLever[] => {
  const lastDate = dateAfter(startDate, days - 1);
  return levers.map((lever) => {
    const { fromDate, toDate } = lever;
    if (toDate < startDate || fromDate > lastDate || toDate < fromDate) return lever;
    return {
      ...lever,
      fromDate: fromDate < startDate ? startDate : fromDate,
      toDate: toDate > lastDate ? lastDate : toDate,
    };
  });
};

/** What the full run is asked. `asOf` is the one of the model on the screen, so that both stand on the same data. */
export function requestOf(
  { days, drafts }: Composition,
  district: string,
  { asOf, startDate }: { asOf: string; startDate: string },
): ScenarioRequest {
  const scenarios = drafts.map(({ name, levers }) => ({ name: name.trim(), levers: clipped(levers, startDate, days) }));
  return { district, asOf, days, paths: fullPaths, seed, scenarios };
}
