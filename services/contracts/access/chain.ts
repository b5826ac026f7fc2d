import type { AccessTable } from './table.ts';

export const chainAccess: AccessTable = {
  'GET /api/chain': { action: 'status.read', dataClass: 'public', district: 'none' },
};
