import type { AccessTable } from './table.ts';

export const intakeAccess: AccessTable = {
  // The action of each event is in the catalogue: the door asks for it event by event.
  'POST /api/events': { action: 'event.publish', dataClass: 'person' },
  'GET /api/events/catalogue': { action: 'catalogue.read', dataClass: 'public' },
};
