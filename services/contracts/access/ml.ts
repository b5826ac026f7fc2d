import type { AccessTable } from './table.ts';

const aggregate = (action: string) => ({ action, dataClass: 'aggregate' }) as const;
/** What is computed of cases tells of them by neighbourhood and day: the rate of a hamlet of 300 people says how many there were. */
const ofCases = (noun: string) => ({ ...aggregate(`${noun}.read`), protection: 'rows-only' }) as const;
/** Of one area at a time. */
const ofArea = { area: 'query.areaId' } as const;
/** A list of areas, or of places in them: of one's own. */
const ofOwnAreas = (noun: string) => ({ ...aggregate(`${noun}.read`), protection: 'own-areas' }) as const;
/** Simulated courses of the district as a whole; no count that was observed is in them. */
const simulated = (action: string) => ({ ...aggregate(action), protection: 'released' }) as const;
/** A thing by its number: the handler knows of which district it is. */
const inside = { district: 'inside' } as const;

export const mlAccess: AccessTable = {
  'GET /api/models': ofCases('model'),
  'GET /api/models/:id': { ...ofCases('model'), ...inside },
  'POST /api/models/:kind/active': { ...aggregate('model.activate'), protection: 'nothing-told' },
  'GET /api/forecasts': { ...ofCases('forecast'), ...ofArea },
  'POST /api/forecasts': { ...aggregate('forecast.compute'), district: 'body.district', protection: 'rows-only' },
  'GET /api/risk': ofOwnAreas('risk'),
  'GET /api/epidemic-statistics': { ...ofCases('epidemic-statistics'), ...ofArea },
  'GET /api/clusters': ofOwnAreas('cluster'),
  // Holds what was observed of each ward, so that a browser runs the same.
  'GET /api/scenarios/model': ofCases('scenario'),
  'GET /api/scenarios': simulated('scenario.read'),
  'GET /api/scenarios/:id': { ...simulated('scenario.read'), ...inside },
  'GET /api/scenarios/:id/progress': { ...simulated('scenario.read'), ...inside },
  'POST /api/scenarios': { ...simulated('scenario.run'), district: 'body.district' },
  'POST /api/scenarios/plans': { ...simulated('scenario.run'), district: 'body.district' },
  'DELETE /api/scenarios/:id': { ...simulated('scenario.cancel'), ...inside },
};
