import { dateAfter } from '@vungxanh/ml/scenario';
import type { PlanRequest, ScenarioLever, ScenarioRequest } from '#contracts/scenarios.ts';
import type { FieldError } from '#platform/problem.ts';
import { requestBounds } from './assumptions.ts';

/** What of a district a request is measured by. */
export interface RequestScope {
  startDate: string;
  areas: { areaId: string; people: number }[];
}

/** What does not fit the district, each with field, value and bound. Empty: it can be run. */
export function checkRequest(request: ScenarioRequest, scope: RequestScope): FieldError[] {
  const errors: FieldError[] = [];
  const work = request.paths * request.days;
  if (work > requestBounds.pathsTimesDays)
    errors.push({
      field: 'json.paths',
      value: request.paths,
      reason: `paths × days must be at most ${requestBounds.pathsTimesDays}, got ${work}: at most ${Math.floor(requestBounds.pathsTimesDays / request.days)} paths of ${request.days} days`,
    });
  const names = new Set<string>();
  request.scenarios.forEach(({ name, levers }, s) => {
    if (names.has(name))
      errors.push({ field: `json.scenarios.${s}.name`, value: name, reason: 'a name that no other scenario has' });
    names.add(name);
    levers.forEach((lever, l) => {
      errors.push(...checkLever(`json.scenarios.${s}.levers.${l}`, lever, request.days, scope));
    });
  });
  return errors;
}

function checkLever(field: string, lever: ScenarioLever, days: number, scope: RequestScope): FieldError[] {
  const errors: FieldError[] = [];
  const last = dateAfter(scope.startDate, days - 1);
  const { fromDate, toDate, areaIds } = lever;
  const outside = (key: string, value: string, reason: string) =>
    errors.push({ field: `${field}.${key}`, value, reason });
  if (fromDate < scope.startDate) outside('fromDate', fromDate, `not before day 0, which is ${scope.startDate}`);
  if (toDate > last) outside('toDate', toDate, `not after the last day computed, which is ${last}`);
  if (toDate < fromDate) outside('toDate', toDate, `not before fromDate, which is ${fromDate}`);
  const known = new Map(scope.areas.map(({ areaId, people }) => [areaId, people]));
  areaIds?.forEach((areaId, i) => {
    if (!known.has(areaId))
      errors.push({
        field: `${field}.areaIds.${i}`,
        value: areaId,
        reason: `one of ${[...known.keys()].slice(0, 20).join(', ')}${known.size > 20 ? ', …' : ''}`,
      });
    else if (areaIds.indexOf(areaId) < i)
      errors.push({ field: `${field}.areaIds.${i}`, value: areaId, reason: 'each area once' });
  });
  const everybody = scope.areas.reduce((sum, { people }) => sum + people, 0);
  const people = areaIds ? areaIds.reduce((sum, areaId) => sum + (known.get(areaId) ?? 0), 0) : everybody;
  const atMost = (key: string, value: number, bound: number, what: string) => {
    if (value > bound) errors.push({ field: `${field}.${key}`, value, reason: `at most ${bound}, ${what}` });
  };
  const there = 'the people of the areas named';
  switch (lever.kind) {
    case 'vaccination':
      atMost('firstDosesPerDay', lever.firstDosesPerDay, people, there);
      atMost('secondDosesPerDay', lever.secondDosesPerDay, people, there);
      break;
    case 'tracing':
      atMost('tracedPerDay', lever.tracedPerDay, people, there);
      atMost('isolationPlaces', lever.isolationPlaces, people, there);
      break;
    case 'treatment': {
      const { bedsPer1000, intensiveCarePer1000 } = requestBounds;
      const more = (per1000: number) => Math.floor((per1000 * everybody) / 1000);
      atMost('beds', lever.beds, more(bedsPer1000), `${bedsPer1000} for 1,000 people of the district`);
      atMost(
        'intensiveCare',
        lever.intensiveCare,
        more(intensiveCarePer1000),
        `${intensiveCarePer1000} for 1,000 people of the district`,
      );
      break;
    }
    case '5K':
    case 'movement':
    case 'business':
      break;
  }
  return errors;
}

/** The same of a plan. */
export function checkPlan({ limits, target }: PlanRequest, { areas }: RequestScope): FieldError[] {
  const everybody = areas.reduce((sum, { people }) => sum + people, 0);
  const errors: FieldError[] = [];
  for (const key of ['dosesPerDay', 'tracedPerDay', 'isolationPlaces'] as const) {
    const value = limits[key];
    if (value !== undefined && value > everybody)
      errors.push({
        field: `json.limits.${key}`,
        value,
        reason: `at most ${everybody}, the people of the district`,
      });
  }
  if (target.mostPeopleRestricted !== undefined && target.mostPeopleRestricted > everybody)
    errors.push({
      field: 'json.target.mostPeopleRestricted',
      value: target.mostPeopleRestricted,
      reason: `at most ${everybody}, the people of the district`,
    });
  return errors;
}
