import type { AccessTable } from './table.ts';

const read = (noun: string) => ({ action: `${noun}.read`, dataClass: 'aggregate' }) as const;

export const mlAccess: AccessTable = {
  'GET /api/models': read('model'),
  'GET /api/models/:id': read('model'),
  'GET /api/forecasts': read('forecast'),
  'GET /api/risk': read('risk'),
  'GET /api/epidemic-statistics': read('epidemic-statistics'),
  'GET /api/clusters': read('cluster'),
};
