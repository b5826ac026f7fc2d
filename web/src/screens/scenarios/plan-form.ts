import type { PlanRequest } from '@vungxanh/services/contracts/scenarios.ts';
import { seed } from './draft.ts';

/** What is typed, in the units that are shown: percent and tỷ đồng. undefined: left empty. */
export type PlanForm = Partial<Record<PlanField, number>>;
export const targetFields = ['ratePer100k', 'withinDays', 'probability', 'mostPeopleRestricted', 'mostCost'] as const;
export const limitFields = ['dosesPerDay', 'tracedPerDay', 'isolationPlaces'] as const;
export type PlanField = (typeof targetFields)[number] | (typeof limitFields)[number];
export const required: readonly PlanField[] = ['ratePer100k', 'withinDays', 'probability'];

/** Đồng, and shares, in one of the shown units. */
const inOne: Partial<Record<PlanField, number>> = { mostCost: 1e9, probability: 0.01 };

/** The form as the service wants it. What is missing or out of range stays so: the service says it at the field. */
export function planRequestOf(form: PlanForm, district: string, asOf: string): PlanRequest {
  const value = (field: PlanField) => {
    const typed = form[field];
    return typed === undefined ? undefined : inOne[field] ? Number((typed * inOne[field]).toPrecision(12)) : typed;
  };
  const part = (fields: readonly PlanField[]) =>
    Object.fromEntries(fields.flatMap((field) => (value(field) === undefined ? [] : [[field, value(field)]])));
  return {
    district,
    asOf,
    seed,
    target: part(targetFields) as PlanRequest['target'],
    limits: part(limitFields),
  };
}

/** The form that a request came from. */
export function formOf({ target, limits }: Pick<PlanRequest, 'target' | 'limits'>): PlanForm {
  const all = { ...target, ...limits } as Partial<Record<PlanField, number>>;
  return Object.fromEntries(
    Object.entries(all).map(([field, value]) => [
      field,
      Number((value / (inOne[field as PlanField] ?? 1)).toPrecision(12)),
    ]),
  );
}

/** Keeps numbers under known fields only: what was kept in the browser may be old. */
export function readForm(text: string | null): PlanForm | undefined {
  try {
    const kept = JSON.parse(text ?? '') as Record<string, unknown>;
    const fields = [...targetFields, ...limitFields].filter((field) => typeof kept[field] === 'number');
    return Object.fromEntries(fields.map((field) => [field, kept[field] as number]));
  } catch {
    return undefined;
  }
}

/** "20 % chance at most to reach the cut of level 3 within two weeks": what the district asked for. */
export const usualForm = (cuts: readonly number[]): PlanForm => ({
  ratePer100k: cuts[1] ?? 50,
  withinDays: 14,
  probability: 20,
  mostPeopleRestricted: 40_000,
});
