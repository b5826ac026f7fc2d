import type { Permission } from '#contracts/access/permissions.ts';
import { personRoles } from '#contracts/access/roles.ts';
import type { AccessTable } from '#contracts/access/table.ts';
import type { DataClass } from '#contracts/define-event.ts';

const all = (dataClass: DataClass, roles: readonly (keyof Permission['roles'])[]): Permission['roles'] =>
  Object.fromEntries(roles.map((role) => [role, dataClass]));

/** Duties that handle reports. */
const handlers = ['urban-order-inspector', 'ward-leader', 'hotline-operator', 'district-leader'] as const;
const machines = ['feed', 'programme'] as const;
const readers = [...personRoles, 'visitor', 'programme'] as const;

/** Actions of this service. */
export const citizenPermissions: Readonly<Record<string, Permission>> = {
  'report.read': { reads: true, roles: all('public', readers) },
  'report.count': { reads: true, roles: all('aggregate', readers) },
  'report.photo': { reads: true, roles: all('public', [...handlers, 'visitor']) },
  // Names and numbers: whoever has to ask the reporter something. Who leads needs none of them.
  'report.contact': { reads: true, roles: all('person', ['urban-order-inspector', 'hotline-operator']) },
  'report.report': { roles: all('public', [...handlers, ...machines]) },
  'report.route': { roles: all('public', [...handlers, ...machines]) },
  'report.close': { roles: all('public', [...handlers, ...machines]) },
  'report.pause': { roles: all('public', [...handlers, ...machines]) },
  'report.reopen': { roles: all('public', [...handlers, ...machines]) },
  // The service alone says these, by its rules.
  'report.reminded': { roles: {} },
  'report.rated': { roles: {} },
  'report.contact-give': { roles: {} },
  // Of whoever has no account. It is bound by rate, by size and by the secret part of the reference number, and a browser's request has to come from our own page.
  'report.send': { open: true, roles: {} },
  'report.follow': { open: true, roles: {} },
};

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
  'GET /api/citizens/reports/:id/contact': { action: 'report.contact', dataClass: 'person', area: 'entity' },
};
