import { dateAfter, type Lever, type LeverShares, leverFromDates, type Scenario } from '@vungxanh/ml/scenario';
import type { ScenarioLever, ScenarioRequest } from '#contracts/scenarios.ts';
import { leverFigures } from './assumptions.ts';
import { dosePolicies } from './dose-policy.ts';

const { effect5K, yieldShare, movementContactShare, businessContactShare, contactsPerCase, protectionDelayDays } =
  leverFigures;
/** What a browser is told too, so that it runs the very same model. */
export const shares = {
  effect5K: effect5K.value,
  yieldShare: yieldShare.value,
  movementContactShare: movementContactShare.value,
  businessContactShare: businessContactShare.value,
  contactsPerCase: contactsPerCase.value,
  protectionDelayDays: protectionDelayDays.value,
  doseIntervals: dosePolicies,
} satisfies LeverShares;

/** A lever by dates and areas as the model has it: by days (startDate is day 0) and wards, with the figures that nobody asks for. */
export const leverOfModel = (lever: ScenarioLever, startDate: string): Lever =>
  leverFromDates(lever, startDate, shares);

export const scenariosOfModel = (scenarios: ScenarioRequest['scenarios'], startDate: string): Scenario[] =>
  scenarios.map(({ name, levers }) => ({
    name,
    kind: 'given',
    levers: levers.map((lever) => leverOfModel(lever, startDate)),
  }));

/** The way back. @throws for a lever that no request can name */
export function leverOfRequest(lever: Lever, startDate: string): ScenarioLever {
  const period = {
    fromDate: dateAfter(startDate, lever.fromDay),
    toDate: dateAfter(startDate, lever.toDay),
    ...(lever.wards ? { areaIds: lever.wards } : {}),
  };
  switch (lever.kind) {
    case 'vaccination':
      return {
        kind: lever.kind,
        ...period,
        firstDosesPerDay: lever.firstDosesPerDay,
        secondDosesPerDay: lever.secondDosesPerDay,
      };
    case '5K':
      return { kind: lever.kind, ...period, adherence: lever.adherence };
    case 'tracing':
      return {
        kind: lever.kind,
        ...period,
        tracedPerDay: lever.tracedPerDay,
        isolationPlaces: lever.isolationPlaces,
      };
    case 'treatment':
      return { kind: lever.kind, ...period, beds: lever.beds, intensiveCare: lever.intensiveCare };
    case 'movement':
      return { kind: lever.kind, ...period, limit: lever.limit };
    case 'business':
      return { kind: lever.kind, ...period, openShare: lever.openShare };
    default:
      throw new RangeError(`lever.kind must be one that a request can name, got ${lever.kind}`);
  }
}

/** Wards in which movement or business is limited. */
export function limitedWards(levers: readonly Lever[], wards: readonly string[]): string[] {
  const limits = levers.filter(
    (lever) => (lever.kind === 'movement' && lever.limit > 0) || (lever.kind === 'business' && lever.openShare < 1),
  );
  return wards.filter((id) => limits.some((lever) => !lever.wards || lever.wards.includes(id)));
}
