import type { AccessTable } from './table.ts';

export const epidemicAccess: AccessTable = {
  'GET /api/epidemic/figures': { action: 'figure.read', dataClass: 'aggregate', protection: 'released' },
  'GET /api/epidemic/formulas': { action: 'formula.read', dataClass: 'public', district: 'none' },
  'GET /api/epidemic/series': { action: 'figure.read', dataClass: 'aggregate', protection: 'released' },
  'GET /api/epidemic/area-series': { action: 'figure.read', dataClass: 'aggregate', protection: 'released' },
  'GET /api/epidemic/counts': { action: 'figure.read', dataClass: 'aggregate', protection: 'as-published' },
  'GET /api/epidemic/vaccination': { action: 'figure.read', dataClass: 'aggregate', protection: 'released' },
  'GET /api/epidemic/facilities': { action: 'capacity.read', dataClass: 'aggregate', protection: 'not-of-persons' },
  'GET /api/epidemic/facilities/:facilityId': {
    action: 'capacity.read',
    dataClass: 'aggregate',
    protection: 'not-of-persons',
  },
  'GET /api/epidemic/feeds': { action: 'feed.read', dataClass: 'public' },
  'GET /api/epidemic/cases': { action: 'case.read', dataClass: 'person', area: 'query.areaId' },
  'GET /api/epidemic/cases/:caseId': { action: 'case.read', dataClass: 'person', area: 'entity' },
  'GET /api/epidemic/points': { action: 'case.read', dataClass: 'person', area: 'query.areaId' },
  'POST /api/epidemic/cases': { action: 'case.report', dataClass: 'person', area: 'body.areaId' },
  'POST /api/epidemic/cases/:caseId/status': { action: 'case.update', dataClass: 'person', area: 'entity' },
  'POST /api/epidemic/cases/:caseId/correction': { action: 'case.update', dataClass: 'person', area: 'entity' },
  'POST /api/epidemic/cases/:caseId/removal': { action: 'person.remove', dataClass: 'person' },
  'POST /api/epidemic/vaccinated/:personKey/removal': { action: 'person.remove', dataClass: 'person' },
  // Says of a change what contradicts the days of its case: for who may change it, and for the door.
  'POST /api/epidemic/case-changes/judgement': { action: 'case.update', dataClass: 'person' },
  'POST /api/epidemic/doses': { action: 'dose.record', dataClass: 'person', area: 'body.areaId' },
  'POST /api/epidemic/capacity': { action: 'capacity.report', dataClass: 'aggregate', protection: 'nothing-told' },
  'POST /api/epidemic/counts': {
    action: 'count.publish',
    dataClass: 'aggregate',
    area: 'body.areaId',
    protection: 'nothing-told',
  },
  'POST /api/epidemic/vaccination': {
    action: 'vaccination.publish',
    dataClass: 'aggregate',
    area: 'body.areaId',
    protection: 'nothing-told',
  },
};
