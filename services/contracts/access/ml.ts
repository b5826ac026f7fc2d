import type { AccessTable } from './table.ts';

const read = (noun: string) => ({ action: `${noun}.read`, dataClass: 'aggregate' }) as const;

export const mlAccess: AccessTable = {
  'GET /api/models': read('model'),
  'GET /api/models/:id': read('model'),
  'POST /api/models/:kind/active': { action: 'model.activate', dataClass: 'aggregate' },
  'GET /api/forecasts': read('forecast'),
  'POST /api/forecasts': { action: 'forecast.compute', dataClass: 'aggregate' },
  'GET /api/risk': read('risk'),
  'GET /api/epidemic-statistics': read('epidemic-statistics'),
  'GET /api/clusters': read('cluster'),
  'GET /api/scenarios/model': read('scenario'),
  'GET /api/scenarios': read('scenario'),
  'GET /api/scenarios/:id': read('scenario'),
  'GET /api/scenarios/:id/progress': read('scenario'),
  'POST /api/scenarios': { action: 'scenario.run', dataClass: 'aggregate' },
  'POST /api/scenarios/plans': { action: 'scenario.run', dataClass: 'aggregate' },
  'DELETE /api/scenarios/:id': { action: 'scenario.cancel', dataClass: 'aggregate' },
};
