import type { AccessTable } from './table.ts';

export const intakeAccess: AccessTable = {
  // The action of each event is in the catalogue: the door asks for it event by event.
  'POST /api/events': { action: 'event.publish', dataClass: 'public', district: 'inside', area: 'inside' },
  'GET /api/events/catalogue': { action: 'catalogue.read', dataClass: 'public', district: 'none' },
  // A file holds any kind of event, line lists too; its rejected rows are shown as they came.
  'POST /api/imports/:kind': { action: 'import.run', dataClass: 'person' },
  'POST /api/imports/:kind/columns': { action: 'import.run', dataClass: 'person' },
  // Counts of what was taken in, of a district; numbers of cases are pseudonyms, shown to who may read what was brought.
  'GET /api/imports': { action: 'import.read', dataClass: 'person' },
  'GET /api/imports/:id/entities': { action: 'import.read', dataClass: 'person', district: 'inside' },
  // Ids are digests, and say nothing of what was said.
  'GET /api/imports/:kind/said': { action: 'import.said', dataClass: 'aggregate', protection: 'not-of-persons' },
  'GET /api/imports/:id': { action: 'import.read', dataClass: 'person', district: 'inside' },
  'GET /api/imports/:id/rejects': { action: 'import.read', dataClass: 'person', district: 'inside' },
};
