import type { Costs, District, Lever, RunSettings, Scenario, StartState } from './district.ts';

/** Everything wrong with an input, each naming field, value and bound. */
export class ScenarioInputError extends Error {
  readonly problems: string[];

  constructor(problems: string[]) {
    super(problems.join('; '));
    this.name = 'ScenarioInputError';
    this.problems = problems;
  }
}

/** a step may take at most this share of the people of a compartment: beyond, daily numbers depend on the step */
export const largestStepShare = 0.5;
const mostPaths = 100_000;
const mostDays = 730;

export function validate(district: District, scenarios: Scenario[], run: RunSettings): void {
  const problems: string[] = [];
  const range = (field: string, value: unknown, low: number, high: number, whole = false): void => {
    const fits = typeof value === 'number' && Number.isFinite(value) && value >= low && value <= high;
    if (!fits || (whole && !Number.isInteger(value)))
      problems.push(
        `${field} must be ${whole ? 'a whole number' : 'a number'} from ${low} to ${high}, got ${JSON.stringify(value)}`,
      );
  };
  checkRun(run, range);
  checkDistrict(district, range, problems);
  checkSteps(district, run, problems);
  const ids = new Set(district.wards.map((ward) => ward.id));
  scenarios.forEach((scenario, s) => {
    if (!scenario.name) problems.push(`scenarios[${s}].name must not be empty`);
    scenario.levers.forEach((lever, l) => {
      checkLever(`scenarios[${s}].levers[${l}]`, lever, run.days, ids, range, problems);
    });
  });
  if (problems.length > 0) throw new ScenarioInputError(problems);
}

type Range = (field: string, value: unknown, low: number, high: number, whole?: boolean) => void;

function checkRun(run: RunSettings, range: Range): void {
  range('run.days', run.days, 1, mostDays, true);
  range('run.paths', run.paths, 1, mostPaths, true);
  range('run.seed', run.seed, -2_147_483_648, 4_294_967_295, true);
  range('run.stepDays', run.stepDays, 1 / 64, 1);
  if (run.stepDays > 0) range('1 / run.stepDays', 1 / run.stepDays, 1, 64, true);
}

function checkDistrict(district: District, range: Range, problems: string[]): void {
  const ages = district.ageGroups.length;
  range('wards.length', district.wards.length, 1, 5_000, true);
  range('ageGroups.length', ages, 1, 20, true);
  const seen = new Set<string>();
  district.wards.forEach((ward, w) => {
    if (seen.has(ward.id)) problems.push(`wards[${w}].id must be unique, got ${JSON.stringify(ward.id)}`);
    seen.add(ward.id);
    perAge(`wards[${w}].population`, ward.population, ages, problems);
    ward.population.forEach((people, g) => {
      range(`wards[${w}].population[${g}]`, people, 0, 1e8, true);
    });
    if (!(ward.population.reduce((a, b) => a + b, 0) > 0))
      problems.push(`wards[${w}].population must hold at least 1 person`);
    range(`wards[${w}].businesses`, ward.businesses, 0, 1e7);
    range(`wards[${w}].position[0]`, ward.position[0], -180, 180);
    range(`wards[${w}].position[1]`, ward.position[1], -90, 90);
  });
  const { disease: d, mixing: m, capacity: c } = district;
  range('disease.reproductionNumber', d.reproductionNumber, 0, 30);
  for (const key of ['isolationPerDay', 'isolatedInfectiousness', 'reportedShare'] as const)
    range(`disease.${key}`, d[key], 0, 1);
  for (const key of ['severeShare', 'intensiveCareShare', 'deathShare'] as const) {
    perAge(`disease.${key}`, d[key], ages, problems);
    d[key].forEach((share, g) => {
      range(`disease.${key}[${g}]`, share, 0, 1);
    });
  }
  range('disease.deathFactorWithoutBed', d.deathFactorWithoutBed, 1, 100);
  for (const key of ['protectionInfection', 'protectionSevere'] as const)
    d[key].forEach((share, k) => {
      range(`disease.${key}[${k}]`, share, 0, 1);
    });
  range('disease.vaccineWaningDays', d.vaccineWaningDays, 0, 1e5);
  range('disease.immunityDays', d.immunityDays, 0, 1e5);
  perAge('mixing.contacts', m.contacts, ages, problems);
  m.contacts.forEach((row, i) => {
    perAge(`mixing.contacts[${i}]`, row, ages, problems);
    row.forEach((value, j) => {
      range(`mixing.contacts[${i}][${j}]`, value, 0, 1e4);
    });
  });
  range('mixing.ownWardShare', m.ownWardShare, 0, 1);
  range('mixing.distanceKm', m.distanceKm, 0.01, 1e4);
  checkCommuting(district, ages, range, problems);
  for (const key of ['beds', 'intensiveCare', 'isolationPlaces'] as const) range(`capacity.${key}`, c[key], 0, 1e8);
  perAge('costs.workingShare', district.costs.workingShare, ages, problems);
  for (const [key, value] of Object.entries({ ...noCosts, ...district.costs }))
    if (Array.isArray(value))
      value.forEach((share, g) => {
        range(`costs.${key}[${g}]`, share, 0, 1);
      });
    else if (value !== undefined || key !== 'test') range(`costs.${key}`, value, 0, 1e12);
  checkStart(district, range, problems);
}

const noCosts: Record<Exclude<keyof Costs, 'workingShare' | 'test'>, undefined> = {
  dose: undefined,
  traced: undefined,
  bedDay: undefined,
  intensiveCareDay: undefined,
  restrictedPersonDay: undefined,
  closedBusinessDay: undefined,
  workersPerBusiness: undefined,
};

function perAge(field: string, values: readonly unknown[], ages: number, problems: string[]): void {
  if (values.length !== ages)
    problems.push(`${field} must have one value an age group (${ages}), got ${values.length}`);
}

const parts = { exposedSevere: 'exposed', infectiousSevere: 'infectious', isolatedSevere: 'isolated' } as const;

function checkStart(district: District, range: Range, problems: string[]): void {
  checkOneStart('start', district, district.start, range, problems);
  const { fitted } = district;
  if (!fitted) return;
  range('fitted.length', fitted.length, 1, mostPaths, true);
  fitted.forEach((particle, i) => {
    range(`fitted[${i}].reproductionNumber`, particle.reproductionNumber, 0, 30);
    range(`fitted[${i}].reportedShare`, particle.reportedShare, 0, 1);
    checkOneStart(`fitted[${i}].start`, district, particle.start, range, problems);
  });
}

function checkOneStart(field: string, { wards }: District, start: StartState, range: Range, problems: string[]): void {
  wards.forEach((ward, w) => {
    ward.population.forEach((people, g) => {
      let taken = 0;
      for (const [name, table] of Object.entries(start) as [keyof StartState, number[][] | undefined][]) {
        if (!table) continue;
        const value = table[w]?.[g];
        const whole = name in parts ? start[parts[name as keyof typeof parts]]?.[w]?.[g] : people;
        range(`${field}.${name}[${w}][${g}]`, value, 0, whole ?? 0, true);
        if (!(name in parts)) taken += value ?? 0;
      }
      if (taken > people)
        problems.push(
          `${field} of ward ${ward.id}, age group ${g}, must not exceed its ${people} people, got ${taken}`,
        );
    });
  });
}

function checkCommuting(district: District, ages: number, range: Range, problems: string[]): void {
  const { commuting } = district.mixing;
  if (!commuting) return;
  const n = district.wards.length;
  perAge('mixing.commuting.contactShare', commuting.contactShare, ages, problems);
  commuting.contactShare.forEach((share, g) => {
    range(`mixing.commuting.contactShare[${g}]`, share, 0, 1);
  });
  range('mixing.commuting.shares.length', commuting.shares.length, n, n, true);
  commuting.shares.forEach((row, a) => {
    range(`mixing.commuting.shares[${a}].length`, row.length, n, n, true);
    row.forEach((share, b) => {
      range(`mixing.commuting.shares[${a}][${b}]`, share, 0, 1);
    });
    range(
      `sum of mixing.commuting.shares[${a}]`,
      row.reduce((x, y) => x + y, 0),
      0.999999,
      1.000001,
    );
  });
}

function checkSteps(district: District, run: RunSettings, problems: string[]): void {
  const { disease: d } = district;
  for (const key of [
    'latentDays',
    'infectiousDays',
    'daysToHospital',
    'hospitalDays',
    'intensiveCareDays',
    'isolationDays',
  ] as const) {
    const isolation = key === 'infectiousDays' || key === 'daysToHospital' ? d.isolationPerDay : 0;
    const share = run.stepDays * (1 / d[key] + isolation);
    if (!(d[key] > 0)) problems.push(`disease.${key} must be above 0 days, got ${d[key]}`);
    else if (share > largestStepShare)
      problems.push(
        `run.stepDays is too coarse for disease.${key}: a step would move ${share.toFixed(2)} of the people, at most ${largestStepShare} is allowed; got stepDays ${run.stepDays}, ${key} ${d[key]}`,
      );
  }
}

function checkLever(
  field: string,
  lever: Lever,
  days: number,
  ids: ReadonlySet<string>,
  range: Range,
  problems: string[],
): void {
  range(`${field}.fromDay`, lever.fromDay, 0, days - 1, true);
  range(`${field}.toDay`, lever.toDay, lever.fromDay, 10 * mostDays, true);
  for (const id of lever.wards ?? [])
    if (!ids.has(id)) problems.push(`${field}.wards names ward ${JSON.stringify(id)}, which is not in the district`);
  const share = (key: string, value: unknown) => range(`${field}.${key}`, value, 0, 1);
  const amount = (key: string, value: unknown) => range(`${field}.${key}`, value, 0, 1e8);
  switch (lever.kind) {
    case 'vaccination':
      amount('firstDosesPerDay', lever.firstDosesPerDay);
      amount('secondDosesPerDay', lever.secondDosesPerDay);
      for (const key of ['protectionDelayDays', 'doseIntervalDays'] as const)
        if (lever[key] !== undefined) range(`${field}.${key}`, lever[key], 0, mostDays, true);
      break;
    case '5K':
      share('adherence', lever.adherence);
      share('effect', lever.effect);
      break;
    case 'tracing':
      amount('tracedPerDay', lever.tracedPerDay);
      share('yieldShare', lever.yieldShare);
      amount('isolationPlaces', lever.isolationPlaces);
      if (lever.contactsPerCase !== undefined) amount('contactsPerCase', lever.contactsPerCase);
      break;
    case 'testing':
      amount('testsPerDay', lever.testsPerDay);
      share('sensitivity', lever.sensitivity);
      break;
    case 'treatment':
      amount('beds', lever.beds);
      amount('intensiveCare', lever.intensiveCare);
      break;
    case 'movement':
      share('limit', lever.limit);
      share('contactShare', lever.contactShare);
      break;
    case 'business':
      share('openShare', lever.openShare);
      share('contactShare', lever.contactShare);
      break;
    default:
      problems.push(
        `${field}.kind must be one of vaccination, 5K, tracing, testing, treatment, movement, business, got ${JSON.stringify((lever as Lever).kind)}`,
      );
  }
}
