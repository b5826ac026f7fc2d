/**
 * Compartments of one ward and age group. Susceptible people by vaccination; from infection on, people by whether they will need a hospital, which the
 * vaccine decides at that moment.
 */
export const compartments = [
  'susceptible',
  'susceptible, one dose',
  'susceptible, two doses',
  'susceptible, waned',
  'exposed, mild',
  'exposed, severe',
  'infectious, mild',
  'infectious, severe',
  'isolated, mild',
  'isolated, severe',
  'hospitalised',
  'intensive care',
  'recovered',
  'dead',
] as const;
export type Compartment = (typeof compartments)[number];
export const compartmentCount = 14;

/** where each stands in a cell of the state; the four susceptible ones come first */
export const unvaccinated = 0;
export const oneDose = 1;
export const twoDoses = 2;
export const waned = 3;
export const exposedMild = 4;
export const exposedSevere = 5;
export const infectiousMild = 6;
export const infectiousSevere = 7;
export const isolatedMild = 8;
export const isolatedSevere = 9;
export const hospitalised = 10;
export const intensiveCare = 11;
export const recovered = 12;
export const dead = 13;
export const susceptibleCount = 4;
