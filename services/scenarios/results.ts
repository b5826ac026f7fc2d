import { type PlanStep, wardChancesOf } from '@vungxanh/ml/scenario';
import type { PlanRequest, PlanResult, ScenarioOutcome, ScenarioResult } from '#contracts/scenarios.ts';
import { leverOfRequest } from './levers.ts';
import { noPlan } from './plan-measures.ts';
import { rounded, significant } from './rounded.ts';
import type { JobAnswers } from './work/jobs.ts';

/** Which model, and which day is day 0. */
export interface ResultOrigin {
  startDate: string;
  modelId: string;
}

/** What is said and shown of a comparison: four digits of what is simulated, whole people of what the levers do. */
export function comparisonResult(
  origin: ResultOrigin,
  { outcomes, avoided }: JobAnswers['comparison'],
): ScenarioResult {
  return {
    ...origin,
    outcomes: outcomes.map(
      ({ limitedWards, ...outcome }): ScenarioOutcome => ({
        name: outcome.name,
        kind: outcome.kind,
        ...(outcome.of === undefined ? {} : { of: outcome.of }),
        areaIds: limitedWards,
        days: outcome.days,
        paths: outcome.paths,
        daily: rounded(outcome.daily),
        totals: rounded(outcome.totals),
        restrictedPeople: outcome.restrictedPeople.map(Math.round),
        closedBusinesses: outcome.closedBusinesses.map(Math.round),
        mostRestricted: Math.round(outcome.mostRestricted),
        restrictedPersonDays: Math.round(outcome.restrictedPersonDays),
        closedBusinessDays: Math.round(outcome.closedBusinessDays),
        probabilityBedsShort: significant(outcome.probabilityBedsShort),
        probabilityIntensiveCareShort: significant(outcome.probabilityIntensiveCareShort),
        probabilityReached: outcome.probabilityReached.map(({ cut, byDay }) => ({ cut, byDay: rounded(byDay) })),
        wards: rounded(wardChancesOf(outcome.wards)),
      }),
    ),
    avoided: rounded(avoided),
  };
}

export function planResultOf(
  origin: ResultOrigin,
  request: PlanRequest,
  { found, plan, nothing, tried }: JobAnswers['plan'],
): PlanResult {
  const step = (from: PlanStep): PlanResult['plan'] => ({
    areaIds: from.wards,
    levers: from.scenario.levers.map((lever) => leverOfRequest(lever, origin.startDate)),
    probability: significant(from.probability),
    mostRestricted: Math.round(from.mostRestricted),
    cost: significant(from.cost),
    doses: Math.round(from.doses),
  });
  return {
    ...origin,
    found,
    plan: step(plan),
    nothing: step(nothing),
    tried,
    reason: found ? null : noPlan(request, tried, plan.probability),
  };
}
