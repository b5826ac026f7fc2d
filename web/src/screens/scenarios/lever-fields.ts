import type { ScenarioLever } from '@vungxanh/services/contracts/scenarios.ts';

export type LeverKind = ScenarioLever['kind'];
export const leverKinds = [
  '5K',
  'tracing',
  'vaccination',
  'treatment',
  'movement',
  'business',
] as const satisfies readonly LeverKind[];

export type LeverUnit = 'share' | 'dosesPerDay' | 'peoplePerDay' | 'places' | 'beds' | 'intensiveCareBeds';

/** One slider. `most` of an amount is where the slider ends for a district of the given people; more can be typed. */
export interface LeverField {
  name: string;
  unit: LeverUnit;
  step: number;
  most: (people: number) => number;
}

const share = (name: string): LeverField => ({ name, unit: 'share', step: 0.05, most: () => 1 });
const amount = (name: string, unit: LeverUnit, perThousand: number, step: number): LeverField => ({
  name,
  unit,
  step,
  most: (people) => roundUp((people * perThousand) / 1000, step),
});

export const leverFields: Record<LeverKind, readonly LeverField[]> = {
  '5K': [share('adherence')],
  tracing: [amount('tracedPerDay', 'peoplePerDay', 6, 50), amount('isolationPlaces', 'places', 15, 100)],
  vaccination: [
    amount('firstDosesPerDay', 'dosesPerDay', 30, 100),
    amount('secondDosesPerDay', 'dosesPerDay', 30, 100),
  ],
  treatment: [amount('beds', 'beds', 5, 10), amount('intensiveCare', 'intensiveCareBeds', 0.6, 5)],
  movement: [share('limit')],
  business: [share('openShare')],
};

/** The next of 1, 2, 5 × 10ⁿ steps: a slider ends on a number that can be said. */
function roundUp(value: number, step: number): number {
  const steps = Math.max(10, value / step);
  const power = 10 ** Math.floor(Math.log10(steps));
  return step * power * ([1, 2, 5, 10].find((factor) => factor * power >= steps) ?? 10);
}

/** A new lever starts where it does something that can be seen, in all wards. */
export function newLever(kind: LeverKind, fromDate: string, toDate: string, people: number): ScenarioLever {
  const period = { fromDate, toDate };
  const per = (perThousand: number, step: number) =>
    Math.max(step, step * Math.round((people * perThousand) / 1000 / step));
  switch (kind) {
    case '5K':
      return { kind, ...period, adherence: 0.6 };
    case 'tracing':
      return { kind, ...period, tracedPerDay: per(1, 50), isolationPlaces: per(3, 100) };
    case 'vaccination':
      return { kind, ...period, firstDosesPerDay: per(6, 100), secondDosesPerDay: per(3, 100) };
    case 'treatment':
      return { kind, ...period, beds: per(0.8, 10), intensiveCare: per(0.08, 5) };
    case 'movement':
      return { kind, ...period, limit: 0.5 };
    case 'business':
      return { kind, ...period, openShare: 0.5 };
  }
}

/** Value of a slider. */
export function fieldValue(lever: ScenarioLever, field: string): number {
  const value: unknown = Reflect.get(lever, field);
  return typeof value === 'number' ? value : 0;
}
export const withField = (lever: ScenarioLever, field: string, value: number): ScenarioLever =>
  ({ ...lever, [field]: value }) as ScenarioLever;
