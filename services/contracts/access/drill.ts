import type { AccessTable } from './table.ts';

export const drillAccess: AccessTable = {
  'GET /api/drill': { action: 'drill.read', dataClass: 'public', district: 'none' },
  'POST /api/drill': { action: 'drill.control', dataClass: 'public', district: 'none' },
};
