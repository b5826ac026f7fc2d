import type { AccessTable } from '#contracts/access/table.ts';

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
