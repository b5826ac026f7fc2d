import type { Permission } from '#contracts/access/permissions.ts';
import { personRoles } from '#contracts/access/roles.ts';
import type { AccessTable } from '#contracts/access/table.ts';

const everybody = [...personRoles, 'visitor', 'programme'] as const;

export const levelPermissions: Readonly<Record<string, Permission>> = {
  'level.read': { reads: true, roles: Object.fromEntries(everybody.map((role) => [role, 'aggregate'])) },
  // What was announced is for everybody: readers of feeds sign in nowhere.
  'level.announced': { open: true, roles: {} },
  'level.declare': { roles: { 'district-leader': 'public', feed: 'public', programme: 'public' } },
  'level.adjust-policy': { roles: { 'district-leader': 'public', programme: 'public' } },
  // The centre itself computes it: nobody says it.
  'level.assess': { roles: {} },
};

/** Who may see no rows is told what was announced, and no level that was computed: a small area's tells how many cases it has. */
const computed = { action: 'level.read', dataClass: 'aggregate', protection: 'released' } as const;
/** Open whatever the district. */
const announced = { action: 'level.announced', dataClass: 'public', district: 'inside' } as const;

export const levelsAccess: AccessTable = {
  'GET /api/levels': computed,
  'GET /api/levels/explanation': { ...computed, area: 'query.areaId' },
  'GET /api/levels/then-and-now': { ...computed, area: 'query.areaId' },
  'GET /api/levels/policies': announced,
  'GET /api/levels/declarations': announced,
  'GET /api/levels/declarations/:id/notice': announced,
  'GET /api/levels/declarations/:id/cap': announced,
  'GET /api/levels/feed.atom': announced,
  'POST /api/levels/declarations': { action: 'level.declare', dataClass: 'public', area: 'body.areaId' },
  'POST /api/levels/declarations/:id/withdraw': { action: 'level.declare', dataClass: 'public', area: 'body.areaId' },
  'POST /api/levels/policies/:id/adjustments': { action: 'level.adjust-policy', dataClass: 'public' },
  'POST /api/levels/totals': { action: 'level.announced', dataClass: 'public', district: 'none' },
};
