import { defineSubsystem } from '#contracts/subsystem.ts';
import { facesOf } from '#lifecycle/entity/faces.ts';
import { citizenAccess } from './access.ts';
import { photoBucket } from './photos/bucket.ts';
import { reportContactGiven } from './report/contact-given.ts';
import { report } from './report/report.ts';
import { reporterRemoved } from './report/reporter-removed.ts';

const faces = facesOf(report);

/** Reports of citizens: Quận 7 trực tuyến. */
export const citizens = defineSubsystem({
  name: 'citizens',
  words: { vi: 'Phản ánh của người dân', en: 'Citizens’ reports' },
  ...faces,
  access: { ...faces.access, ...citizenAccess },
  reads: ['geography', 'incidents', 'urban-order'],
  objects: photoBucket,
  prefixes: ['/api/citizens', '/api/open311'],
  events: [...faces.events, reportContactGiven, reporterRemoved],
  fields: { ...faces.fields, reportId: { vi: 'Mã phản ánh', en: 'Report' } },
});
