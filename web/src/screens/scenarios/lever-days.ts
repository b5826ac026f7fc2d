import { type District, type Lever, leverFromDates } from '@vungxanh/ml/scenario';
import type { ScenarioLever, ScenarioModel } from '@vungxanh/services/contracts/scenarios.ts';

/** A model that can be run: one that did not abstain. */
export type RunnableModel = ScenarioModel & {
  startDate: string;
  modelId: string;
  dataThroughDate: string;
  /** The wire says no more than that it is an object: what it holds is ml's, on both sides. */
  model: District;
  particles: NonNullable<District['fitted']>;
};
export const isRunnable = (model: ScenarioModel | undefined): model is RunnableModel =>
  Boolean(model?.model && model.startDate && model.modelId && !model.abstention);

/** The model's own district: path i runs from particle i mod n, as on the server. */
export const districtOf = ({ model, particles }: RunnableModel): District =>
  particles.length ? { ...model, fitted: particles } : model;

/**
 * A lever by dates as the model has it by days: day 0 is the model's first. The part outside the days that are computed does nothing and is cut
 * off; undefined when nothing is left.
 */
export function leverOfModel(lever: ScenarioLever, model: RunnableModel, days: number): Lever | undefined {
  const { areaIds, ...everywhere } = lever;
  const wards = areaIds && wardsOf(areaIds, model);
  if (wards?.length === 0) return undefined;
  const dated = leverFromDates({ ...everywhere, areaIds: wards }, model.startDate, model.leverAssumptions);
  const fromDay = Math.max(0, dated.fromDay);
  const toDay = Math.min(days - 1, dated.toDay);
  return toDay >= fromDay ? { ...dated, fromDay, toDay } : undefined;
}

/** Wards of the model by the areas of the map: both stand in the same order. Areas that the model does not know are left out. */
function wardsOf(areaIds: readonly string[], model: RunnableModel): string[] {
  const { wards } = model.model;
  return model.areas.flatMap(({ areaId }, i) => (areaIds.includes(areaId) && wards[i] ? [wards[i].id] : []));
}

export const leversOfModel = (levers: readonly ScenarioLever[], model: RunnableModel, days: number): Lever[] =>
  levers.flatMap((lever) => leverOfModel(lever, model, days) ?? []);

/** Beds of both kinds that there are on each day: what the district has, and what the levers add. */
export function bedsByDay(
  levers: readonly ScenarioLever[],
  model: RunnableModel,
  days: number,
): Record<'hospital' | 'intensiveCare', number[]> {
  const { capacity } = model.model;
  const added = leversOfModel(levers, model, days).filter((lever) => lever.kind === 'treatment');
  const onDay = (kind: 'beds' | 'intensiveCare') =>
    Array.from({ length: days }, (_, day) =>
      added.reduce(
        (sum, lever) => sum + (day >= lever.fromDay && day <= lever.toDay ? lever[kind] : 0),
        capacity[kind],
      ),
    );
  return { hospital: onDay('beds'), intensiveCare: onDay('intensiveCare') };
}

/** Wards in which anything is limited. */
export function limitedAreas(levers: readonly ScenarioLever[], model: RunnableModel): string[] {
  const limits = levers.filter(
    (lever) => (lever.kind === 'movement' && lever.limit > 0) || (lever.kind === 'business' && lever.openShare < 1),
  );
  return model.areas
    .map(({ areaId }) => areaId)
    .filter((id) => limits.some(({ areaIds }) => !areaIds || areaIds.includes(id)));
}
