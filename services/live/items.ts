import type { CloudEvent } from '#contracts/cloud-event.ts';
import type { LiveItem, LiveLayer } from '#contracts/live.ts';

interface Translation {
  layer: LiveLayer;
  /** Field of the data that names the entity within the layer. */
  entity: string[];
  /** Fields the map and the ticker need; nothing that names a person goes out. */
  values: string[];
}

/** What browsers are told of each event. An event that is not here is not live: dead weight for a map. */
const translations: Record<string, Translation> = {
  'case-confirmed': {
    layer: 'cases',
    entity: ['caseId'],
    values: ['confirmedDate', 'specimenDate', 'exposure', 'status'],
  },
  'case-status-changed': { layer: 'cases', entity: ['caseId'], values: ['status'] },
  'case-corrected': { layer: 'cases', entity: ['caseId'], values: ['confirmedDate', 'exposure'] },
  'case-count-published': {
    layer: 'counts',
    entity: ['areaId', 'measure', 'periodEnd'],
    values: ['measure', 'periodEnd', 'cases', 'ratePer100k', 'suppressed'],
  },
  'dose-administered': { layer: 'vaccination', entity: ['areaId'], values: ['doseNumber', 'administeredDate'] },
  'vaccination-count-published': {
    layer: 'vaccination',
    entity: ['areaId', 'ageGroup'],
    values: ['ageGroup', 'asOfDate', 'peopleAtLeastOneDose', 'peopleFullCourse'],
  },
  'capacity-reported': {
    layer: 'capacity',
    entity: ['facilityId'],
    values: ['name', 'bedsTotal', 'bedsOccupied', 'intensiveCareTotal', 'intensiveCareOccupied'],
  },
  'violation-reported': { layer: 'violations', entity: ['violationId'], values: ['kind', 'occurredAt', 'address'] },
  'violation-verified': { layer: 'violations', entity: ['violationId'], values: [] },
  'violation-dismissed': { layer: 'violations', entity: ['violationId'], values: [] },
  'violation-minuted': { layer: 'violations', entity: ['violationId'], values: [] },
  'violation-suspended': { layer: 'violations', entity: ['violationId'], values: [] },
  'violation-decided': { layer: 'violations', entity: ['violationId'], values: ['remedyDueDate'] },
  'violation-remedied': { layer: 'violations', entity: ['violationId'], values: [] },
  'violation-closed': { layer: 'violations', entity: ['violationId'], values: [] },
  'violation-merged': { layer: 'violations', entity: ['violationId'], values: ['intoViolationId'] },
  'business-registered': {
    layer: 'businesses',
    entity: ['businessId'],
    values: ['name', 'form', 'status', 'registeredDate'],
  },
  'business-status-changed': { layer: 'businesses', entity: ['businessId'], values: ['status', 'effectiveDate'] },
  'revenue-published': {
    layer: 'indicators',
    entity: ['indicatorId', 'periodEnd'],
    values: ['indicatorId', 'periodEnd', 'value', 'unit'],
  },
  'indicator-published': {
    layer: 'indicators',
    entity: ['indicatorId', 'periodEnd'],
    values: ['indicatorId', 'periodEnd', 'value', 'unit'],
  },
  'risk-scored': {
    layer: 'risk',
    entity: ['areaId'],
    values: ['score', 'presentBand', 'riseIn2Weeks', 'fallIn2Weeks', 'dataThroughDate'],
  },
  'forecast-issued': {
    layer: 'forecasts',
    entity: ['areaId', 'target'],
    values: ['target', 'method', 'dataThroughDate'],
  },
  'cluster-detected': {
    layer: 'clusters',
    entity: ['areaId'],
    values: ['raisedDate', 'firstDate', 'lastDate', 'observed', 'expected', 'relativeRisk', 'p', 'reason'],
  },
  'scenario-requested': { layer: 'scenarios', entity: ['runId'], values: ['kind'] },
  'scenario-completed': { layer: 'scenarios', entity: ['runId'], values: ['kind'] },
  'scenario-cancelled': { layer: 'scenarios', entity: ['runId'], values: ['kind'] },
  'scenario-failed': { layer: 'scenarios', entity: ['runId'], values: ['kind', 'reason'] },
  'area-revised': { layer: 'areas', entity: ['areaId'], values: ['name', 'level', 'validFrom'] },
};

/** Event types that are sent to browsers. */
export const liveTypes = Object.keys(translations);

/** What a browser is told of an event, or undefined. Pure. */
export function toLiveItem(event: CloudEvent, sequence: number): LiveItem | undefined {
  const translation = translations[event.type];
  if (!translation) return undefined;
  const { data } = event;
  const location = data.location as { lon: number; lat: number } | undefined;
  const values: LiveItem['values'] = {};
  for (const field of translation.values) {
    const value = data[field];
    if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
      values[field] = value;
  }
  return {
    id: event.id,
    sequence,
    type: event.type,
    layer: translation.layer,
    entity: translation.entity.map((field) => String(data[field])).join(' '),
    ...(typeof data.areaId === 'string' ? { areaId: data.areaId } : {}),
    ...(location ? { at: [location.lon, location.lat] as [number, number] } : {}),
    time: event.time,
    recordedTime: event.recordedtime,
    values,
  };
}
