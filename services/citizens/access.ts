import type { AccessTable } from '#contracts/access/table.ts';

const read = { action: 'report.read', dataClass: 'public' } as const;
// Anybody may, whatever the district.
const send = { action: 'report.send', dataClass: 'public', district: 'inside' } as const;
const follow = { action: 'report.follow', dataClass: 'public', district: 'inside' } as const;

/** Open311: what it refuses is told in its own shape, so it asks by itself whether reports of others may be read (open311/routes.ts). */
const open311Access: AccessTable = Object.fromEntries(
  [
    ...['.json', '.xml'].flatMap((format) => [
      `GET /api/open311/discovery${format}`,
      `GET /api/open311/v2/discovery${format}`,
      `GET /api/open311/v2/services${format}`,
      `GET /api/open311/v2/requests${format}`,
      `POST /api/open311/v2/requests${format}`,
    ]),
    'GET /api/open311/v2/services/:file',
    'GET /api/open311/v2/requests/:file',
    'GET /api/open311/v2/tokens/:file',
  ].map((route) => [route, route.startsWith('POST') ? send : follow]),
);

/** Routes beside those of the entity. */
export const citizenAccess: AccessTable = {
  ...open311Access,
  'GET /api/citizens/topics': { ...send, district: 'none' },
  'GET /api/citizens/places': send,
  'POST /api/citizens/photos': send,
  'POST /api/citizens/send': send,
  'GET /api/citizens/follow/:reference': follow,
  'POST /api/citizens/follow/:reference/rate': follow,
  'POST /api/citizens/follow/:reference/reopen': follow,
  'GET /api/citizens/photos/:hash': { action: 'report.photo', dataClass: 'public' },
  'GET /api/citizens/units': read,
  'GET /api/citizens/formulas': { action: 'formula.read', dataClass: 'public', district: 'none' },
  'GET /api/citizens/performance': {
    action: 'report.count',
    dataClass: 'aggregate',
    protection: 'not-of-persons',
  },
  'GET /api/citizens/routing': read,
  'GET /api/citizens/duplicates': read,
  'POST /api/citizens/reports/:id/contact/removal': { action: 'person.remove', dataClass: 'person' },
  'GET /api/citizens/reports/:id/contact': { action: 'report.contact', dataClass: 'person', area: 'entity' },
};
