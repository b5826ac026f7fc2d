/** A ward as the model sees it. */
export interface Ward {
  id: string;
  /** [longitude, latitude] in degrees */
  position: [number, number];
  /** people by age group */
  population: number[];
  businesses: number;
}

/** How the disease runs. Durations in days; all shares in 0..1. */
export interface Disease {
  /** secondary cases of one case, nobody immune, nothing done */
  reproductionNumber: number;
  latentDays: number;
  infectiousDays: number;
  /** from infectious to hospital, for those who need it */
  daysToHospital: number;
  hospitalDays: number;
  intensiveCareDays: number;
  isolationDays: number;
  /** chance a day that an infectious person is found and isolated without tracing */
  isolationPerDay: number;
  /** infectiousness of an isolated person against a free one */
  isolatedInfectiousness: number;
  /** by age group, without vaccine: infections that need a hospital, hospital stays that need intensive care, deaths of those */
  severeShare: number[];
  intensiveCareShare: number[];
  deathShare: number[];
  /** how many times likelier death is for those beyond the beds */
  deathFactorWithoutBed: number;
  /** protection against infection and against severe disease after one dose, two doses, and two doses long ago */
  protectionInfection: [number, number, number];
  protectionSevere: [number, number, number];
  /** mean days from two doses, and from infection, to waned protection; 0: never */
  vaccineWaningDays: number;
  immunityDays: number;
  /** share of infections that become reported cases */
  reportedShare: number;
}

export interface Mixing {
  /** contacts of a person of age group i with people of age group j, relative */
  contacts: number[][];
  /** share of contacts in the own ward */
  ownWardShare: number;
  /** distance (km) over which contacts elsewhere fall by e */
  distanceKm: number;
  /** who works or studies where; left out: all contacts follow distance */
  commuting?: Commuting;
}

/** Contacts made where people work or study. */
export interface Commuting {
  /** shares[a][b]: of these contacts of the people of ward a, the share with the people of ward b; every row sums to 1 */
  shares: number[][];
  /** by age group: the share of all contacts that are made there (0 for those who stay); the others follow distance */
  contactShare: number[];
}

export interface Capacity {
  beds: number;
  intensiveCare: number;
  isolationPlaces: number;
}

/** Unit costs, in one currency, and the work a business or a person stands for. */
export interface Costs {
  dose: number;
  traced: number;
  /** one test of the `testing` lever; left out: 0 */
  test?: number;
  bedDay: number;
  intensiveCareDay: number;
  restrictedPersonDay: number;
  closedBusinessDay: number;
  workersPerBusiness: number;
  /** share of each age group that works */
  workingShare: number[];
}

/** Where everybody stands on day 0, by ward and age group; what is left out is 0, the rest of the people are unvaccinated and susceptible. */
export interface StartState {
  exposed?: number[][];
  infectious?: number[][];
  /** at home or in a centre, found, still infectious */
  isolated?: number[][];
  /** of those exposed, infectious and isolated, the people who will need a hospital; left out: drawn by the age group's share */
  exposedSevere?: number[][];
  infectiousSevere?: number[][];
  isolatedSevere?: number[][];
  hospitalised?: number[][];
  intensiveCare?: number[][];
  recovered?: number[][];
  dead?: number[][];
  oneDose?: number[][];
  twoDoses?: number[][];
  waned?: number[][];
}

export interface District {
  wards: Ward[];
  ageGroups: string[];
  disease: Disease;
  mixing: Mixing;
  capacity: Capacity;
  costs: Costs;
  start: StartState;
  /** what `fit` found, in place of `start` and the two figures of the disease: path i runs from particle i mod n, so that bands hold what is not known about them */
  fitted?: FittedStart[];
}

/** One history that agrees with the reports: where it left everybody, and what brought them there. */
export interface FittedStart {
  reproductionNumber: number;
  reportedShare: number;
  start: StartState;
}

/** What can be done: each from its first to its last day (both included, day 0 is the first), in the named wards or in all. */
export type Lever = { fromDay: number; toDay: number; wards?: string[] } & (
  | {
      kind: 'vaccination';
      firstDosesPerDay: number;
      secondDosesPerDay: number;
      /** days until a dose protects, and from the first dose to the second at least; left out: 0 */
      protectionDelayDays?: number;
      doseIntervalDays?: number;
    }
  | { kind: '5K'; adherence: number; effect: number }
  | {
      kind: 'tracing';
      tracedPerDay: number;
      yieldShare: number;
      isolationPlaces: number;
      /** contacts of a reported case that can be named and reached; left out: as many as the teams can trace */
      contactsPerCase?: number;
    }
  | { kind: 'testing'; testsPerDay: number; sensitivity: number }
  | { kind: 'treatment'; beds: number; intensiveCare: number }
  | { kind: 'movement'; limit: number; contactShare: number }
  | { kind: 'business'; openShare: number; contactShare: number }
);

/** what a scenario is among those compared, so that a screen can put it into words */
export type ScenarioKind = 'nothing' | 'given' | 'smallest-area';

export interface Scenario {
  name: string;
  /** left out: given */
  kind?: ScenarioKind;
  /** of a smallest-area alternative: the name of the scenario that it narrows */
  of?: string;
  levers: Lever[];
}

export interface RunSettings {
  days: number;
  paths: number;
  /** 1, 1/2, 1/4 …: parts of a day */
  stepDays: number;
  seed: number;
}

/** How a long run tells how far it is (0..1), and is stopped: it then throws the signal's reason. */
export interface Control {
  progress?: (share: number) => void;
  signal?: AbortSignal;
}
