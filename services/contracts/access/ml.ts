import type { AccessTable } from './table.ts';

// What is computed of cases tells of them by the neighbourhood and the day: score and rate of a hamlet of 300 say how many there were.
const read = (noun: string) =>
  ({ action: `${noun}.read`, dataClass: 'aggregate', protection: 'rows-only' }) as const;
/** A thing by its number: the handler knows of which district it is. */
const readOne = (noun: string) => ({ ...read(noun), district: 'inside' }) as const;

export const mlAccess: AccessTable = {
  'GET /api/models': read('model'),
  'GET /api/models/:id': readOne('model'),
  'POST /api/models/:kind/active': { action: 'model.activate', dataClass: 'aggregate' },
  'GET /api/forecasts': read('forecast'),
  'POST /api/forecasts': { action: 'forecast.compute', dataClass: 'aggregate', district: 'body.district' },
  'GET /api/risk': read('risk'),
  'GET /api/epidemic-statistics': read('epidemic-statistics'),
  'GET /api/clusters': read('cluster'),
  'GET /api/scenarios/model': read('scenario'),
  'GET /api/scenarios': read('scenario'),
  'GET /api/scenarios/:id': readOne('scenario'),
  'GET /api/scenarios/:id/progress': readOne('scenario'),
  'POST /api/scenarios': { action: 'scenario.run', dataClass: 'aggregate', district: 'body.district' },
  'POST /api/scenarios/plans': { action: 'scenario.run', dataClass: 'aggregate', district: 'body.district' },
  'DELETE /api/scenarios/:id': { action: 'scenario.cancel', dataClass: 'aggregate', district: 'inside' },
};
