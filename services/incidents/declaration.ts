import { defineSubsystem } from '#contracts/subsystem.ts';
import { facesOf } from '#lifecycle/entity/faces.ts';
import { incidents as incidentList } from './import/incidents.ts';
import { incident } from './incident.ts';

const faces = facesOf(incident);

/** Traffic and security incidents. */
export const incidents = defineSubsystem({
  name: 'incidents',
  words: { vi: 'An ninh trật tự, giao thông', en: 'Security and traffic' },
  ...faces,
  fields: { ...faces.fields, incidentId: { vi: 'Mã sự cố', en: 'Incident' } },
  imports: [incidentList],
});
