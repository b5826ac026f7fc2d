/**
 * Duties of people and machines. The first ten are given to people. `feed` is what a token of a feed is; `visitor` is who has not signed in, on this machine and in
 * exercises alone; `programme` are the product's own commands and its exercise; `gateway` is the front door itself; `operator` is whoever owns the data folder.
 */
export const personRoles = [
  'epidemiologist',
  'health-station-officer',
  'hospital',
  'urban-order-inspector',
  'ward-leader',
  'district-leader',
  'hotline-operator',
  'analyst',
  'integrator',
  'administrator',
] as const;
export const machineRoles = ['feed', 'visitor', 'programme', 'gateway', 'operator'] as const;
export const roles = [...personRoles, ...machineRoles] as const;

export type PersonRole = (typeof personRoles)[number];
export type Role = (typeof roles)[number];

/** Roles of a token: a feed that says events, or a duty that reads and writes as a person of it does. */
export const tokenRoles = ['feed', ...personRoles.filter((role) => role !== 'administrator')] as const;
