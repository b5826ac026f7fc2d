import type { AccessTable } from './table.ts';

const read = { action: 'business.read', dataClass: 'public' } as const;
const count = { action: 'business.count', dataClass: 'aggregate', protection: 'not-of-persons' } as const;

export const economyAccess: AccessTable = {
  'GET /api/economy/businesses': read,
  'GET /api/economy/businesses/:id': read,
  'GET /api/economy/points': read,
  'GET /api/economy/active': count,
  'GET /api/economy/active-series': count,
  'GET /api/economy/sectors': count,
  'GET /api/economy/figures': count,
  'GET /api/economy/indicators': { action: 'indicator.read', dataClass: 'aggregate', protection: 'not-of-persons' },
  'GET /api/economy/comparison': { action: 'indicator.read', dataClass: 'aggregate', protection: 'not-of-persons' },
  'POST /api/economy/businesses': { action: 'business.register', dataClass: 'public', area: 'body.areaId' },
  'POST /api/economy/businesses/:id/status': { action: 'business.update', dataClass: 'public', area: 'entity' },
  'POST /api/economy/indicators': { action: 'indicator.publish', dataClass: 'aggregate', protection: 'nothing-told' },
};
