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
  recovered?: number[][];
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
}

/** What can be done: each from its first to its last day (both included, day 0 is the first), in the named wards or in all. */
export type Lever = { fromDay: number; toDay: number; wards?: string[] } & (
  | { kind: 'vaccination'; firstDosesPerDay: number; secondDosesPerDay: number }
  | { kind: '5K'; adherence: number; effect: number }
  | { kind: 'tracing'; tracedPerDay: number; yieldShare: number; isolationPlaces: number }
  | { kind: 'treatment'; beds: number; intensiveCare: number }
  | { kind: 'movement'; limit: number; contactShare: number }
  | { kind: 'business'; openShare: number; contactShare: number }
);

export interface Scenario {
  name: string;
  levers: Lever[];
}

export interface RunSettings {
  days: number;
  paths: number;
  /** 1, 1/2, 1/4 …: parts of a day */
  stepDays: number;
  seed: number;
}
